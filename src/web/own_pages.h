// What does the server itself have to show? Its health, its figures, its contract, and what its refusals mean.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/embedded.h"
#include "web/resource.h"

namespace guidon::web {

/// One thing that must work. `title` is the catalogue entry web.health.KEY.
struct HealthCheck {
    std::string key;
    std::function<std::string(Language)> look;  // says in a few words how it is; throws when it does not work
};

struct OwnPages {
    std::string version;
    std::string database;  // "sqlite" or "postgresql"
    std::vector<HealthCheck> checks;
    std::function<std::string()> metrics;
    std::function<void(const Request&)> admit_operator;  // asked of who is not on this machine
    const embedded::Files& api;                          // openapi.yaml
    const embedded::Files& assets;                       // api.json, api-AREA.json: the contract as pages; openapi.json
};

/// /healthz, /metrics, /problems/:code, /api, /api/:area, /api/openapi.yaml, /openapi.json, /openapi.yaml
void add_own_pages(Routes& routes, OwnPages own);

}  // namespace guidon::web

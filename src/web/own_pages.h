// What does the server itself have to show? Its health, its figures, its contract, and what its refusals mean.
#pragma once

#include <functional>
#include <string>

#include "web/resource.h"

namespace guidon::web {

struct OwnPages {
    std::string version;
    std::function<void()> check_database;
    std::function<std::string()> metrics;
};

/// /healthz, /metrics, /problems/:code, /api, /openapi.json, /openapi.yaml
void add_own_pages(Routes& routes, OwnPages own);

}  // namespace guidon::web

#include "web/own_pages.h"

#include "base/embedded.h"
#include "base/problem.h"
#include "web/refusal.h"

namespace guidon::web {

namespace {

Answer shown(std::string content, std::string type) {
    Answer answer;
    answer.download = Download{std::move(content), std::move(type), ""};
    return answer;
}

Answer health(const OwnPages& own) {
    Answer answer;
    answer.cache_control = "no-store";
    answer.document = {{"status", "ok"}, {"version", own.version}, {"database", "reachable"}};
    try {
        own.check_database();
    } catch (const std::exception&) {
        answer.status = 503;
        answer.document["status"] = "failing";
        answer.document["database"] = "unreachable";
    }
    return answer;
}

Answer problem_page(const Request& request) {
    Answer answer;
    answer.template_name = "web/problem_code";
    answer.document = explained(request.place.at("code"), request.language);
    return answer;
}

}  // namespace

void add_own_pages(Routes& routes, OwnPages own) {
    routes.get("/metrics",
               [own](const Request&) { return shown(own.metrics(), "text/plain; version=0.0.4; charset=utf-8"); });
    routes.get("/problems/:code", problem_page);
    routes.get("/healthz", [own](const Request&) { return health(own); });
}

}  // namespace guidon::web

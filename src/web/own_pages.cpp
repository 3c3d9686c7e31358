#include "web/own_pages.h"

#include "base/problem.h"
#include "web/refusal.h"

namespace guidon::web {

namespace json = boost::json;

namespace {

Answer shown(std::string content, std::string type) {
    Answer answer;
    answer.download = Download{std::move(content), std::move(type), ""};
    return answer;
}

/// A file that was built in; Problem web.not-found in a program that was built without it.
Answer shown_file(const embedded::Files& files, std::string_view name, const std::string& type,
                  const Request& request) {
    const auto found = files.find(name);
    if (found == files.end()) throw Problem("web.not-found", {{"path", request.path}}, {}, 404);
    return shown(std::string(found->second), type);
}

std::string status_text(bool works, Language language) {
    return say(language, works ? "web.health.works" : "web.health.fails");
}

/// {key, title, ok, status_text, text}; why something fails is for the log, not for whoever asks.
json::object checked(const HealthCheck& check, Language language) {
    json::object document{{"key", check.key}, {"title", say(language, "web.health." + check.key)}};
    bool works = true;
    try {
        document["text"] = check.look(language);
    } catch (const std::exception&) {
        works = false;
        document["text"] = say(language, "web.health.see-log");
    }
    document["ok"] = works;
    document["status_text"] = status_text(works, language);
    return document;
}

Answer health(const OwnPages& own, const Request& request) {
    const Language language = request.language;
    json::array checks;
    bool works = true;
    for (const HealthCheck& check : own.checks) {
        checks.push_back(checked(check, language));
        works = works && checks.back().at("ok").as_bool();
    }
    Answer answer;
    answer.status = works ? 200 : 503;
    answer.cache_control = "no-store";
    // Who asks for health is a program, unless it says that it reads pages.
    if (request.header("accept").find("text/html") != std::string::npos) answer.template_name = "web/health";
    answer.document = {{"title", say(language, "web.health.title")},
                       {"lede", say(language, works ? "web.health.all-well" : "web.health.not-well")},
                       {"status", works ? "ok" : "failing"},
                       {"status_text", status_text(works, language)},
                       {"ok", works},
                       {"version", own.version},
                       {"database", own.database},
                       {"checks", std::move(checks)}};
    return answer;
}

/// A page of the contract; Problem web.not-found for an area that the contract does not have.
Answer contract(const OwnPages& own, const std::string& file, std::string template_name, const Request& request) {
    const auto page = own.assets.find(file);
    if (page == own.assets.end()) throw Problem("web.not-found", {{"path", request.path}}, {}, 404);
    Answer answer;
    answer.template_name = std::move(template_name);
    answer.version = own.version;
    answer.fill = [content = page->second, language = request.language] {
        json::object document = json::parse(content).as_object();
        document["title"] = say(language, "web.api.title");
        document["lede"] = say(language, "web.api.lede");
        return document;
    };
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
    const auto yaml = [own](const Request& request) {
        return shown_file(own.api, "openapi.yaml", "application/yaml", request);
    };
    routes.get("/healthz", [own](const Request& request) { return health(own, request); });
    routes.get("/metrics", [own](const Request& request) {
        if (!request.client.starts_with("127.") && request.client != "::1") own.admit_operator(request);
        return shown(own.metrics(), "text/plain; version=0.0.4; charset=utf-8");
    });
    routes.get("/problems/:code", problem_page);
    routes.get("/api", [own](const Request& request) { return contract(own, "api.json", "web/api", request); });
    routes.get("/api/openapi.yaml", yaml);
    routes.get("/api/:area", [own](const Request& request) {
        return contract(own, "api-" + request.place.at("area") + ".json", "web/api_area", request);
    });
    routes.get("/openapi.yaml", yaml);
    routes.get("/openapi", [own](const Request& request) {  // the suffix .json was taken off
        return shown_file(own.assets, "openapi.json", "application/json", request);
    });
}

}  // namespace guidon::web

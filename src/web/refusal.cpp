#include "web/refusal.h"

#include "base/assert.h"
#include "base/problems.h"

namespace guidon::web {

namespace json = boost::json;

namespace {

json::object base(int status, const std::string& code, const std::string& request_id, Language language) {
    return {{"type", "/problems/" + code},
            {"title", status_title(status, language)},
            {"status", status},
            {"code", code},
            {"request_id", request_id},
            {"errors", json::array()}};
}

/// A code without words is our mistake, but not a reason to hide what happened.
std::string words_for(Language language, const Problem& problem) {
    return has_message(language, "problem." + problem.code) ? sentence(language, problem) : problem.code;
}

json::object fault_document(const Fault& fault, Language language) {
    std::string place = fault.file;
    for (const int number : {fault.line, fault.column}) {
        if (number > 0) place += ":" + std::to_string(number);
    }
    return {{"file", fault.file},
            {"line", fault.line},
            {"column", fault.column},
            {"place_text", place},
            {"code", fault.code},
            {"warning", fault.warning},
            {"text", words_for(language, Problem(fault.code, fault.arguments))}};
}

constexpr int outage = 503;
constexpr int soon_s = 5;

/// A problem of too many attempts says in argument `seconds` when the next one is welcome.
int retry_after_s(const Problem& problem) {
    constexpr int too_many = 429;
    if (problem.status == outage) return soon_s;
    const auto seconds = problem.arguments.find("seconds");
    return problem.status == too_many && seconds != problem.arguments.end() ? std::stoi(seconds->second) : 0;
}

Refusal of_problem(const Problem& problem, Language language, const std::string& request_id) {
    Refusal refusal{
        problem.status, base(problem.status, problem.code, request_id, language), retry_after_s(problem), {}};
    refusal.document["detail"] = words_for(language, problem);
    if (!problem.field.empty()) refusal.document["field"] = problem.field;
    if (problem.status >= 500) refusal.for_the_log = sentence(Language::en, problem);
    return refusal;
}

Refusal of_faults(const Faults& faults, Language language, const std::string& request_id) {
    constexpr int unprocessable = 422;
    Refusal refusal{unprocessable, base(unprocessable, "web.faults", request_id, language), 0, {}};
    refusal.document["detail"] = say(language, "problem.web.faults", {{"count", std::to_string(faults.list.size())}});
    json::array list;
    for (const Fault& fault : faults.list) list.push_back(fault_document(fault, language));
    refusal.document["errors"] = std::move(list);
    return refusal;
}

Refusal of_problems(const Problems& problems, Language language, const std::string& request_id) {
    constexpr int unprocessable = 422;
    Refusal refusal{unprocessable, base(unprocessable, "web.problems", request_id, language), 0, {}};
    refusal.document["detail"] =
        say(language, "problem.web.problems", {{"count", std::to_string(problems.list.size())}});
    json::array list;
    for (const Problem& one : problems.list)
        list.push_back(json::object{
            {"field", one.field}, {"place_text", one.field}, {"code", one.code}, {"text", words_for(language, one)}});
    refusal.document["errors"] = std::move(list);
    return refusal;
}

Refusal of_ours(int status, const char* code, std::string what, Language language, const std::string& request_id) {
    Refusal refusal{status, base(status, code, request_id, language), status == outage ? soon_s : 0, std::move(what)};
    refusal.document["detail"] = say(language, std::string("problem.") + code, {{"request", request_id}});
    return refusal;
}

}  // namespace

std::string status_title(int status, Language language) {
    const std::string key = "web.status." + std::to_string(status);
    return say(language, has_message(language, key) ? key : status >= 500 ? "web.status.500" : "web.status.400");
}

Refusal refusal(std::exception_ptr thrown, Language language, const std::string& request_id) {
    try {
        std::rethrow_exception(std::move(thrown));
    } catch (const Problems& problems) {
        return of_problems(problems, language, request_id);
    } catch (const Problem& problem) {
        return of_problem(problem, language, request_id);
    } catch (const Faults& faults) {
        return of_faults(faults, language, request_id);
    } catch (const BrokenPromise& broken) {
        return of_ours(500, "web.broken-promise", broken.what(), language, request_id);
    } catch (const std::exception& outage) {
        return of_ours(503, "web.outage", outage.what(), language, request_id);
    } catch (...) {
        return of_ours(503, "web.outage", "something that is no exception", language, request_id);
    }
}

json::object explained(const std::string& code, Language language) {
    if (!has_message(language, "problem." + code))
        throw Problem("web.not-found", {{"path", "/problems/" + code}}, {}, 404);
    json::object document{{"title", code}, {"code", code}, {"detail", say(language, "problem." + code)}};
    const std::string more = "explain." + code;
    document["explanation"] = has_message(language, more) ? say(language, more) : std::string();
    return document;
}

}  // namespace guidon::web

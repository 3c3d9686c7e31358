#include "movements/movements_pages.h"

#include <algorithm>

#include "base/day.h"

namespace guidon::movements {

namespace json = boost::json;
using web::Answer;
using web::Request;

namespace {

std::string dates_text(const Cycle& cycle, Language language) {
    if (cycle.starts.empty() || cycle.ends.empty()) return cycle.period;
    return say(language, "movements.dates",
               {{"starts", date_text(language, cycle.starts)}, {"ends", date_text(language, cycle.ends)}});
}

const std::string& title_of(const Cycle& cycle, Language language) {
    const std::string& title = pick(cycle.title, language);
    return title.empty() ? cycle.key : title;
}

std::string address(const std::string& key, const std::string& period) {
    return "/movements/" + key + "/" + period;
}

/// A stored cycle with its file read. The file was checked when it was stored.
struct Opened {
    StoredCycle stored;
    Cycle cycle;
};
std::optional<Opened> open_cycle(const store::Reader& reader, const std::string& key, const std::string& period) {
    auto stored = find_cycle(reader, key, period);
    if (!stored) return std::nullopt;
    std::vector<Fault> faults;
    auto cycle = read_cycle(stored->toml, key + "-" + period + ".toml", faults);
    if (!cycle) throw Faults(std::move(faults));
    return Opened{*std::move(stored), *std::move(cycle)};
}

json::object movement_part(const Opened& opened, Language language) {
    return {{"key", opened.cycle.key},
            {"period", opened.cycle.period},
            {"title", title_of(opened.cycle, language)},
            {"href", address(opened.cycle.key, opened.cycle.period)},
            {"sample", opened.cycle.sample},
            {"running", opened.stored.state == CycleState::running}};
}

json::object card(const Opened& opened, const Parts& parts, const Asked& asked) {
    const Language language = asked.language;
    const Cycle& cycle = opened.cycle;
    json::object card = movement_part(opened, language);
    if (const std::string& theme = pick(cycle.theme, language); !theme.empty()) card["theme"] = theme;
    card["scored"] = !cycle.rules.criteria.empty();
    card["standings_href"] = address(cycle.key, cycle.period) + "/standings";
    card["starts"] = cycle.starts;
    card["ends"] = cycle.ends;
    card["dates_text"] = dates_text(cycle, language);
    card["state"] = code(opened.stored.state);
    card["state_text"] = say(language, "movements.state", {{"state", std::string(code(opened.stored.state))}});
    parts.results(card, cycle, Detail::card, asked);
    return card;
}

Answer front(const Request& request, store::Store& store, const Parts& parts) {
    const Language language = request.language;
    const auto reader = store.read();
    json::array running;
    bool sample = false;
    for (const StoredCycle& stored : cycles(reader)) {
        if (stored.state != CycleState::running) continue;
        const auto opened = open_cycle(reader, stored.key, stored.period);
        sample = sample || opened->cycle.sample;
        running.push_back(card(*opened, parts, {reader, people::viewer_of(request), language}));
    }
    Answer answer{.template_name = "home/front"};
    answer.document = {{"title", say(language, "movements.front-title")},
                       {"lede", say(language, "movements.front-lede")},
                       {"sample", sample},
                       {"running", std::move(running)},
                       {"figures", parts.figures(reader, language)}};
    for (const FrontMore& more : parts.front) more(answer.document, request);
    return answer;
}

Answer list(const Request& request, store::Store& store, const Parts& parts) {
    const Language language = request.language;
    const auto reader = store.read();
    const std::string find = folded(request.asked("q"));
    json::array rows;
    std::size_t all = 0, running = 0;
    for (const StoredCycle& stored : cycles(reader)) {
        ++all;
        running += stored.state == CycleState::running ? 1 : 0;
        const auto opened = open_cycle(reader, stored.key, stored.period);
        std::string text = folded(stored.key + " " + stored.period);
        for (const auto& [_, title] : opened->cycle.title) text += "\n" + folded(title);
        if (text.find(find) == std::string::npos) continue;
        rows.push_back(card(*opened, parts, {reader, people::viewer_of(request), language}));
    }
    const std::size_t count = rows.size();
    Answer answer{.template_name = "movements/list"};
    answer.document = {{"title", say(language, "movements.title")},
                       {"lede", say(language, "movements.lede",
                                    {{"count", std::to_string(all)}, {"running", std::to_string(running)}})},
                       {"q", request.asked("q")},
                       {"href", "/movements"},
                       {"searching", !find.empty()},
                       {"count", count},
                       {"count_text", say(language, "movements.cycles", {{"count", std::to_string(count)}})},
                       {"movements", std::move(rows)}};
    return answer;
}

json::array documents_part(const Cycle& cycle, Language language) {
    json::array documents;
    for (const Document& one : cycle.documents) {
        json::object part{{"number", one.number}};
        if (!one.issuer.empty()) part["issued_by"] = one.issuer;
        if (!one.date.empty()) {
            part["date"] = one.date;
            part["date_text"] = Day::parse(one.date) ? date_text(language, one.date) : one.date;
        }
        if (const std::string& subject = pick(one.title, language); !subject.empty()) part["subject"] = subject;
        documents.push_back(std::move(part));
    }
    return documents;
}

json::array occasions_part(const Cycle& cycle, Language language) {
    json::array occasions;
    for (const Occasion& one : cycle.occasions) {
        json::object part{{"title", pick(one.title, language)}};
        if (!one.date.empty()) {
            part["date"] = one.date;
            part["date_text"] = Day::parse(one.date) ? date_text(language, one.date) : one.date;
        }
        occasions.push_back(std::move(part));
    }
    return occasions;
}

/// What exemplars of the cycle are about, and who recognises them at which level.
json::object exemplars_part(const ExemplarRules& rules, Language language) {
    const auto entries = [&](const auto& all) {
        json::array rows;
        for (const auto& one : all)
            rows.push_back(json::object{{"key", one.key}, {"title", pick(one.title, language)}});
        return rows;
    };
    return {{"fields", entries(rules.fields)}, {"topics", entries(rules.topics)}, {"levels", entries(rules.levels)}};
}

json::object line_part(const InWords::Line& line, Language language) {
    json::object part{{"key", line.key}, {"title", line.title}, {"text", line.text}};
    if (!line.max.empty()) {
        part["max"] = line.max;
        part["max_text"] = number_text(language, line.max);
    }
    return part;
}

void tell_rules(json::object& document, const Cycle& cycle, Language language) {
    const InWords words = in_words(cycle, language);
    json::array parts, gates, classes;
    for (const auto& part : words.parts) {
        json::array criteria;
        for (const auto& line : part.criteria) criteria.push_back(line_part(line, language));
        json::object one{{"title", part.title},
                         {"named", !part.title.empty()},
                         {"beside", part.title.empty() && words.parts.size() > 1},
                         {"criteria", std::move(criteria)}};
        if (!part.text.empty()) one["text"] = part.text;
        parts.push_back(std::move(one));
    }
    for (const auto& line : words.gates) gates.push_back(line_part(line, language));
    for (std::size_t i = 0; i < words.classes.size(); ++i) {
        json::object one = line_part(words.classes[i], language);
        one["tone"] = i == 0 ? "best" : i + 1 == words.classes.size() ? "base" : "middle";
        classes.push_back(std::move(one));
    }
    document["parts"] = std::move(parts);
    document["gates"] = std::move(gates);
    document["classes"] = std::move(classes);
    document["total_text"] = words.total;
    document["ranking_text"] = words.ranking;
    document["participants_text"] = words.participants;
    if (!words.audience.empty()) document["audience_text"] = words.audience;
}

json::array periods_part(const store::Reader& reader, const Cycle& cycle) {
    std::vector<std::string> periods;
    for (const StoredCycle& stored : cycles(reader))
        if (stored.key == cycle.key) periods.push_back(stored.period);
    std::sort(periods.begin(), periods.end());
    json::array rows;
    for (const std::string& period : periods)
        rows.push_back(json::object{
            {"period", period}, {"href", address(cycle.key, period)}, {"current", period == cycle.period}});
    return rows;
}

Problem unknown_cycle(const std::string& key, const std::string& period) {
    return Problem("movement.unknown-cycle", {{"movement", key}, {"period", period}}, "", 404);
}

Answer cycle_page(const Request& request, store::Store& store, const Parts& parts) {
    const Language language = request.language;
    const std::string key = request.place.at("key");
    std::string period = request.place.at("period");
    const bool file = period.ends_with(".toml");
    if (file) period.resize(period.size() - 5);
    const auto reader = store.read();
    const auto opened = open_cycle(reader, key, period);
    if (!opened) throw unknown_cycle(key, period);
    const Cycle& cycle = opened->cycle;
    Answer answer{.template_name = "movements/cycle"};
    if (file) {
        answer.download =
            web::Download{opened->stored.toml, "application/toml; charset=utf-8", key + "-" + period + ".toml"};
        return answer;
    }
    json::object& document = answer.document;
    document = {{"title", title_of(cycle, language)},
                {"kicker", say(language, "movements.kicker", {{"period", cycle.period}})},
                {"movement", movement_part(*opened, language)},
                {"state", code(opened->stored.state)},
                {"state_text", say(language, "movements.state", {{"state", std::string(code(opened->stored.state))}})},
                {"starts", cycle.starts},
                {"ends", cycle.ends},
                {"dates_text", dates_text(cycle, language)},
                {"periods", periods_part(reader, cycle)},
                {"documents", documents_part(cycle, language)},
                {"occasions", occasions_part(cycle, language)},
                {"scored", !cycle.rules.criteria.empty()},
                {"standings_href", address(key, period) + "/standings"},
                {"rollup_href", address(key, period) + "/rollup"},
                {"toml_href", address(key, period) + ".toml"}};
    if (const std::string& summary = pick(cycle.summary, language); !summary.empty()) document["lede"] = summary;
    if (const std::string& theme = pick(cycle.theme, language); !theme.empty()) document["theme"] = theme;
    tell_rules(document, cycle, language);
    if (cycle.exemplars) document["exemplars"] = exemplars_part(*cycle.exemplars, language);
    if (!cycle.issuer.empty()) parts.issuer(document, reader, cycle.issuer, language);
    parts.results(document, cycle, Detail::page, {reader, people::viewer_of(request), language});
    return answer;
}

/// The address without a period leads to the newest cycle.
Answer newest_cycle(const Request& request, store::Store& store) {
    const std::string key = request.place.at("key");
    std::string newest;
    for (const StoredCycle& stored : cycles(store.read()))
        if (stored.key == key) newest = std::max(newest, stored.period);
    if (newest.empty()) throw Problem("movement.unknown", {{"movement", key}}, "", 404);
    return web::see_other(address(key, newest));
}

}  // namespace

void add_routes(web::Routes& routes, store::Store& store, Parts parts) {
    const auto shared = std::make_shared<const Parts>(std::move(parts));
    routes.get("/", [&store, shared](const Request& request) { return front(request, store, *shared); });
    routes.get("/movements", [&store, shared](const Request& request) { return list(request, store, *shared); });
    routes.get("/movements/:key", [&store](const Request& request) { return newest_cycle(request, store); });
    routes.get("/movements/:key/:period",
               [&store, shared](const Request& request) { return cycle_page(request, store, *shared); });
}

}  // namespace guidon::movements

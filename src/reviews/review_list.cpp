#include "reviews/review_list.h"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_set>

#include "exemplars/life.h"
#include "files/csv.h"
#include "movements/movements_store.h"
#include "reviews/team.h"
#include "units/units_pages.h"
#include "web/address.h"

namespace guidon::reviews {

namespace json = boost::json;
using people::Action;
using people::Gate;
using people::Viewer;
using web::Request;

namespace {

constexpr std::size_t rows_per_page = 50;
constexpr std::array<std::string_view, 4> lists{"due", "overdue", "planned", "done"};

/// One line: an exemplar that waits for a survey, or a survey.
struct Line {
    ExemplarId exemplar;
    Day day;  // last looked at, planned or done
    std::optional<Review> review;
};

struct Asked {
    std::string list, field;
    std::optional<units::Unit> unit;
    std::unordered_set<UnitId> units;  // empty: everywhere

    bool takes(UnitId at, const std::string& its_field) const {
        return (units.empty() || units.contains(at)) && (field.empty() || field == its_field);
    }
};

Asked read_asked(const Desk& desk, const store::Reader& reader, const Request& request) {
    Asked asked;
    asked.list = request.asked("state", "due");
    if (std::find(lists.begin(), lists.end(), asked.list) == lists.end())
        throw Problem("review.unknown-list", {{"state", asked.list}}, "state");
    asked.field = request.asked("field");
    if (const auto text = request.asked("unit"); !text.empty()) {
        asked.unit = must_find_unit(reader, text, desk.today());
        for (const UnitId unit : units::subtree(reader, asked.unit->id, desk.today())) asked.units.insert(unit);
    }
    return asked;
}

std::vector<Line> due_ones(const Desk& desk, const store::Reader& reader, const Asked& asked, Cycles& cycles) {
    std::vector<Line> all;
    for (const auto& cycle : movements::cycles(reader))
        for_each_due(reader, cycle.id, cycles.rules(cycle.key, cycle.period), desk.today(),
                     [&](const Candidate& one, Day) {
                         if (asked.takes(one.unit, one.field) && cycles.in_chain(cycle.key, cycle.period, one.unit))
                             all.push_back({one.exemplar, std::max(one.looked_on, one.registered_on), std::nullopt});
                     });
    std::stable_sort(all.begin(), all.end(), [](const Line& a, const Line& b) { return a.day < b.day; });
    return all;
}

std::vector<Line> surveys(const Desk& desk, const store::Reader& reader, const Asked& asked, Cycles& cycles) {
    std::vector<Line> all;
    for (Review& review : reviews_in(reader, asked.list == "done" ? State::done : State::planned)) {
        const bool overdue = review.planned_on < desk.today();
        if ((asked.list == "overdue" && !overdue) || (asked.list == "planned" && overdue)) continue;
        const auto exemplar = exemplars::exemplar(reader, review.exemplar);
        if (!asked.takes(exemplar.unit, exemplar.field)) continue;
        if (!cycles.in_chain(exemplar.movement, exemplar.period, exemplar.unit)) continue;
        all.push_back(
            {exemplar.id, review.state == State::done ? review.done_on : review.planned_on, std::move(review)});
    }
    return all;
}

json::object row_of(const Desk& desk, const store::Reader& reader, const Line& line, Cycles& cycles,
                    Language language) {
    const auto exemplar = exemplars::exemplar(reader, line.exemplar);
    const auto* field = cycles.rules(exemplar.movement, exemplar.period).field(exemplar.field);
    json::object row{{"exemplar", exemplars::exemplar_reference(exemplar, language)},
                     {"unit", units::unit_reference(units::unit(reader, exemplar.unit, desk.today()), language)},
                     {"field", exemplar.field},
                     {"field_title", field ? pick(field->title, language) : exemplar.field},
                     {"day", line.day.text()},
                     {"day_text", date_text(language, line.day.text(), DateStyle::medium)},
                     {"has_review", line.review.has_value()},
                     {"done", false}};
    if (!line.review) return row;
    row["review_href"] = "/reviews/" + line.review->public_id;
    if (!line.review->team.empty()) row["team"] = line.review->team;
    if (line.review->state != State::done) return row;
    row["done"] = true;
    row["score"] = line.review->score.text();
    row["score_text"] = number_text(language, line.review->score.text());
    row["recommendation"] = code(*line.review->recommendation);
    row["recommendation_title"] = recommendation_title(*line.review->recommendation, language);
    return row;
}

std::string csv_of(const Desk& desk, const store::Reader& reader, const std::vector<Line>& lines, Cycles& cycles,
                   Language language) {
    std::string out;
    files::append_csv_row(out, {"exemplar", "title", "unit", "field", "day", "score", "recommendation"});
    for (const Line& line : lines) {
        const json::object row = row_of(desk, reader, line, cycles, language);
        const auto text = [&](const char* name) {
            const auto* value = row.if_contains(name);
            return value ? std::string(value->as_string()) : std::string();
        };
        const auto& exemplar = row.at("exemplar").as_object();
        files::append_csv_row(
            out, {std::string(exemplar.at("id").as_string()), std::string(exemplar.at("title").as_string()),
                  std::string(row.at("unit").at("code").as_string()), text("field"), text("day"), text("score"),
                  text("recommendation")});
    }
    return out;
}

std::string query_of(const Request& request, const std::string& list) {
    std::string query = "?state=" + list;
    for (const char* name : {"unit", "field"})
        if (const auto value = request.asked(name); !value.empty())
            query += std::string("&") + name + "=" + web::percent_encoded(value);
    return query;
}

std::size_t asked_page(const Request& request, std::size_t total) {
    const std::string text = request.asked("page", "1");
    const bool number = !text.empty() && text.size() < 7 && text.find_first_not_of("0123456789") == std::string::npos;
    const std::size_t page = number ? std::stoul(text) : 0;
    if (page < 1 || (page > 1 && (page - 1) * rows_per_page >= total))
        throw Problem("units.bad-page", {{"page", text}}, "page");
    return page;
}

json::object pages_part(const Request& request, const std::string& list, std::size_t page, std::size_t total) {
    const std::size_t to = std::min(page * rows_per_page, total),
                      from = total == 0 ? 0 : (page - 1) * rows_per_page + 1;
    json::object pages{
        {"from", from},
        {"to", to},
        {"total", total},
        {"text", say(request.language, "units.pages",
                     {{"from", std::to_string(from)}, {"to", std::to_string(to)}, {"total", std::to_string(total)}})}};
    if (page > 1) pages["previous_href"] = query_of(request, list) + "&page=" + std::to_string(page - 1);
    if (to < total) pages["next_href"] = query_of(request, list) + "&page=" + std::to_string(page + 1);
    return pages;
}

json::array tabs_part(const Request& request, const std::string& chosen) {
    json::array tabs;
    for (const std::string_view list : lists)
        tabs.push_back(json::object{{"key", list},
                                    {"title", say(request.language, "reviews.list." + std::string(list))},
                                    {"href", "/reviews" + query_of(request, std::string(list))},
                                    {"current", list == chosen}});
    return tabs;
}

/// The fields of all movements that take exemplars, and the cycles in which surveys can be planned.
void tell_choices(json::object& document, const store::Reader& reader, Cycles& cycles, const Asked& asked,
                  Language language) {
    json::array fields, open;
    std::set<std::string> seen;
    for (const auto& cycle : movements::cycles(reader)) {
        const auto& rules = cycles.rules(cycle.key, cycle.period);
        if (rules.fields.empty()) continue;
        open.push_back(json::object{{"key", cycle.key},
                                    {"period", cycle.period},
                                    {"title", pick(cycles.title(cycle.key, cycle.period), language)}});
        for (const auto& field : rules.fields)
            if (seen.insert(field.key).second)
                fields.push_back(json::object{{"key", field.key},
                                              {"title", pick(field.title, language)},
                                              {"selected", field.key == asked.field}});
    }
    document["fields"] = std::move(fields);
    document["cycles"] = std::move(open);
}

}  // namespace

web::Answer review_list(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const Viewer* viewer = people::viewer_of(request);
    if (!viewer) throw Problem("gate.sign-in", {}, "", 401);
    if (!Gate::may_somewhere(viewer, Action::read_figures))
        throw Gate::refusal(reader, viewer, Action::read_figures, {});
    const Language language = request.language;
    const Asked asked = read_asked(desk, reader, request);
    Cycles cycles(reader, viewer);
    const auto lines =
        asked.list == "due" ? due_ones(desk, reader, asked, cycles) : surveys(desk, reader, asked, cycles);

    web::Answer answer{.template_name = "reviews/list"};
    if (request.asked("format") == "csv") {
        answer.download = web::Download{csv_of(desk, reader, lines, cycles, language), "text/csv; charset=utf-8",
                                        "reviews-" + asked.list + ".csv"};
        return answer;
    }
    const std::size_t page = asked_page(request, lines.size());
    json::array rows;
    for (std::size_t i = (page - 1) * rows_per_page; i < std::min(page * rows_per_page, lines.size()); ++i)
        rows.push_back(row_of(desk, reader, lines[i], cycles, language));
    const std::string query = query_of(request, asked.list);
    answer.document = {{"title", say(language, "reviews.title")},
                       {"lede", say(language, "reviews.lede." + asked.list, {{"count", std::to_string(lines.size())}})},
                       {"href", "/reviews"},
                       {"state", asked.list},
                       {"tabs", tabs_part(request, asked.list)},
                       {"unit_code", request.asked("unit")},
                       {"count", lines.size()},
                       {"surveys", asked.list != "due"},
                       {"done", asked.list == "done"},
                       {"rows", std::move(rows)},
                       {"pages", pages_part(request, asked.list, page, lines.size())},
                       {"links", json::object{{"csv", "/reviews.csv" + query}, {"json", "/reviews.json" + query}}},
                       {"may_plan", Gate::may_somewhere(viewer, Action::review_exemplar)},
                       {"action", "/reviews/plans"},
                       {"colleagues", colleagues_part(reader, viewer, language)},
                       {"sample_form", desk.sample_form},
                       {"today", desk.today().text()}};
    tell_choices(answer.document, reader, cycles, asked, language);
    return answer;
}

}  // namespace guidon::reviews

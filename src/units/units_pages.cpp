#include "units/units_pages.h"

#include <algorithm>
#include <charconv>

#include "files/table.h"
#include "units/groups_store.h"
#include "units/span_words.h"
#include "web/address.h"

namespace guidon::units {

namespace json = boost::json;
using web::Answer;
using web::Request;

namespace {

constexpr int rows_per_page = 200;
constexpr int most_found = 200;

struct Asked {
    Day on;
    bool dated = false;  // the reader chose the day
    std::string find;
    int page = 1;
};

Asked asked_of(const Request& request, const store::Store& store) {
    Asked asked{.on = Day::of_utc_ms(store.now_utc_ms()), .find = request.asked("q")};
    if (const std::string text = request.asked("on"); !text.empty()) {
        const auto day = Day::parse(text);
        if (!day) throw Problem("units.bad-day", {{"day", text}}, "on");
        asked.on = *day;
        asked.dated = true;
    }
    const std::string page = request.asked("page", "1");
    const auto read = std::from_chars(page.data(), page.data() + page.size(), asked.page);
    if (read.ec != std::errc{} || read.ptr != page.data() + page.size() || asked.page < 1 || asked.page > 1'000'000)
        throw Problem("units.bad-page", {{"page", page}}, "page");
    return asked;
}

std::string counted(Language language, const char* key, std::int64_t count) {
    return say(language, key, {{"count", std::to_string(count)}});
}

std::string path_text(const store::Reader& reader, const Unit& unit, Day on, Language language) {
    std::string text;
    const auto above = path(reader, unit.id, on);
    for (std::size_t i = 1; i + 1 < above.size(); ++i)  // without the root and the unit itself
        text += (text.empty() ? "" : " › ") + pick(above[i].names, language);
    return text;
}

json::object row(const store::Reader& reader, const Unit& unit, const Asked& asked, Language language) {
    const std::int64_t below = count_children(reader, unit.id, asked.on);
    json::object row = unit_reference(unit, language);
    row["kind"] = unit.kind;
    row["kind_title"] = kind_title(unit.kind, language);
    row["has_children"] = below > 0;
    row["children"] = below;
    row["open_href"] = "/units?under=" + unit.public_id + (asked.dated ? "&on=" + asked.on.text() : "");
    row["ended"] = !unit.exists.holds_on(asked.on);
    if (below > 0) row["children_text"] = counted(language, "units.below", below);
    if (!unit.exists.holds_on(asked.on)) row["ended_text"] = span_text(unit.exists, language);
    return row;
}

json::array breadcrumb(const store::Reader& reader, UnitId id, Day on, Language language) {
    json::array crumbs;
    const auto above = path(reader, id, on);
    for (std::size_t i = 0; i + 1 < above.size(); ++i)
        crumbs.push_back(
            json::object{{"name", pick(above[i].names, language)}, {"href", "/units/" + above[i].public_id}});
    return crumbs;
}

Unit must_find(const store::Reader& reader, const std::string& id, Day on) {
    auto unit = find_unit(reader, id, on);
    if (!unit) throw Problem("units.unknown", {{"unit", id}}, "", 404);
    return *std::move(unit);
}

std::optional<web::Download> download(const Request& request, const store::Reader& reader,
                                      const std::vector<Unit>& shown, Day on) {
    const std::string format = request.asked("format");
    if (format != "csv" && format != "xlsx") return std::nullopt;
    files::Table table{.columns = {{"code"}, {"parent"}, {"kind"}, {"name"}, {"name:en"}, {"name:vi"}, {"name:ur"}},
                       .rows = {}};
    for (const Unit& one : shown) {
        const auto name = [&](const char* language) {
            const auto found = one.names.find(language);
            return found == one.names.end() ? std::string() : found->second;
        };
        table.rows.push_back({one.code, one.parent ? unit(reader, *one.parent, on).code : "", one.kind, name(""),
                              name("en"), name("vi"), name("ur")});
    }
    if (format == "csv") return web::Download{files::csv_text(table), "text/csv; charset=utf-8", "units.csv"};
    return web::Download{files::xlsx_bytes(table, "units"),
                         "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "units.xlsx"};
}

json::object pages_part(const Request& request, const Asked& asked, std::int64_t total, std::size_t shown) {
    const std::int64_t from = static_cast<std::int64_t>(asked.page - 1) * rows_per_page;
    const std::int64_t to = from + static_cast<std::int64_t>(shown);
    const auto href = [&](int page) {
        std::string query;
        for (const char* name : {"under", "q", "on"})
            if (const std::string value = request.asked(name); !value.empty())
                query += std::string(name) + "=" + web::percent_encoded(value) + "&";
        return "?" + query + "page=" + std::to_string(page);
    };
    json::object pages{{"from", total ? from + 1 : 0},
                       {"to", to},
                       {"total", total},
                       {"text", say(request.language, "units.pages",
                                    {{"from", std::to_string(total ? from + 1 : 0)},
                                     {"to", std::to_string(to)},
                                     {"total", std::to_string(total)}})}};
    if (asked.page > 1) pages["previous_href"] = href(asked.page - 1);
    if (to < total) pages["next_href"] = href(asked.page + 1);
    return pages;
}

Answer tree(const Request& request, store::Store& store) {
    const Language language = request.language;
    const Asked asked = asked_of(request, store);
    const auto reader = store.read();
    const bool searching = !folded(asked.find).empty();
    std::optional<Unit> under;
    if (const std::string id = request.asked("under"); !id.empty() && !searching)
        under = must_find(reader, id, asked.on);
    const std::optional<UnitId> above = under ? std::optional(under->id) : std::nullopt;
    const std::vector<Unit> shown =
        searching ? search(reader, asked.find, asked.on, most_found)
                  : children(reader, above, asked.on, rows_per_page, (asked.page - 1) * rows_per_page);
    const std::int64_t total =
        searching ? static_cast<std::int64_t>(shown.size()) : count_children(reader, above, asked.on);

    Answer answer{.template_name = "units/tree"};
    answer.download = download(request, reader, shown, asked.on);
    if (answer.download) return answer;
    json::array rows;
    for (const Unit& one : shown) {
        json::object part = row(reader, one, asked, language);
        if (searching)
            if (const std::string text = path_text(reader, one, asked.on, language); !text.empty())
                part["path_text"] = text;
        rows.push_back(std::move(part));
    }
    std::string query;
    if (searching)
        query = "?q=" + web::percent_encoded(asked.find);
    else if (under)
        query = "?under=" + under->public_id;
    answer.document = {{"title", say(language, "units.title")},
                       {"lede", searching ? say(language, total == most_found ? "units.found-many" : "units.found",
                                                {{"count", std::to_string(total)}, {"text", asked.find}})
                                          : counted(language, "units.lede", count_units(reader, asked.on))},
                       {"q", asked.find},
                       {"href", "/units"},
                       {"searching", searching},
                       {"breadcrumb", under ? breadcrumb(reader, under->id, asked.on, language) : json::array()},
                       {"count", total},
                       {"count_text", counted(language, "units.units", total)},
                       {"units", std::move(rows)},
                       {"pages", pages_part(request, asked, total, shown.size())},
                       {"links", json::object{{"csv", "/units.csv" + query},
                                              {"xlsx", "/units.xlsx" + query},
                                              {"json", "/units.json" + query}}}};
    if (under) answer.document["under"] = unit_reference(*under, language);
    return answer;
}

std::string language_name(const std::string& code, Language language) {
    if (code.empty()) return say(language, "units.own-name");
    return has_message(language, "units.language." + code) ? say(language, "units.language." + code) : code;
}

void tell_history(json::object& document, const store::Reader& reader, const Unit& unit, Language language) {
    const History all = history(reader, unit.id);
    json::array names, parents, codes;
    for (const auto& name : all.names)
        names.push_back(json::object{{"language", name.language},
                                     {"language_name", language_name(name.language, language)},
                                     {"name", name.name},
                                     {"valid_text", span_text(name.held, language)}});
    for (const auto& parent : all.parents) {
        if (!parent.parent) continue;
        const Day then = parent.held.to == Day::never() ? Day::of_number(99'991'231) : parent.held.from;
        parents.push_back(json::object{{"unit", unit_reference(units::unit(reader, *parent.parent, then), language)},
                                       {"valid_text", span_text(parent.held, language)}});
    }
    for (const auto& code : all.codes)
        codes.push_back(json::object{{"code", code.code}, {"valid_text", span_text(code.held, language)}});
    document["names"] = std::move(names);
    document["parents"] = std::move(parents);
    document["codes"] = std::move(codes);
}

json::array memberships_part(const store::Reader& reader, const Unit& unit, Language language) {
    json::array rows;
    const auto all = groups(reader);
    for (const Membership& membership : memberships_of(reader, unit.id)) {
        const auto group =
            std::find_if(all.begin(), all.end(), [&](const Group& one) { return one.id == membership.group; });
        const std::string role = membership.role == GroupRole::none ? "member" : std::string(code(membership.role));
        rows.push_back(json::object{
            {"group", json::object{{"key", group->code}, {"name", group->name.empty() ? group->code : group->name}}},
            {"period", membership.period},
            {"role", role},
            {"role_text", say(language, "units.role", {{"role", role}})}});
    }
    return rows;
}

Answer unit_page(const Request& request, store::Store& store, const std::vector<UnitPart>& parts) {
    const Language language = request.language;
    const Asked asked = asked_of(request, store);
    const auto reader = store.read();
    const Unit unit = must_find(reader, request.place.at("id"), asked.on);
    const std::int64_t below = count_children(reader, unit.id, asked.on);
    json::array some;
    for (const Unit& child : children(reader, unit.id, asked.on, 30))
        some.push_back(row(reader, child, asked, language));
    const json::array crumbs = breadcrumb(reader, unit.id, asked.on, language);

    Answer answer{.template_name = "units/unit"};
    const std::string above = crumbs.empty() ? "" : std::string(crumbs[crumbs.size() - 1].at("name").as_string());
    answer.document = {
        {"title", pick(unit.names, language).empty() ? unit.code : pick(unit.names, language)},
        {"kicker", kind_title(unit.kind, language)},
        {"lede", say(language, above.empty() ? "units.unit-lede-root" : "units.unit-lede",
                     {{"kind", kind_title(unit.kind, language)}, {"above", above}, {"code", unit.code}})},
        {"unit", unit_reference(unit, language)},
        {"kind", unit.kind},
        {"kind_title", kind_title(unit.kind, language)},
        {"breadcrumb", crumbs},
        {"valid_text", span_text(unit.exists, language)},
        {"ended", !unit.exists.holds_on(asked.on)},
        {"memberships", memberships_part(reader, unit, language)},
        {"children_count", below},
        {"children_count_text", counted(language, "units.below", below)},
        {"children_href", "/units?under=" + unit.public_id},
        {"children", std::move(some)},
        {"json_href", "/units/" + unit.public_id + ".json"}};
    if (unit.exists.from != Day::always()) answer.document["valid_from"] = unit.exists.from.text();
    if (unit.exists.to != Day::never()) answer.document["valid_to"] = unit.exists.to.text();
    json::array tags;
    std::string tags_text;
    for (const std::string& tag : unit.tags) {
        tags.push_back(json::value(tag));
        tags_text += (tags_text.empty() ? "" : ", ") + tag;
    }
    answer.document["tags"] = std::move(tags);
    if (!tags_text.empty()) answer.document["tags_text"] = tags_text;
    tell_history(answer.document, reader, unit, language);
    for (const UnitPart& part : parts) part(answer.document, reader, unit, request);
    return answer;
}

}  // namespace

json::object unit_reference(const Unit& unit, Language language) {
    const std::string& name = pick(unit.names, language);
    return {{"id", unit.public_id},
            {"code", unit.code},
            {"name", name.empty() ? unit.code : name},
            {"href", "/units/" + unit.public_id}};
}

std::string kind_title(const std::string& kind, Language language) {
    return has_message(language, "kind." + kind) ? say(language, "kind." + kind) : kind;
}

void add_routes(web::Routes& routes, store::Store& store, std::vector<UnitPart> parts) {
    routes.get("/units", [&store](const Request& request) { return tree(request, store); });
    routes.get("/units/:id",
               [&store, parts = std::move(parts)](const Request& request) { return unit_page(request, store, parts); });
}

}  // namespace guidon::units

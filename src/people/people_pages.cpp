#include "people/people_pages.h"

#include <charconv>
#include <memory>

#include "people/council_pages.h"
#include "people/office_changes.h"
#include "people/people_desk.h"
#include "people/person_changes.h"
#include "people/person_document.h"
#include "people/role_changes.h"
#include "web/address.h"
#include "web/again.h"

namespace guidon::people {

namespace json = boost::json;
using web::Answer;
using web::Method;
using web::Request;

namespace {

constexpr std::size_t rows_per_page = 50;

std::size_t asked_page(const Request& request) {
    const std::string text = request.asked("page", "1");
    std::size_t page = 1;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), page);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || page < 1 || page > 100'000)
        throw Problem("units.bad-page", {{"page", text}}, "page");
    return page;
}

json::object pages_part(const Request& request, std::size_t page, std::size_t total) {
    const std::size_t before = std::min((page - 1) * rows_per_page, total);
    const std::size_t to = std::min(before + rows_per_page, total), from = total > before ? before + 1 : before;
    const auto href = [&](std::size_t wanted) {
        std::string query = "?";
        for (const char* name : {"q", "unit", "role"})
            if (const std::string value = request.asked(name); !value.empty())
                query += std::string(name) + "=" + web::percent_encoded(value) + "&";
        return query + "page=" + std::to_string(wanted);
    };
    json::object pages{
        {"from", from},
        {"to", to},
        {"total", total},
        {"text", say(request.language, "units.pages",
                     {{"from", std::to_string(from)}, {"to", std::to_string(to)}, {"total", std::to_string(total)}})}};
    if (page > 1) pages["previous_href"] = href(page - 1);
    if (to < total) pages["next_href"] = href(page + 1);
    return pages;
}

json::object person_row(const store::Reader& reader, PersonId id, const Scope& scope, Day today, Language language) {
    const Person one = person(reader, id);
    json::object row{{"id", one.public_id}, {"name", one.name}, {"href", "/people/" + one.public_id}};
    json::array aliases;
    for (const auto& alias : one.aliases) aliases.push_back(json::value(alias));
    row["aliases"] = std::move(aliases);
    json::array offices;
    for (const Office& office : offices_of(reader, id)) {
        if (!office.held.holds_on(today) || !scope.holds(office.unit)) continue;
        std::string titles;
        for (const Grant& grant : grants_of(reader, office.id)) {
            const std::string title = role_title(grant.role, language);
            if (grant.held.holds_on(today) && titles.find(title) == std::string::npos)
                titles += (titles.empty() ? "" : ", ") + title;
        }
        json::object part{{"text", office_text(reader, office, today, language)}, {"has_roles", !titles.empty()}};
        if (!titles.empty()) part["roles_text"] = titles;
        offices.push_back(std::move(part));
    }
    row["in_office"] = !offices.empty();
    row["offices"] = std::move(offices);
    return row;
}

Answer list(const Desk& desk, const Request& request) {
    const Viewer& viewer = signed_in(request);
    const auto reader = desk.store.read();
    if (!Gate::may_somewhere(&viewer, Action::read_people))
        throw Gate::refusal(reader, &viewer, Action::read_people, {});
    const Scope scope = scope_of(reader, &viewer, Action::read_people);
    PersonFilter filter{.text = request.asked("q"), .unit = {}, .role = {}, .today = viewer.today};
    if (const auto text = request.asked("unit"); !text.empty()) filter.unit = read_unit(reader, text, viewer.today).id;
    if (const auto text = request.asked("role"); !text.empty()) {
        filter.role = role_of(text);
        if (!filter.role) throw Problem("people.unknown-role", {{"role", text}}, "role");
    }
    const std::size_t page = asked_page(request);
    const auto found = list_persons(reader, filter, scope);
    json::array rows, choices;
    for (std::size_t i = (page - 1) * rows_per_page; i < found.size() && rows.size() < rows_per_page; ++i)
        rows.push_back(person_row(reader, found[i], scope, viewer.today, request.language));
    for (const Role role : roles)
        choices.push_back(json::object{
            {"code", code(role)}, {"title", role_title(role, request.language)}, {"selected", filter.role == role}});
    Answer answer{.template_name = "people/list"};
    answer.document = {{"title", say(request.language, "people.title")},
                       {"lede", say(request.language, "people.found", {{"count", std::to_string(found.size())}})},
                       {"href", "/people"},
                       {"q", filter.text},
                       {"unit", request.asked("unit")},
                       {"roles", std::move(choices)},
                       {"count", found.size()},
                       {"people", std::move(rows)},
                       {"pages", pages_part(request, page, found.size())},
                       {"today", viewer.today.text()},
                       {"may_add", Gate::may_somewhere(&viewer, Action::manage_people)},
                       {"may_add_without_office", Gate::may(reader, &viewer, Action::manage_people, {})}};
    return answer;
}

/// A form that was refused comes back with what was typed.
Answer take_new_person(const Desk& desk, const Request& request) {
    try {
        return add_person_with_office(desk, request);
    } catch (const Problem& problem) {
        if (problem.status != 422) throw;
        Answer form = list(desk, request);
        json::object typed;
        for (const char* name : {"name", "aliases", "unit", "title_en", "title_vi", "title_ur", "from", "to"})
            typed[name] = request.field(name);
        form.document["typed"] = std::move(typed);
        return web::again(request, std::move(form), problem);
    }
}

Answer person_page(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    Answer answer{.template_name = "people/person"};
    answer.document = person_document(desk, reader, request, visible_person(reader, request));
    return answer;
}

/// Who may do what: the table itself, in words.
Answer roles_page(const Request& request) {
    const Language language = request.language;
    json::array heads, rows, explained;
    for (const Role role : roles) {
        heads.push_back(json::object{{"code", code(role)}, {"title", role_title(role, language)}});
        std::string grants;
        for (const Role other : roles)
            if (may_grant(role, other)) grants += (grants.empty() ? "" : ", ") + role_title(other, language);
        json::object part{{"code", code(role)},
                          {"title", role_title(role, language)},
                          {"text", say(language, "people.role-text." + std::string(code(role)))},
                          {"grants", !grants.empty()}};
        if (!grants.empty()) part["grants_text"] = grants;
        explained.push_back(std::move(part));
    }
    for (const Action action : actions) {
        json::array cells;
        for (const Role role : roles) cells.push_back(json::object{{"permitted", permits(role, action)}});
        rows.push_back(json::object{{"code", code(action)},
                                    {"title", say(language, "people.may." + std::string(code(action)))},
                                    {"cells", std::move(cells)}});
    }
    Answer answer{.template_name = "people/roles"};
    answer.document = {{"title", say(language, "people.roles-title")},
                       {"lede", say(language, "people.roles-lede")},
                       {"roles", std::move(heads)},
                       {"actions", std::move(rows)},
                       {"explained", std::move(explained)}};
    return answer;
}

}  // namespace

units::UnitPart unit_part() {
    return [](json::object& document, const store::Reader& reader, const units::Unit& unit, const Request& request) {
        const Viewer* viewer = viewer_of(request);
        json::array people;
        const bool may = Gate::may(reader, viewer, Action::read_people, {.unit = unit.id});
        if (may)
            for (const Office& one : offices_at(reader, unit.id, viewer->today))
                people.push_back(json::object{
                    {"person", person_reference(reader, viewer, person(reader, one.person), request.language)},
                    {"title", pick(one.title, request.language)}});
        if (may) document["people_href"] = "/people?unit=" + web::percent_encoded(unit.code);
        document["people"] = std::move(people);
    };
}

void add_routes(web::Routes& routes, store::Store& store, Parts parts) {
    const auto desk = std::make_shared<const Desk>(Desk{store, std::move(parts)});
    const auto get = [&](std::string path, Answer (*handler)(const Desk&, const Request&)) {
        routes.get(std::move(path), [desk, handler](const Request& request) { return handler(*desk, request); });
    };
    const auto change = [&](Method method, std::string path, Answer (*handler)(const Desk&, const Request&)) {
        routes.change(method, std::move(path),
                      [desk, handler](const Request& request) { return handler(*desk, request); });
    };
    get("/people", list);
    change(Method::post, "/people", take_new_person);
    get("/people/:id", person_page);
    change(Method::put, "/people/:id", rename);
    get("/people/:id/data", data_of);
    change(Method::post, "/people/:id/erase", erase);
    change(Method::post, "/people/:id/offices", begin_office);
    change(Method::post, "/offices/:id/end", stop_office);
    change(Method::post, "/offices/:id/move", move_office);
    change(Method::post, "/offices/:id/delegations", delegate);
    change(Method::post, "/delegations/:id/end", stop_delegation);
    change(Method::post, "/offices/:id/roles", grant_role);
    change(Method::post, "/roles/:id/end", take_role_back);
    routes.get("/roles", roles_page);
    get("/councils", councils_page);
    change(Method::post, "/councils", found_council);
    get("/councils/:code", council_page);
}

}  // namespace guidon::people

#include "people/person_document.h"

#include <algorithm>

#include "units/span_words.h"

namespace guidon::people {

namespace json = boost::json;

std::string role_title(Role role, Language language) {
    return say(language, "people.role." + std::string(code(role)));
}

std::string office_text(const store::Reader& reader, const Office& office, Day today, Language language) {
    std::string text = pick(office.title, language);
    if (office.unit) text += " · " + pick(units::unit(reader, *office.unit, today).names, language);
    return text;
}

json::object person_reference(const store::Reader& reader, const Viewer* viewer, const Person& person,
                              Language language) {
    json::object part{{"id", person.public_id},
                      {"name", person.erased ? say(language, "people.erased-person") : person.name}};
    const bool visible = viewer && sees_person(reader, *viewer, person);
    part["visible"] = visible;
    if (visible) part["href"] = "/people/" + person.public_id;
    return part;
}

std::string group_name(const units::Group& group) {
    return group.name.empty() ? group.code : group.name;
}

namespace {

/// "Ky Anh and all below", "Cluster of …", "everywhere"
std::string where_text(const store::Reader& reader, const Grant& grant, Day today, Language language) {
    if (grant.council) {
        const auto found = council(reader, *grant.council);
        return found ? pick(found->title, language) : "";
    }
    if (grant.group) {
        for (const auto& group : units::groups(reader))
            if (grant.group == group.id) return group_name(group);
        return "";
    }
    if (!grant.unit) return say(language, "people.everywhere");
    const auto unit = units::unit(reader, *grant.unit, today);
    const std::string& name = pick(unit.names, language);
    return say(language, grant.reach == Reach::unit ? "people.reach-unit" : "people.reach-subtree",
               {{"unit", name.empty() ? unit.code : name}});
}

/// All that one person's document is made from.
struct Page {
    const Desk& desk;
    const store::Reader& reader;
    const web::Request& request;
    const Person& person;
    const Viewer& viewer;
    Language language;

    Day today() const { return viewer.today; }
    bool own() const { return viewer.person_id == person.id; }
};

void tell_span(json::object& part, const Page& page, Span held) {
    part["valid_text"] = units::span_text(held, page.language);
    if (held.from != Day::always()) part["from"] = held.from.text();
    if (held.to != Day::never()) part["to"] = held.to.text();
    part["holds"] = held.holds_on(page.today());
    part["ended"] = held.to <= page.today();
}

bool may_take_back(const Page& page, const Grant& grant) {
    if (grant.held.to <= page.today()) return false;
    if (page.own()) return !page.viewer.token;
    Grant wish = grant;
    wish.held.to = page.today();
    try {
        Gate::permit_grant(page.reader, &page.viewer, wish, page.person.id);
        return true;
    } catch (const Problem&) {
        return false;
    }
}

json::object grant_part(const Page& page, const Grant& grant) {
    json::object part{{"id", grant.public_id},
                      {"role", code(grant.role)},
                      {"role_title", role_title(grant.role, page.language)},
                      {"where_text", where_text(page.reader, grant, page.today(), page.language)},
                      {"version", std::to_string(grant.since)}};
    if (!grant.movement.empty()) part["movement"] = grant.movement;
    tell_span(part, page, grant.held);
    const bool may = may_take_back(page, grant);
    part["may_take_back"] = may;
    if (may) part["end_action"] = "/roles/" + grant.public_id + "/end";
    return part;
}

json::object delegation_part(const Page& page, const Delegation& delegation, bool may) {
    const bool can_end = may && page.today() < delegation.held.to;
    json::object part{{"id", delegation.public_id},
                      {"deputy", person_reference(page.reader, &page.viewer,
                                                  people::person(page.reader, delegation.deputy), page.language)},
                      {"version", std::to_string(delegation.since)},
                      {"may_end_delegation", can_end}};
    tell_span(part, page, delegation.held);
    if (can_end) part["end_action"] = "/delegations/" + delegation.public_id + "/end";
    return part;
}

json::object office_part(const Page& page, const Office& office) {
    const std::string at = "/offices/" + office.public_id;
    const bool goes_on = page.today() < office.held.to;
    const bool manages = Gate::may(page.reader, &page.viewer, Action::manage_people, {.unit = office.unit});
    const bool delegates = goes_on && (manages || (page.own() && !page.viewer.token));
    json::object part{{"id", office.public_id},
                      {"title", pick(office.title, page.language)},
                      {"version", std::to_string(office.since)},
                      {"may_change", manages && goes_on},
                      {"may_delegate", delegates},
                      {"may_grant", goes_on && !page.own() && Gate::may_somewhere(&page.viewer, Action::grant_roles)}};
    if (office.unit)
        part["unit"] = units::unit_reference(units::unit(page.reader, *office.unit, page.today()), page.language);
    else
        part["of_system"] = true;
    for (const char* language : {"en", "vi", "ur"})
        if (const auto title = office.title.find(language); title != office.title.end())
            part[std::string("title_") + language] = title->second;
    tell_span(part, page, office.held);
    part["earliest_end"] = std::max(page.today(), office.held.from.next()).text();  // an office lasts a day at least
    json::array grants, delegations, colleagues;
    for (const Grant& grant : grants_of(page.reader, office.id)) grants.push_back(grant_part(page, grant));
    for (const Delegation& one : delegations_of(page.reader, office.id))
        delegations.push_back(delegation_part(page, one, delegates));
    if (delegates && office.unit)
        for (const Office& other : offices_at(page.reader, *office.unit, page.today()))
            if (other.person != page.person.id)
                colleagues.push_back(
                    json::object{{"name", other.person_name}, {"title", pick(other.title, page.language)}});
    part["has_grants"] = !grants.empty();
    part["has_delegations"] = !delegations.empty();
    part["roles"] = std::move(grants);
    part["delegations"] = std::move(delegations);
    part["colleagues"] = std::move(colleagues);
    part["end_action"] = at + "/end";
    part["move_action"] = at + "/move";
    part["delegate_action"] = at + "/delegations";
    part["grant_action"] = at + "/roles";
    return part;
}

/// What the form that grants a role offers: what the reader could hand on.
void tell_choices(json::object& document, const Page& page) {
    json::array grantable, groups, councils_part, movements;
    for (const Role role : roles) {
        const bool can = std::any_of(page.viewer.grants.begin(), page.viewer.grants.end(),
                                     [&](const Grant& grant) { return may_grant(grant.role, role); });
        if (can) grantable.push_back(json::object{{"code", code(role)}, {"title", role_title(role, page.language)}});
    }
    if (!grantable.empty()) {
        for (const auto& group : units::groups(page.reader))
            groups.push_back(json::object{{"code", group.code}, {"name", group_name(group)}});
        for (const auto& one : councils(page.reader))
            councils_part.push_back(json::object{{"code", one.code}, {"name", pick(one.title, page.language)}});
        if (page.desk.parts.movements)
            for (const auto& key : page.desk.parts.movements(page.reader))
                movements.push_back(json::object{{"key", key}});
    }
    document["choices"] = json::object{{"roles", std::move(grantable)},
                                       {"groups", std::move(groups)},
                                       {"councils", std::move(councils_part)},
                                       {"movements", std::move(movements)}};
}

json::array acting_for(const Page& page) {
    json::array all;
    for (const Delegation& delegation : delegations_to(page.reader, page.person.id)) {
        const Office of = office(page.reader, delegation.office);
        json::object part{{"text", office_text(page.reader, of, page.today(), page.language)},
                          {"holder", person_reference(page.reader, &page.viewer, people::person(page.reader, of.person),
                                                      page.language)}};
        tell_span(part, page, delegation.held);
        all.push_back(std::move(part));
    }
    return all;
}

std::string lede(const Page& page, const std::vector<Office>& offices) {
    if (page.person.erased) return say(page.language, "people.erased-lede");
    std::string text;
    for (const Office& one : offices)
        if (one.held.holds_on(page.today()))
            text += (text.empty() ? "" : "; ") + office_text(page.reader, one, page.today(), page.language);
    return text.empty() ? say(page.language, "people.no-office-now") : text;
}

}  // namespace

json::object person_document(const Desk& desk, const store::Reader& reader, const web::Request& request,
                             const Person& person) {
    const Viewer& viewer = signed_in(request);
    const Page page{desk, reader, request, person, viewer, request.language};
    const std::string href = "/people/" + person.public_id;
    const auto offices = offices_of(reader, person.id);
    const bool manages = !person.erased && may_person(reader, &viewer, Action::manage_people, person);
    const bool erases = manages && viewer.has(Role::administrator);
    json::object document{{"title", person.erased ? say(page.language, "people.erased-person") : person.name},
                          {"kicker", say(page.language, "people.title")},
                          {"lede", lede(page, offices)},
                          {"person", person_reference(reader, &viewer, person, page.language)},
                          {"name", person.name},
                          {"erased", person.erased},
                          {"version", std::to_string(person.since)},
                          {"href", href},
                          {"json_href", href + ".json"},
                          {"may_rename", manages},
                          {"may_erase", erases},
                          {"may_add_office", !person.erased && Gate::may_somewhere(&viewer, Action::manage_people)},
                          {"offices_action", href + "/offices"},
                          {"erase_action", href + "/erase"},
                          {"erase_word", say(page.language, "people.erase-word")},
                          {"today", page.today().text()}};
    json::array aliases, rows;
    std::string lines;
    for (const auto& alias : person.aliases) {
        aliases.push_back(json::value(alias));
        lines += (lines.empty() ? "" : "\n") + alias;
    }
    document["aliases"] = std::move(aliases);
    document["aliases_lines"] = lines;
    for (const Office& one : offices) rows.push_back(office_part(page, one));
    document["offices"] = std::move(rows);
    document["acting_for"] = acting_for(page);
    if (manages || Gate::may(reader, &viewer, Action::read_journal, {}))
        document["history_href"] = "/journal?about=" + person.public_id;
    if (manages || (page.own() && !viewer.token)) document["data_href"] = href + "/data.json";
    tell_choices(document, page);
    for (const PersonPart& part : desk.parts.persons)
        if (part.tell) part.tell(document, reader, person, request);
    return document;
}

json::object person_data(const Desk& desk, const store::Reader& reader, const Person& person, Day today) {
    json::array aliases, offices, entries;
    for (const auto& alias : person.aliases) aliases.push_back(json::value(alias));
    for (const Office& one : offices_of(reader, person.id)) {
        json::object part = kept(reader, one, today);
        json::array grants, delegations;
        for (const Grant& grant : grants_of(reader, one.id)) grants.push_back(kept(reader, grant, today));
        for (const Delegation& each : delegations_of(reader, one.id)) delegations.push_back(kept(each));
        part["roles"] = std::move(grants);
        part["delegations"] = std::move(delegations);
        offices.push_back(std::move(part));
    }
    json::array acting;
    for (const Delegation& one : delegations_to(reader, person.id)) {
        json::object part = kept(one);
        part["office"] = office(reader, one.office).public_id;
        acting.push_back(std::move(part));
    }
    for (const Act& act : acts_of(reader, person.public_id))
        entries.push_back(json::object{{"seq", act.seq}, {"at_utc_ms", act.at_utc_ms}, {"what", act.what}});
    json::object data{{"person", json::object{{"id", person.public_id},
                                              {"name", person.name},
                                              {"aliases", std::move(aliases)},
                                              {"salt", person.salt},
                                              {"erased", person.erased}}},
                      {"offices", std::move(offices)},
                      {"acting_for", std::move(acting)},
                      {"journal", std::move(entries)}};
    for (const PersonPart& part : desk.parts.persons)
        if (part.tell_all) part.tell_all(data, reader, person);
    return data;
}

}  // namespace guidon::people

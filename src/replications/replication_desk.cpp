#include "replications/replication_desk.h"

#include <algorithm>
#include <vector>

#include "people/sight.h"
#include "units/units_pages.h"

namespace guidon::replications {

namespace json = boost::json;
using people::Action;
using people::Gate;
using people::Viewer;
using people::Where;

namespace {

struct Right {
    Action action;
    Where where;
};

/// Any of these is enough.
std::vector<Right> rights_of(Party party, const Adoption& adoption) {
    const Where origin{.unit = adoption.origin.unit, .movement = adoption.origin.movement};
    const Where adopter{.unit = adoption.replication.unit, .movement = adoption.origin.movement};
    switch (party) {
        case Party::origin:
            return {{Action::register_exemplar, origin}};
        case Party::adopter:
            return {{Action::register_exemplar, adopter}};
        case Party::either:
            return {{Action::register_exemplar, adopter}, {Action::register_exemplar, origin}};
        case Party::superior:
            return {{Action::review_exemplar, adopter}};
    }
    return {};
}

}  // namespace

Adoption must_find_adoption(const store::Reader& reader, const Viewer* viewer, std::string_view public_id) {
    const Problem unknown("replication.unknown", {{"adoption", std::string(public_id)}}, "", 404);
    auto found = find_replication(reader, public_id);
    if (!found) throw unknown;
    Adoption adoption{*std::move(found), {}};
    adoption.origin = exemplars::exemplar(reader, adoption.replication.origin);
    if (!sees_adoption(reader, viewer, adoption)) throw unknown;
    return adoption;
}

bool sees_adoption(const store::Reader& reader, const Viewer* viewer, const Adoption& adoption) {
    if (!viewer || !exemplars::sees(reader, viewer, adoption.origin)) return false;
    if (may_step(reader, viewer, Party::either, adoption) || may_step(reader, viewer, Party::superior, adoption))
        return true;
    const people::Sight sight(reader, viewer, adoption.origin.movement, adoption.origin.period);
    return sight.sees(adoption.replication.unit, people::Audience::chain) ||
           sight.sees(adoption.origin.unit, people::Audience::chain);
}

bool may_step(const store::Reader& reader, const Viewer* viewer, Party party, const Adoption& adoption) {
    const auto rights = rights_of(party, adoption);
    return std::any_of(rights.begin(), rights.end(),
                       [&](const Right& right) { return Gate::may(reader, viewer, right.action, right.where); });
}

store::Permit permit_step(const store::Reader& reader, const Viewer* viewer, Party party, const Adoption& adoption) {
    const auto rights = rights_of(party, adoption);
    for (const Right& right : rights)
        if (Gate::may(reader, viewer, right.action, right.where))
            return Gate::permit(reader, viewer, right.action, right.where);
    return Gate::permit(reader, viewer, rights.front().action, rights.front().where);  // refuses
}

units::Unit must_find_unit(const store::Reader& reader, const std::string& text, const std::string& field, Day today) {
    auto unit = units::find_unit_by_code(reader, text, today);
    if (!unit) unit = units::find_unit(reader, text, today);
    if (!unit || !unit->exists.holds_on(today)) throw Problem("replication.unknown-unit", {{"unit", text}}, field);
    return *std::move(unit);
}

std::string own_unit_code(const store::Reader& reader, const Viewer* viewer) {
    if (!viewer || !viewer->capacity || !viewer->capacity->unit) return "";
    return units::unit(reader, *viewer->capacity->unit, viewer->today).code;
}

std::string state_title(State state, Language language) {
    return say(language, "replications.state." + std::string(code(state)));
}

json::object adoption_reference(const store::Reader& reader, const Replication& replication, Language language,
                                Day today) {
    return {{"id", replication.public_id},
            {"href", "/adoptions/" + replication.public_id},
            {"state", code(replication.state)},
            {"state_title", state_title(replication.state, language)},
            {"unit", units::unit_reference(units::unit(reader, replication.unit, today), language)}};
}

}  // namespace guidon::replications

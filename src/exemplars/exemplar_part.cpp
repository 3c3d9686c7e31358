#include "exemplars/exemplar_part.h"

#include "people/gate.h"
#include "people/sight.h"

namespace guidon::exemplars {

using people::Action;
using people::Gate;

bool sees(const store::Reader& reader, const people::Viewer* viewer, const Exemplar& exemplar) {
    if (is_public(exemplar.state) && exemplar.open) return true;
    if (!viewer) return false;
    const people::Where where{.unit = exemplar.unit, .movement = exemplar.movement};
    if (exemplar.state == State::draft)
        return Gate::may(reader, viewer, Action::register_exemplar, where) ||
               Gate::may(reader, viewer, Action::review_exemplar, where);
    return people::Sight(reader, viewer, exemplar.movement, exemplar.period)
        .sees(exemplar.unit, people::Audience::chain);
}

Exemplar must_find_exemplar(const store::Reader& reader, const people::Viewer* viewer, std::string_view public_id) {
    auto found = find_exemplar(reader, public_id);
    if (!found || !sees(reader, viewer, *found))
        throw Problem("exemplar.unknown", {{"exemplar", std::string(public_id)}}, "", 404);
    return std::move(*found);
}

const std::string& title_in(const Exemplar& exemplar, Language language) {
    const auto found = exemplar.titles.find(std::string(code(language)));
    return found == exemplar.titles.end() ? exemplar.title : found->second;
}

std::string state_title(State state, Language language) {
    return say(language, "exemplars.state." + std::string(code(state)));
}

boost::json::object exemplar_reference(const Exemplar& exemplar, Language language) {
    const std::string kind(code(exemplar.kind));
    return {{"id", exemplar.public_id},
            {"title", title_in(exemplar, language)},
            {"kind", kind},
            {"kind_title", say(language, "exemplars.kind." + kind)},
            {"state", code(exemplar.state)},
            {"state_title", state_title(exemplar.state, language)},
            {"href", "/exemplars/" + exemplar.public_id}};
}

}  // namespace guidon::exemplars

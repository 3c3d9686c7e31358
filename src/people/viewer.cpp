#include "people/viewer.h"

#include <algorithm>

#include "people/form_token.h"
#include "people/gate.h"

namespace guidon::people {

namespace json = boost::json;

namespace {

json::object capacity_part(const Capacity& capacity, Language language) {
    const std::string& unit = pick(capacity.unit_names, language);
    std::string text = pick(capacity.title, language);
    if (!unit.empty()) text += " · " + unit;
    if (!capacity.holder.empty())
        text = say(language, "people.for", {{"office", text}, {"name", capacity.holder_name}});
    return {{"id", capacity.public_id}, {"text", text}};
}

}  // namespace

json::object Viewer::shown(Language language) const {
    json::object part{{"id", person}, {"name", name}, {"href", "/me"}};
    if (capacity) part["capacity"] = capacity_part(*capacity, language);
    json::array choices;
    for (const Capacity& other : others) choices.push_back(capacity_part(other, language));
    part["others"] = std::move(choices);
    json::object may;
    for (const Action action : actions)
        if (Gate::may_somewhere(this, action)) may[code(action)] = true;
    part["may"] = std::move(may);
    return part;
}

std::string Viewer::form_token() const {
    return form_key.empty() ? std::string() : new_form_token(form_key);
}

bool Viewer::has(Role role) const {
    return std::any_of(grants.begin(), grants.end(), [&](const Grant& grant) { return grant.role == role; });
}

const Viewer* viewer_of(const web::Request& request) {
    return static_cast<const Viewer*>(request.caller.get());
}

}  // namespace guidon::people

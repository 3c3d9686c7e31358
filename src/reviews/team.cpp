#include "reviews/team.h"

#include <algorithm>
#include <sstream>

namespace guidon::reviews {

namespace json = boost::json;
using people::Office;
using people::Viewer;

namespace {

std::vector<Office> offices_beside(const store::Reader& reader, const Viewer* viewer) {
    if (!viewer || !viewer->capacity || !viewer->capacity->unit) return {};
    return people::offices_at(reader, *viewer->capacity->unit, viewer->today);
}

}  // namespace

json::array colleagues_part(const store::Reader& reader, const Viewer* viewer, Language language) {
    json::array all;
    for (const Office& office : offices_beside(reader, viewer))
        all.push_back(json::object{{"id", office.person_id}, {"office_text", pick(office.title, language)}});
    return all;
}

std::vector<people::PersonId> read_members(const store::Reader& reader, const Viewer& viewer,
                                           const web::Request& request) {
    std::vector<std::string> wanted;
    for (auto [at, end] = request.fields.equal_range("member"); at != end; ++at) wanted.push_back(at->second);
    std::istringstream words(request.field("members"));
    for (std::string word; words >> word;) wanted.push_back(word);

    const auto offices = offices_beside(reader, &viewer);
    std::vector<people::PersonId> members;
    for (const std::string& id : wanted) {
        const auto found =
            std::find_if(offices.begin(), offices.end(), [&](const Office& office) { return office.person_id == id; });
        if (found == offices.end()) throw Problem("review.unknown-person", {{"person", id}}, "members");
        if (std::find(members.begin(), members.end(), found->person) == members.end()) members.push_back(found->person);
    }
    return members;
}

}  // namespace guidon::reviews

// Does this exemplar read like another one? A hint for those who review it, with the passages side by side; never a
// verdict. Others are named only to those who may see them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "exemplars/exemplars_desk.h"

namespace guidon::exemplars {

/// What of an exemplar is compared with others: its title and all its words.
std::string compared_text(const Writing& writing);
/// The numbers of an exemplar's text and of its title in the index of similar texts.
constexpr std::int64_t text_number(ExemplarId id) {
    return id.number() * 2;
}
constexpr std::int64_t title_number(ExemplarId id) {
    return id.number() * 2 + 1;
}

/// POST /exemplars/similar: of what is being typed.
web::Answer similar_part(const Desk& desk, const web::Request& request);
/// GET /exemplars/:id/similar: texts, the same files, and pictures that look the same.
web::Answer similar_page(const Desk& desk, const web::Request& request);
/// GET /exemplars/:id/similar/:other.
web::Answer side_by_side(const Desk& desk, const web::Request& request);

}  // namespace guidon::exemplars

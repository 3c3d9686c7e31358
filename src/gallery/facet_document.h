// How does a page offer the filters? Each facet with its values, how many exemplars each would leave, and the address.
#pragma once

#include <boost/json.hpp>

#include "gallery/register.h"
#include "gallery/selection.h"

namespace guidon::gallery {

/// What a value of a facet is called: to be asked while looking.
class FacetTitles {
public:
    FacetTitles(Language language, const Catalogue& catalogue) : language_(language), catalogue_(catalogue) {}
    /// Of all facets but units, whose names are elsewhere.
    std::string title(Facet facet, const std::string& key) const;
    /// In the order in which they are offered.
    void sort(Facet facet, std::vector<Counted>& values) const;

private:
    Language language_;
    const Catalogue& catalogue_;
};

/// One that is offered.
struct Offered {
    std::string key, title;
    std::uint32_t number = 0;
};
using AllOffered = std::array<std::vector<Offered>, std::size(facets)>;
/// All facets but units are filled; those have their row numbers as keys and no title yet.
AllOffered offered(const Selection& selection, const FacetTitles& titles);

/// [{key, title, values: [{key, title, count, count_text, href, current}], current}] of those with a choice.
boost::json::array facet_document(const AllOffered& all, const Wish& wish, Language language);

}  // namespace guidon::gallery

// Which exemplars does a wish select, and how many would another choice of one filter give? One walk over the columns:
// who fails no filter is selected; who fails one alone is counted beside the other values of that one.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gallery/eyes.h"
#include "gallery/register.h"
#include "gallery/wish.h"

namespace guidon::gallery {

/// What a wish needs to be known of units before it is looked at.
struct Place {
    std::shared_ptr<const UnitTree> tree;  // of today
    std::optional<std::int32_t> unit;      // the one to which it is narrowed
    std::vector<std::int32_t> below;       // by which it can be narrowed further
    std::shared_ptr<const UnitTree> then;  // of the last day of what is counted; null when nothing is
};

struct Counted {
    std::string key;
    std::uint32_t number = 0;
};

struct Selection {
    std::vector<Columns::Row> rows;                              // in no order; of a search in its order
    std::array<std::vector<Counted>, std::size(facets)> beside;  // values with at least one, in no order
};

/// `found` are the rows among which to choose, null: all.
Selection select(const View& view, const Wish& wish, const Place& place, const Eyes& eyes,
                 const std::vector<Columns::Row>* found);

/// The rows of one page in the order of `sort`, newest first.
std::vector<Columns::Row> page_of(const View& view, std::vector<Columns::Row> rows, Sort sort, std::size_t skip,
                                  std::size_t most);

}  // namespace guidon::gallery

// What does the page of standings show? Rows of one or all groups, filtered and sorted as asked, page by page.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "evaluation/insight.h"
#include "files/table.h"

namespace guidon::evaluation {

/// What the reader chose; the address keeps it.
struct Selection {
    std::optional<std::string> group;  // code
    std::string class_key;
    std::string find;      // any part of a name or code, accents and case do not matter
    std::string sort;      // "" or "rank", "unit", "total"; a leading - turns it round
    std::size_t page = 1;  // from 1

    /// `?group=…&class=…` with the parts that are not at their default; `page` is left out.
    std::string query() const;
};

/// Indices of the units that the selection shows, in its order: a group whose ranks are hidden stands by code, a unit
/// whose total is hidden behind those by total, and a class has only members whose class may be seen.
std::vector<int> selected_units(const Board& board, const Insight& insight, const Selection& selection,
                                Language language);

/// Throws Problem "standings.unknown-group", "standings.unknown-class" or "standings.unknown-sort" (404/422).
boost::json::object standings_document(const Board& board, const Insight& insight, const Selection& selection,
                                       Language language);

/// standings.csv of the units shown: the same columns as `guidon score --points`, and the names. What is hidden is
/// empty.
files::Table standings_table(const Board& board, const Insight& insight, const Selection& selection, Language language);

}  // namespace guidon::evaluation

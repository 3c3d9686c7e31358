// Of which pieces does a printed work consist: its title page, contents, parts, chapters, indexes? For files/pdf_*.cpp
// alone.
#pragma once

#include <functional>
#include <string>

#include "files/pdf_flow.h"

namespace guidon::files {

std::string contents_anchor();
std::string part_anchor(std::size_t part);
std::string chapter_anchor(std::size_t chapter);
std::string index_anchor(std::size_t index);
bool is_index_anchor(const std::string& anchor);

/// The number of the page on which an anchor stands, as it is printed.
using PageNumber = std::function<std::size_t(const std::string& anchor)>;

void place_title(Flow& flow, Typesetter& type, const Paper& paper);
void place_contents(Flow& flow, Typesetter& type, const Paper& paper, const PageNumber& number);
void place_body(Flow& flow, Typesetter& type, const Paper& paper);
void place_indexes(Flow& flow, Typesetter& type, const Paper& paper, const PageNumber& number);

}  // namespace guidon::files

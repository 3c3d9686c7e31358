// How does a printed work become pages that look the same everywhere?
#pragma once

#include <string>

#include "files/paper.h"

namespace guidon::files {

/// A PDF on A4: title page, contents with page numbers and links, parts and chapters with running heads, indexes, an
/// outline, title and language. Vietnamese, English and Urdu are set with real shaping (Noto Serif, Noto Nastaliq
/// Urdu); what is copied out of it is the text. The same work gives the same bytes with the same fonts. Throws Problem
/// "paper.font-missing" (503) where a font is not installed, and as picture_size().
std::string pdf_bytes(const Paper& paper);

}  // namespace guidon::files

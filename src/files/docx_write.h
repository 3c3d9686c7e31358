// How does a printed work become a file that an editor can go on working at?
#pragma once

#include <string>

#include "files/paper.h"

namespace guidon::files {

/// Office Open XML (WordprocessingML): named styles, contents and indexes as fields that are filled already, running
/// head with page number, pictures with their caption as alternative text, right-to-left runs for Urdu. The same work
/// gives the same bytes. Throws as picture_size().
std::string docx_bytes(const Paper& paper);

}  // namespace guidon::files

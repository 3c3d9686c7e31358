// In which language is a PDF, for those who have it read to them?
#pragma once

#include <string>

#include "base/language.h"

namespace guidon::files {

/// Appends a new version of the document's catalogue that says the language, the direction of reading, and that windows
/// show the title (ISO 32000-1, 7.5.6: an incremental update). `pdf` is as Cairo wrote it.
std::string with_language(std::string pdf, Language language);

}  // namespace guidon::files

// How does a command tell on standard error what is wrong with what it was given?
#pragma once

#include <iosfwd>
#include <vector>

#include "base/language.h"

namespace guidon::cli {

/// One line a fault, file by file in the order of their places; of each file at most max_faults errors.
void print_faults(std::ostream& out, std::vector<Fault> faults, Language language = Language::en);

/// Whether one of them refuses its file.
bool has_errors(const std::vector<Fault>& faults);

}  // namespace guidon::cli

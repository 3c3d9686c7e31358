// `guidon demo facts`: which figures of the sources does the program compute, and what are they?
#pragma once

#include <CLI/CLI.hpp>

namespace guidon::cli {

/// Prints `row,what,figure`: the sources' row, in words, the figure, made by what the pages show it with. A row that
/// cannot be computed from what is stored is left out.
void add_demo_facts(CLI::App& demo);

}  // namespace guidon::cli

// How does the result of a cycle become standings.csv, rollup.csv and the explanations, byte for byte as FORMATS says?
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "scoring/engine.h"

namespace guidon::cli {

/// Takes what was written, piece by piece.
using Sink = std::function<void(std::string_view)>;

enum class Columns { plain, with_points };
/// Rows are written by several threads; their order and bytes do not depend on how many.
void write_standings(const scoring::Engine& engine, Columns columns, int threads, const Sink& sink);
void write_rollup(const scoring::Engine& engine, const Sink& sink);
/// A line of JSON for each unit in the order of standings.csv, with everything that a person needs to check its sum.
void write_explanations(const scoring::Engine& engine, int threads, const Sink& sink);

}  // namespace guidon::cli

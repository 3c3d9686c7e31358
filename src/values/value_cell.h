// Which number does a field of values.csv hold?
#pragma once

#include <string_view>

#include "scoring/engine.h"

namespace guidon::values {

/// What is wrong with a field; also the code of the fault behind `value-file.`.
enum class CellFault { none, number, digits };

/// Reads a plain decimal, `na` or nothing.
CellFault read_cell(std::string_view text, scoring::Cell& cell);

/// The same for a field behind which eight more bytes may be read; tells only whether it is good.
bool read_padded_cell(const char* begin, const char* end, scoring::Cell& cell);

}  // namespace guidon::values

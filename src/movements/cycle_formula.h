// Is the expression of a formula criterion well formed, and which indicators does it read?
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

namespace guidon::movements {

struct FormulaReading {
    struct Wrong {
        std::string code;  // movement.formula-*
        Arguments arguments;
        std::size_t offset = 0;  // bytes into the expression
    };
    std::vector<std::string> names;  // besides v, t and functions; in order of first mention, each once
    std::optional<Wrong> wrong;
};

/// Checks by the engine's own parser. `known_keys` are the indicators of the file: one whose key is no identifier, such
/// as `goals-for`, cannot be named in a formula, and that is told rather than read as a subtraction.
FormulaReading read_expression(std::string_view expression, const std::vector<std::string>& known_keys);

}  // namespace guidon::movements

// Which numbers does the calculation use? Rationals, rounded only where the calculation says so.
#pragma once

#include <gmpxx.h>

#include <string>

#include "base/decimal.h"
#include "scoring/rulebook.h"

namespace guidon::scoring {

using Exact = mpq_class;

Exact exact(Decimal value);
/// `value` must be finite; nothing is lost.
Exact exact(double value);
/// The nearest double, halves to even: what IEEE division of the two integers would give.
double nearest_double(const Exact& value);

/// The multiple of the step that the mode chooses; `value` itself where the step is 0. `half_up` rounds halves
/// away from zero, `down` goes towards zero, `up` away from it.
Exact rounded(const Exact& value, const Rounding& rounding);

/// How many digits after the point a step needs: 0.001 → 3, 0.5 → 1, 10 → 0.
int places(Decimal step);
/// With exactly `places` digits, rounded by `mode`; never "-0".
std::string text(const Exact& value, int places, RoundMode mode);
/// As the rounding's step writes it; a step of 0 gives up to six digits without trailing zeros.
std::string text(const Exact& value, const Rounding& rounding);
/// All of it: a decimal where it ends, else a fraction "243/7".
std::string text(const Exact& value);

}  // namespace guidon::scoring

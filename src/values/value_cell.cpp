#include "values/value_cell.h"

#include <algorithm>

namespace guidon::values {

CellFault read_cell(std::string_view text, scoring::Cell& cell) {
    if (text.empty()) {
        cell = {};
        return CellFault::none;
    }
    if (text == "na") {
        cell = scoring::Cell::not_applicable();
        return CellFault::none;
    }
    if (const auto number = Decimal::parse(text)) {
        cell = *number;
        return CellFault::none;
    }
    const auto digits = text.substr(text.starts_with('-') || text.starts_with('+') ? 1 : 0);
    const bool plain = digits.find_first_not_of("0123456789.") == std::string_view::npos &&
                       std::count(digits.begin(), digits.end(), '.') <= 1 && digits.size() > 1;
    return plain ? CellFault::digits : CellFault::number;
}

bool read_padded_cell(const char* begin, const char* end, scoring::Cell& cell) {
    constexpr std::int64_t scale[] = {1'000'000, 100'000, 10'000, 1'000, 100, 10, 1};
    if (begin == end) {
        cell = {};
        return true;
    }
    const char* at = begin + (*begin == '-' ? 1 : 0);
    const char* const digits = at;
    std::int64_t n = 0;
    while (static_cast<unsigned char>(*at - '0') < 10) n = n * 10 + (*at++ - '0');
    const auto before = at - digits;
    std::ptrdiff_t after = 0;
    if (*at == '.') {
        const char* const point = at++;
        while (static_cast<unsigned char>(*at - '0') < 10) n = n * 10 + (*at++ - '0');
        after = at - point - 1;
    }
    if (at != end || before == 0 || before > 12 || after > 6)
        return read_cell({begin, static_cast<std::size_t>(end - begin)}, cell) == CellFault::none;
    n *= scale[after];
    cell = Decimal::millionths(digits == begin ? n : -n);
    return true;
}

}  // namespace guidon::values

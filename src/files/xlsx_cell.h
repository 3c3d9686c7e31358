// Which text does a person see in a number cell, and may it be taken for exact?
//
// A spreadsheet keeps every number, date and truth as a binary floating-point number; the file holds it with up to
// 17 digits, of which the program shows 15. Pure functions, apart from any file.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace guidon::files {

/// What a number format makes of a number, as far as reading a table needs it.
enum class Shows { number, padded, year, month, date, time, date_time };
struct CellFormat {
    Shows shows = Shows::number;
    int digits = 0;  // padded: `00000` shows 123 as 00123
    bool operator==(const CellFormat&) const = default;
};
/// Reads a number format's code, as `dd/mm/yyyy` or `0.00`. Elapsed times are times.
CellFormat format_of(std::string_view code);
/// The formats that files name by number only.
CellFormat built_in_format(int id);

/// The exact decimal behind a stored number: as written when it has at most 15 digits, 6 of them after the point;
/// otherwise rounded to the 15 digits that the program shows (81.860000000000014 → 81.86), if that leaves at most
/// 6 after the point and the difference is no more than the noise of binary arithmetic. Nothing otherwise.
std::optional<std::string> exact_number(std::string_view stored);

enum class DateSystem { from_1900, from_1904 };
/// `2025-07-14`, `2025-07` (shown as month and first of the month, as what `2025-07` typed into a cell becomes),
/// `2025`, `2025-07-14T08:30:00` or `08:30:00`. Nothing if there is no such day.
std::optional<std::string> date_shown(std::string_view stored, CellFormat format, DateSystem system);

/// `C7` for row 7, column 3.
std::string cell_name(int row, int column);
struct CellPlace {
    int row, column;  // from 1
};
/// The inverse; nothing for what is no name of a cell within 1,048,576 rows and 16,384 columns.
std::optional<CellPlace> cell_place(std::string_view name);

/// `_x000D_` → the character that it stands for.
std::string unescaped(std::string text);

}  // namespace guidon::files

// How does a table leave as a spreadsheet that opens well and can come back? Header bold and frozen, with filters;
// numbers as numbers, codes as text, nothing calculated.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace guidon::files {

enum class ColumnKind { text, number };
struct SheetColumn {
    std::string name;
    ColumnKind kind = ColumnKind::text;
};

/// Rows go to a temporary file as they come: memory does not grow with the table.
class XlsxWriter {
public:
    /// `sheet` is shortened to the 31 characters that a sheet's name may have; characters that it may not have become
    /// `_`.
    XlsxWriter(const std::string& sheet, std::vector<SheetColumn> columns);
    ~XlsxWriter();
    XlsxWriter(const XlsxWriter&) = delete;
    XlsxWriter& operator=(const XlsxWriter&) = delete;

    /// One text per column; empty leaves the cell out. A number column takes plain decimals; what a spreadsheet cannot
    /// hold exactly (more than 15 digits), and anything else, such as `na`, is written as text.
    /// Throws Problem "xlsx.too-many-rows" above 1,048,575 rows, "xlsx.long-text" above 32,767 characters in a cell.
    void row(const std::vector<std::string_view>& cells);

    /// The file's bytes; nothing can be added afterwards. The same rows give the same bytes.
    std::string finish();

private:
    struct Workbook;
    std::unique_ptr<Workbook> workbook_;
};

}  // namespace guidon::files

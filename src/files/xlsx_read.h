// What does a spreadsheet say, cell by cell, and where? One table, as CSV, so that one reader serves both.
//
// The first visible sheet is read; its first row that is not empty is the header. Nothing is guessed: an error, a
// formula without a result, merged cells and a number that is not an exact decimal are faults that name the cell.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "files/xlsx_package.h"

namespace guidon::files {

/// A sheet written as CSV (RFC 4180, header first, empty rows and columns without heading left out), and where in
/// the sheet each piece of that text stood.
class SheetText {
public:
    std::string csv;
    std::string sheet;  // its name

    /// A fault of the CSV → line = row, column = column of the sheet, and the cell's name as argument `cell`.
    Fault in_sheet(Fault fault) const;

    void add_heading(int row, const std::vector<std::pair<int, std::string>>& cells);
    void add_row(int row, const std::vector<std::string>& cells);

private:
    struct Record {
        std::size_t offset;
        int line, row;
    };
    void begin_record(int row);
    void add_field(std::string_view text, bool first);

    std::vector<Record> records_;
    std::vector<int> columns_;  // of the sheet, in the order of the CSV's
    int next_line_ = 1;
};

/// Reads the bytes of an XLSX file. `file` only names it in faults. Appends every fault and warning (codes `xlsx.*`)
/// to `faults`; gives the sheet only if none of them is an error.
std::optional<SheetText> read_xlsx(std::string_view bytes, const std::string& file, std::vector<Fault>& faults,
                                   const XlsxLimits& limits = {});

/// Whether a table is to be read as a spreadsheet: the name and the content must agree. Throws Problem
/// "xlsx.named-otherwise" for a spreadsheet or an office file under another name, and what read_xlsx refuses for
/// `.xls`, `.ods` and their like.
bool is_spreadsheet(std::string_view bytes, const std::string& file);

}  // namespace guidon::files

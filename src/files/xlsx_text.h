// Where in a spreadsheet does a piece of the CSV stand that was made of it?
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/problem.h"

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

}  // namespace guidon::files

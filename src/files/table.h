// How does what a page shows become a file? The same rows as CSV or as a spreadsheet.
#pragma once

#include <string>
#include <vector>

#include "files/xlsx_write.h"

namespace guidon::files {

struct Table {
    std::vector<SheetColumn> columns;
    std::vector<std::vector<std::string>> rows;  // one text per column
};

std::string csv_text(const Table& table);
/// Throws as XlsxWriter does.
std::string xlsx_bytes(const Table& table, const std::string& sheet);

}  // namespace guidon::files

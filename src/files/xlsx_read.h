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
#include "files/xlsx_text.h"

namespace guidon::files {

/// Reads the bytes of an XLSX file. `file` only names it in faults. Appends every fault and warning (codes `xlsx.*`)
/// to `faults`; gives the sheet only if none of them is an error.
std::optional<SheetText> read_xlsx(std::string_view bytes, const std::string& file, std::vector<Fault>& faults,
                                   const XlsxLimits& limits = {});

/// Whether a table is to be read as a spreadsheet: the name and the content must agree. Throws Problem
/// "xlsx.named-otherwise" for a spreadsheet or an office file under another name, and what read_xlsx refuses for
/// `.xls`, `.ods` and their like.
bool is_spreadsheet(std::string_view bytes, const std::string& file);

}  // namespace guidon::files

#include "files/table.h"

#include "files/csv.h"

namespace guidon::files {

std::string csv_text(const Table& table) {
    std::string out;
    std::vector<std::string> header;
    for (const SheetColumn& column : table.columns) header.push_back(column.name);
    append_csv_row(out, header);
    for (const auto& row : table.rows) append_csv_row(out, row);
    return out;
}

std::string xlsx_bytes(const Table& table, const std::string& sheet) {
    XlsxWriter writer(sheet, table.columns);
    for (const auto& row : table.rows) writer.row({row.begin(), row.end()});
    return writer.finish();
}

}  // namespace guidon::files

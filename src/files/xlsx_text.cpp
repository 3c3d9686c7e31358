#include "files/xlsx_text.h"

#include <algorithm>

#include "files/csv.h"
#include "files/xlsx_cell.h"

namespace guidon::files {

void SheetText::begin_record(int row) {
    records_.push_back({csv.size(), next_line_, row});
    ++next_line_;
}

void SheetText::add_field(std::string_view text, bool first) {
    if (!first) csv += ',';
    next_line_ += static_cast<int>(std::count(text.begin(), text.end(), '\n'));
    append_csv_field(csv, text);
}

void SheetText::add_heading(int row, const std::vector<std::pair<int, std::string>>& cells) {
    begin_record(row);
    for (const auto& [column, text] : cells) {
        columns_.push_back(column);
        add_field(text, columns_.size() == 1);
    }
    csv += '\n';
}

void SheetText::add_row(int row, const std::vector<std::string>& cells) {
    begin_record(row);
    for (std::size_t i = 0; i < cells.size(); ++i) add_field(cells[i], i == 0);
    csv += '\n';
}

Fault SheetText::in_sheet(Fault fault) const {
    if (fault.line < 1 || records_.empty()) return fault;
    const auto after = std::upper_bound(records_.begin(), records_.end(), fault.line,
                                        [](int line, const Record& record) { return line < record.line; });
    if (after == records_.begin()) return fault;
    const Record& record = *(after - 1);
    std::size_t field = 0;
    bool quoted = false;
    int line = record.line, column = 1;
    for (auto at = record.offset; at < csv.size(); ++at) {
        if (line == fault.line && column >= fault.column) break;
        const char c = csv[at];
        if (c == '"') quoted = !quoted;
        if (c == ',' && !quoted) ++field;
        if (c == '\n' && !quoted) break;
        const bool begins_character = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
        if (c == '\n') {
            ++line;
            column = 1;
        } else if (begins_character) {
            ++column;
        }
    }
    fault.line = record.row;
    fault.column = fault.column > 0 ? columns_[std::min(field, columns_.size() - 1)] : 0;
    if (fault.column > 0) fault.arguments["cell"] = cell_name(fault.line, fault.column);
    return fault;
}

}  // namespace guidon::files

#include "files/xlsx_write.h"

#include <xlsxwriter.h>

#include <algorithm>
#include <charconv>

#include "base/assert.h"
#include "base/language.h"
#include "base/problem.h"
#include "files/xlsx_book.h"
#include "files/xlsx_cell.h"

namespace guidon::files {
namespace {

constexpr int narrowest = 8, widest = 60;  // in characters

int width_of(std::string_view text) {
    const auto characters = std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; });
    return static_cast<int>(std::min<std::ptrdiff_t>(characters, widest));
}

}  // namespace

struct XlsxWriter::Workbook {
    std::vector<SheetColumn> columns;
    std::vector<int> widths;
    XlsxBook book{XlsxBook::Memory::row_by_row};
    lxw_worksheet* sheet = nullptr;
    lxw_row_t next_row = 0;
};

XlsxWriter::XlsxWriter(const std::string& sheet, std::vector<SheetColumn> columns)
    : workbook_(std::make_unique<Workbook>()) {
    auto& w = *workbook_;
    w.columns = std::move(columns);
    w.sheet = workbook_add_worksheet(w.book.book(), sheet_name(sheet).c_str());
    GUIDON_ASSERT(w.sheet != nullptr);

    lxw_format* bold = workbook_add_format(w.book.book());
    format_set_bold(bold);
    format_set_bottom(bold, LXW_BORDER_THIN);
    for (std::size_t i = 0; i < w.columns.size(); ++i) {
        worksheet_write_string(w.sheet, 0, static_cast<lxw_col_t>(i), w.columns[i].name.c_str(), bold);
        w.widths.push_back(std::max(narrowest, width_of(w.columns[i].name) + 3));  // room for the filter's arrow
    }
    worksheet_freeze_panes(w.sheet, 1, 0);
    w.next_row = 1;
}

XlsxWriter::~XlsxWriter() = default;

void XlsxWriter::row(const std::vector<std::string_view>& cells) {
    auto& w = *workbook_;
    GUIDON_ASSERT(w.book.book() && cells.size() == w.columns.size());
    if (w.next_row >= LXW_ROW_MAX) throw Problem("xlsx.too-many-rows", {{"limit", std::to_string(LXW_ROW_MAX - 1)}});
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (cells[i].empty()) continue;
        const auto column = static_cast<lxw_col_t>(i);
        const std::string text(cells[i]);
        w.widths[i] = std::max(w.widths[i], width_of(text) + 1);
        double number = 0;
        if (w.columns[i].kind == ColumnKind::number && exact_number(text) == text) {
            std::from_chars(text.data(), text.data() + text.size(), number);
            worksheet_write_number(w.sheet, w.next_row, column, number, nullptr);
        } else if (worksheet_write_string(w.sheet, w.next_row, column, escaped(text).c_str(), nullptr) !=
                   LXW_NO_ERROR) {
            throw Problem("xlsx.long-text",
                          {{"cell", cell_name(static_cast<int>(w.next_row) + 1, static_cast<int>(i) + 1)}});
        }
    }
    ++w.next_row;
}

std::string XlsxWriter::finish() {
    auto& w = *workbook_;
    GUIDON_ASSERT(w.book.book());
    for (std::size_t i = 0; i < w.widths.size(); ++i)
        worksheet_set_column(w.sheet, static_cast<lxw_col_t>(i), static_cast<lxw_col_t>(i), w.widths[i], nullptr);
    if (!w.columns.empty())
        worksheet_autofilter(w.sheet, 0, 0, w.next_row - 1, static_cast<lxw_col_t>(w.columns.size() - 1));
    return w.book.finish();
}

}  // namespace guidon::files

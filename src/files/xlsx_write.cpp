#include "files/xlsx_write.h"

#include <xlsxwriter.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "base/assert.h"
#include "base/language.h"
#include "base/problem.h"
#include "files/xlsx_cell.h"

namespace guidon::files {
namespace {

constexpr int narrowest = 8, widest = 60;  // in characters

int width_of(std::string_view text) {
    const auto characters = std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; });
    return static_cast<int>(std::min<std::ptrdiff_t>(characters, widest));
}

/// A text that itself looks like an escape must not be read as one.
std::string escaped(std::string text) {
    for (auto at = text.find("_x"); at != text.npos; at = text.find("_x", at + 1)) {
        if (unescaped(text.substr(at, 7)).size() != 1) continue;
        text.insert(at, "_x005F");
        at += 6;
    }
    return text;
}

std::string sheet_name(std::string name) {
    for (char& c : name) {
        if (std::string_view("[]:*?/\\'").find(c) != std::string_view::npos) c = '_';
    }
    std::size_t end = 0;
    for (int characters = 0; end < name.size(); ++end) {
        if ((name[end] & 0xC0) != 0x80 && ++characters > 31) break;
    }
    name.resize(end);
    return name.empty() ? "Guidon" : name;
}

/// The library writes to a name only.
std::string own_folder() {
    auto pattern = (std::filesystem::temp_directory_path() / "guidon-XXXXXX").string();
    if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder below " + pattern);
    return pattern;
}

}  // namespace

struct XlsxWriter::Workbook {
    std::vector<SheetColumn> columns;
    std::vector<int> widths;
    std::string folder = own_folder();
    std::string path = folder + "/table.xlsx";
    lxw_workbook* book = nullptr;
    lxw_worksheet* sheet = nullptr;
    lxw_row_t next_row = 0;
};

XlsxWriter::XlsxWriter(const std::string& sheet, std::vector<SheetColumn> columns)
    : workbook_(std::make_unique<Workbook>()) {
    auto& w = *workbook_;
    w.columns = std::move(columns);
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    w.book = workbook_new_opt(w.path.c_str(), &options);
    GUIDON_ASSERT(w.book != nullptr);
    lxw_doc_properties properties{};
    properties.created = 1;  // a fixed moment: the same rows give the same bytes
    workbook_set_properties(w.book, &properties);
    w.sheet = workbook_add_worksheet(w.book, sheet_name(sheet).c_str());
    GUIDON_ASSERT(w.sheet != nullptr);

    lxw_format* bold = workbook_add_format(w.book);
    format_set_bold(bold);
    format_set_bottom(bold, LXW_BORDER_THIN);
    for (std::size_t i = 0; i < w.columns.size(); ++i) {
        worksheet_write_string(w.sheet, 0, static_cast<lxw_col_t>(i), w.columns[i].name.c_str(), bold);
        w.widths.push_back(std::max(narrowest, width_of(w.columns[i].name) + 3));  // room for the filter's arrow
    }
    worksheet_freeze_panes(w.sheet, 1, 0);
    w.next_row = 1;
}

XlsxWriter::~XlsxWriter() {
    if (workbook_->book) lxw_workbook_free(workbook_->book);
    std::error_code ignored;
    std::filesystem::remove_all(workbook_->folder, ignored);
}

void XlsxWriter::row(const std::vector<std::string_view>& cells) {
    auto& w = *workbook_;
    GUIDON_ASSERT(w.book && cells.size() == w.columns.size());
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
    GUIDON_ASSERT(w.book);
    for (std::size_t i = 0; i < w.widths.size(); ++i)
        worksheet_set_column(w.sheet, static_cast<lxw_col_t>(i), static_cast<lxw_col_t>(i), w.widths[i], nullptr);
    if (!w.columns.empty())
        worksheet_autofilter(w.sheet, 0, 0, w.next_row - 1, static_cast<lxw_col_t>(w.columns.size() - 1));
    const auto error = workbook_close(std::exchange(w.book, nullptr));  // frees the book
    if (error != LXW_NO_ERROR) throw std::runtime_error(std::string("spreadsheet: ") + lxw_strerror(error));
    std::ifstream file(w.path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace guidon::files

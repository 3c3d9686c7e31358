#include "files/xlsx_forms.h"

#include <xlsxwriter.h>

#include <algorithm>

#include "base/assert.h"
#include "files/xlsx_book.h"
#include "files/xlsx_cell.h"

namespace guidon::files {
namespace {

constexpr int narrowest = 12, widest = 40;  // in characters
constexpr std::size_t longest_help = 255;   // bytes that a spreadsheet shows beside a cell

lxw_col_t col(std::size_t column) {
    return static_cast<lxw_col_t>(column);
}

/// At most so many bytes, cut between characters.
std::string cut(std::string text, std::size_t most) {
    if (text.size() <= most) return text;
    while (most > 0 && (text[most] & 0xC0) == 0x80) --most;
    text.resize(most);
    return text;
}

/// `C` for the third column.
std::string column_name(std::size_t column) {
    const auto cell = cell_name(1, static_cast<int>(column) + 1);
    return cell.substr(0, cell.size() - 1);
}

/// Puts a list where formulas can name it, and gives that name.
std::string list_range(lxw_worksheet* lists, std::size_t column, const std::vector<std::string>& choices) {
    for (std::size_t i = 0; i < choices.size(); ++i)
        worksheet_write_string(lists, static_cast<lxw_row_t>(i), col(column), choices[i].c_str(), nullptr);
    const auto name = column_name(column);
    return "=Lists!$" + name + "$1:$" + name + "$" + std::to_string(choices.size());
}

void add_validation(lxw_worksheet* sheet, lxw_worksheet* lists, std::size_t at, const FormColumn& column, int rows) {
    std::string help = cut(column.help, longest_help);
    std::string range = column.choices.empty() ? "" : list_range(lists, at, column.choices);
    lxw_data_validation rule{};
    rule.validate = range.empty() ? LXW_VALIDATION_TYPE_ANY : LXW_VALIDATION_TYPE_LIST_FORMULA;
    rule.value_formula = range.data();
    rule.input_message = help.data();
    rule.error_type = LXW_VALIDATION_ERROR_TYPE_WARNING;  // a list of several words is none of the list's
    worksheet_data_validation_range(sheet, 1, col(at), static_cast<lxw_row_t>(rows), col(at), &rule);
}

}  // namespace

std::string form_workbook(const std::string& sheet_title, const std::vector<FormColumn>& columns, int rows) {
    XlsxBook book(XlsxBook::Memory::whole);
    lxw_worksheet* sheet = workbook_add_worksheet(book.book(), sheet_name(sheet_title).c_str());
    lxw_worksheet* lists = workbook_add_worksheet(book.book(), "Lists");
    worksheet_hide(lists);
    lxw_format* text = workbook_add_format(book.book());
    format_set_num_format(text, "@");
    lxw_format* heading = workbook_add_format(book.book());
    format_set_bold(heading);
    format_set_bottom(heading, LXW_BORDER_THIN);
    lxw_format* needed = workbook_add_format(book.book());
    format_set_bold(needed);
    format_set_bottom(needed, LXW_BORDER_THIN);
    format_set_bg_color(needed, 0xF6D9DC);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto& column = columns[i];
        const auto width = std::clamp(static_cast<int>(column.name.size()) + 4, narrowest, widest);
        worksheet_set_column(sheet, col(i), col(i), width, text);
        worksheet_write_string(sheet, 0, col(i), column.name.c_str(), column.required ? needed : heading);
        add_validation(sheet, lists, i, column, rows);
    }
    worksheet_freeze_panes(sheet, 1, 0);
    return book.finish();
}

std::string marked_workbook(const std::string& sheet_title, const std::vector<MarkedCell>& cells,
                            const std::vector<std::string>& headings) {
    GUIDON_ASSERT(headings.size() == 3);
    XlsxBook book(XlsxBook::Memory::whole);
    lxw_worksheet* sheet = workbook_add_worksheet(book.book(), sheet_name(sheet_title).c_str());
    lxw_worksheet* faults = workbook_add_worksheet(book.book(), sheet_name(headings[0]).c_str());
    lxw_format* text = workbook_add_format(book.book());
    format_set_num_format(text, "@");
    lxw_format* faulty = workbook_add_format(book.book());
    format_set_num_format(faulty, "@");
    format_set_bg_color(faulty, 0xF9C7CD);
    lxw_format* bold = workbook_add_format(book.book());
    format_set_bold(bold);
    worksheet_set_column(faults, 0, 0, narrowest, nullptr);
    worksheet_set_column(faults, 1, 1, 2 * widest, nullptr);
    worksheet_write_string(faults, 0, 0, headings[1].c_str(), bold);
    worksheet_write_string(faults, 0, 1, headings[2].c_str(), bold);
    lxw_row_t next = 1;
    for (const auto& cell : cells) {
        const auto row = static_cast<lxw_row_t>(cell.row - 1);
        const auto column = static_cast<lxw_col_t>(cell.column - 1);
        lxw_format* format = cell.fault.empty() ? text : faulty;
        worksheet_write_string(sheet, row, column, escaped(cell.text).c_str(), format);
        if (cell.fault.empty()) continue;
        if (cell.text.empty()) worksheet_write_blank(sheet, row, column, faulty);
        worksheet_write_comment(sheet, row, column, cell.fault.c_str());
        worksheet_write_string(faults, next, 0, cell_name(cell.row, cell.column).c_str(), nullptr);
        worksheet_write_string(faults, next++, 1, cell.fault.c_str(), nullptr);
    }
    worksheet_set_column(sheet, 0, 63, narrowest, nullptr);
    worksheet_freeze_panes(sheet, 1, 0);
    return book.finish();
}

}  // namespace guidon::files

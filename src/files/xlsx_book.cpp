#include "files/xlsx_book.h"

#include <xlsxwriter.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "base/assert.h"
#include "files/xlsx_cell.h"

namespace guidon::files {
namespace {

/// The library writes to a name only.
std::string own_folder() {
    auto pattern = (std::filesystem::temp_directory_path() / "guidon-XXXXXX").string();
    if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder below " + pattern);
    return pattern;
}

}  // namespace

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

XlsxBook::XlsxBook(Memory memory) : folder_(own_folder()), path_(folder_ + "/table.xlsx") {
    lxw_workbook_options options{};
    options.constant_memory = memory == Memory::row_by_row ? LXW_TRUE : LXW_FALSE;
    book_ = workbook_new_opt(path_.c_str(), &options);
    GUIDON_ASSERT(book_ != nullptr);
    lxw_doc_properties properties{};
    properties.created = 1;  // a fixed moment: the same content gives the same bytes
    workbook_set_properties(book_, &properties);
}

XlsxBook::~XlsxBook() {
    if (book_) lxw_workbook_free(book_);
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

std::string XlsxBook::finish() {
    const auto error = workbook_close(std::exchange(book_, nullptr));  // frees the book
    if (error != LXW_NO_ERROR) throw std::runtime_error(std::string("spreadsheet: ") + lxw_strerror(error));
    std::ifstream file(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace guidon::files

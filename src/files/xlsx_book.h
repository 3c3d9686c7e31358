// How do we own a workbook of libxlsxwriter, which writes to a name only?
#pragma once

#include <string>

struct lxw_workbook;

namespace guidon::files {

class XlsxBook {
public:
    /// `row_by_row`: memory does not grow with the table; cells must then come in their order.
    enum class Memory { whole, row_by_row };
    explicit XlsxBook(Memory memory);
    ~XlsxBook();
    XlsxBook(const XlsxBook&) = delete;
    XlsxBook& operator=(const XlsxBook&) = delete;

    lxw_workbook* book() const { return book_; }
    /// Closes it and gives the file's bytes. The same content gives the same bytes.
    std::string finish();

private:
    std::string folder_;
    std::string path_;
    lxw_workbook* book_ = nullptr;
};

/// A sheet's name as spreadsheets permit it: 31 characters, none of `[]:*?/\'`.
std::string sheet_name(std::string name);
/// A text that itself looks like an escape is kept from being read as one.
std::string escaped(std::string text);

}  // namespace guidon::files

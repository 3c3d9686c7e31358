// How is a CSV file read and written? RFC 4180, UTF-8, with the place of everything that is wrong.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "files/rows.h"

namespace guidon::files {

/// Reads CSV that lies in memory (`bytes` must outlive it). A byte-order mark and CRLF or LF are fine, fields may be
/// quoted and then hold commas, line ends and doubled quotes; empty lines are skipped. An apostrophe before a formula
/// is none of the text. Faults (`csv.*`): not UTF-8, a NUL byte, an empty file – nothing is read then –, a quote that
/// is not closed, text behind a closing quote, a quote inside a field that does not begin with one, a row with too few
/// or too many fields.
class CsvRows : public Rows {
public:
    CsvRows(std::string_view bytes, FaultList& faults);

    const std::string& file() const override { return faults_.file(); }
    const std::vector<std::string>& header() const override { return header_; }
    Place header_place(int column) const override;
    std::size_t expected_rows() const override;
    bool next() override;
    std::string_view field(int column) const override { return fields_[static_cast<std::size_t>(column)].text; }
    Place place(int column) const override { return place_of(fields_[static_cast<std::size_t>(column)].start); }
    /// Line of the row's beginning.
    int line() const { return row_line_; }

private:
    struct Field {
        std::string_view text;
        std::size_t start;  // offset of its first byte (a quote, where it has one)
    };
    enum class Shape { good, bad, end };

    Shape read_row();
    bool read_quoted(std::size_t& at);
    void read_plain(std::size_t& at, bool& good);
    Place place_of(std::size_t offset) const;
    bool fits_header();

    std::string_view bytes_;
    FaultList& faults_;
    std::vector<std::string> header_;
    std::vector<Place> header_places_;
    std::vector<Field> fields_;
    std::deque<std::string> unquoted_;  // texts of this row that had doubled quotes
    std::size_t at_ = 0;
    std::size_t row_start_ = 0;
    int line_ = 1, row_line_ = 1;
    bool row_is_plain_ = false;  // one line of ASCII: places follow from offsets
};

/// Appends `text` as a field, quoted only where RFC 4180 needs it. What a spreadsheet would take for a formula gets an
/// apostrophe before it, which CsvRows takes off again.
void append_csv_field(std::string& out, std::string_view text);
/// Appends a row: fields, commas and a line feed.
void append_csv_row(std::string& out, const std::vector<std::string>& fields);

}  // namespace guidon::files

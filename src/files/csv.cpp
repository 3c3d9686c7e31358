#include "files/csv.h"

#include <algorithm>
#include <cstdio>

#include "base/language.h"

namespace guidon::files {
namespace {

std::string hex(char byte) {
    char text[8];
    std::snprintf(text, sizeof text, "0x%02X", static_cast<unsigned>(static_cast<unsigned char>(byte)));
    return text;
}

/// Whether a spreadsheet would take it for a formula: = @ + - or a blank control first, and no number. One that has
/// apostrophes before that is meant, too, so that the one we set can be taken off again.
bool looks_like_formula(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of('\''), text.size()));
    if (text.empty()) return false;
    constexpr std::string_view first = "=@+-\t\r", of_numbers = "0123456789.,";
    if (first.find(text.front()) == std::string_view::npos) return false;
    const bool signed_number = (text.front() == '+' || text.front() == '-') && text.size() > 1 &&
                               text.find_first_not_of(of_numbers, 1) == std::string_view::npos;
    return !signed_number;
}

/// Without the apostrophe that append_csv_field set before a formula.
std::string_view without_mark(std::string_view text) {
    if (text.starts_with('\'') && looks_like_formula(text.substr(1))) text.remove_prefix(1);
    return text;
}

}  // namespace

CsvRows::CsvRows(std::string_view bytes, FaultList& faults) : bytes_(bytes), faults_(faults) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF", zip = "PK\x03\x04";
    if (bytes_.starts_with(zip)) {
        faults_.error({1, 1}, "csv.spreadsheet");
        bytes_ = {};
        return;
    }
    const std::size_t skipped = bytes_.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    bytes_.remove_prefix(skipped);
    const auto wrong = first_invalid_utf8(bytes_);
    const auto nul = bytes_.find('\0');
    if (wrong && *wrong < nul) {
        faults_.error(place_of(*wrong), "csv.not-utf8",
                      {{"byte", hex(bytes_[*wrong])}, {"offset", std::to_string(*wrong + skipped)}});
    } else if (nul != std::string_view::npos) {
        faults_.error(place_of(nul), "csv.nul-byte", {{"offset", std::to_string(nul + skipped)}});
    } else {
        Shape shape = read_row();
        if (shape == Shape::end) faults_.error({1, 1}, "csv.empty");
        for (const Field& field : fields_) {
            header_.emplace_back(field.text);
            header_places_.push_back(place_of(field.start));
        }
        if (shape == Shape::good) return;
    }
    bytes_ = {};
    at_ = 0;
}

Place CsvRows::header_place(int column) const {
    const auto i = static_cast<std::size_t>(column);
    return i < header_places_.size() ? header_places_[i] : Place{1, 1};
}

std::size_t CsvRows::expected_rows() const {
    return static_cast<std::size_t>(std::count(bytes_.begin(), bytes_.end(), '\n'));
}

Place CsvRows::place_of(std::size_t offset) const {
    if (row_is_plain_) return {row_line_, static_cast<int>(offset - row_start_) + 1};
    const std::string_view before = bytes_.substr(row_start_, offset - row_start_);
    const auto line_end = before.rfind('\n');
    const std::string_view same_line = line_end == std::string_view::npos ? before : before.substr(line_end + 1);
    const auto characters =
        std::count_if(same_line.begin(), same_line.end(), [](char c) { return (c & 0xC0) != 0x80; });
    return {row_line_ + static_cast<int>(std::count(before.begin(), before.end(), '\n')),
            static_cast<int>(characters) + 1};
}

bool CsvRows::next() {
    while (!faults_.full()) {
        const Shape shape = read_row();
        if (shape == Shape::end) return false;
        if (shape == Shape::good && fits_header()) return true;
    }
    return false;
}

bool CsvRows::fits_header() {
    if (fields_.size() == header_.size()) return true;
    const bool few = fields_.size() < header_.size();
    const Arguments arguments = {{"expected", std::to_string(header_.size())},
                                 {"found", std::to_string(fields_.size())}};
    const std::size_t place = few ? fields_.back().start : fields_[header_.size()].start;
    faults_.error(place_of(place), few ? "csv.too-few-fields" : "csv.too-many-fields", arguments);
    return false;
}

/// Goes over the fields of one row; empty lines before it are skipped.
CsvRows::Shape CsvRows::read_row() {
    fields_.clear();
    unquoted_.clear();
    while (at_ < bytes_.size() && (bytes_[at_] == '\n' || bytes_.substr(at_, 2) == "\r\n")) {
        at_ += bytes_[at_] == '\n' ? 1 : 2;
        ++line_;
    }
    row_start_ = at_;
    row_line_ = line_;
    if (at_ >= bytes_.size()) return Shape::end;
    bool good = true;
    row_is_plain_ = true;
    for (;;) {
        if (at_ < bytes_.size() && bytes_[at_] == '"')
            good &= read_quoted(at_);
        else
            read_plain(at_, good);
        if (at_ >= bytes_.size()) break;
        if (bytes_[at_++] == '\n') {
            ++line_;
            break;
        }
    }
    return good ? Shape::good : Shape::bad;
}

/// A field without quotes: up to the comma, line feed or end, on which `at` is left.
void CsvRows::read_plain(std::size_t& at, bool& good) {
    const std::size_t start = at;
    bool quote = false;
    unsigned char any = 0;
    for (; at < bytes_.size() && bytes_[at] != ',' && bytes_[at] != '\n'; ++at) {
        quote |= bytes_[at] == '"';
        any |= static_cast<unsigned char>(bytes_[at]);
    }
    if (any >= 0x80) row_is_plain_ = false;
    std::string_view text = bytes_.substr(start, at - start);
    const bool at_line_end = at >= bytes_.size() || bytes_[at] == '\n';
    if (at_line_end && text.ends_with('\r')) text.remove_suffix(1);
    fields_.push_back({without_mark(text), start});
    if (!quote) return;
    good = false;
    faults_.error(place_of(start), "csv.stray-quote");
}

/// A quoted field; `at` is on its opening quote, and left on the comma, line feed or end behind it.
bool CsvRows::read_quoted(std::size_t& at) {
    const std::size_t start = at++;
    row_is_plain_ = false;
    std::string* doubled = nullptr;
    std::size_t from = at;
    for (;;) {
        const std::size_t quote = bytes_.find('"', at);
        const std::string_view passed = bytes_.substr(at, quote - at);
        line_ += static_cast<int>(std::count(passed.begin(), passed.end(), '\n'));
        if (quote == std::string_view::npos) {
            faults_.error(place_of(start), "csv.unclosed-quote");
            at = bytes_.size();
            return false;
        }
        at = quote + 1;
        if (at >= bytes_.size() || bytes_[at] != '"') {
            const std::string_view rest = bytes_.substr(from, quote - from);
            if (doubled) doubled->append(rest);
            fields_.push_back({without_mark(doubled ? std::string_view(*doubled) : rest), start});
            break;
        }
        if (!doubled) doubled = &unquoted_.emplace_back();
        doubled->append(bytes_.substr(from, at - from));  // with one of the two quotes
        from = ++at;
    }
    const std::size_t behind = at;
    while (at < bytes_.size() && bytes_[at] != ',' && bytes_[at] != '\n') ++at;
    const std::string_view extra = bytes_.substr(behind, at - behind);
    if (extra.empty() || (extra == "\r" && (at >= bytes_.size() || bytes_[at] == '\n'))) return true;
    faults_.error(place_of(start), "csv.text-after-quote");
    return false;
}

namespace {

void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) out.append(c == '"' ? 2 : 1, c);
    out += '"';
}

}  // namespace

void append_csv_field(std::string& out, std::string_view text) {
    if (looks_like_formula(text)) return append_quoted(out, "'" + std::string(text));
    if (text.find_first_of(",\"\n\r") == std::string_view::npos) {
        out += text;
        return;
    }
    append_quoted(out, text);
}

void append_csv_row(std::string& out, const std::vector<std::string>& fields) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (i > 0) out += ',';
        append_csv_field(out, fields[i]);
    }
    out += '\n';
}

}  // namespace guidon::files

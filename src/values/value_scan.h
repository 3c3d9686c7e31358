// How are millions of rows of values.csv cut into fields at the speed of memory?
//
// Only for files without quotes, empty lines and faults, which is nearly every large one. As soon as a row is of
// another kind the scan gives up, and the plain reader goes over the file from its beginning: it knows every form that
// CSV allows and tells each fault with its place. So nothing here has to explain anything.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

#include "base/language.h"

namespace guidon::values {

/// Where the columns are in the file; -1 = absent.
struct Layout {
    int columns = 0;
    int unit = -1, indicator = -1, period = -1, value = -1, target = -1, note = -1, source = -1;
};

/// Cuts a window of text into fields: where its commas and line feeds are.
class Window {
public:
    static constexpr std::size_t size = 1 << 14;
    static constexpr std::size_t padding = 64;  // bytes behind a field that may be read

    Window() : text_(std::make_unique<char[]>(size + padding)), ends_(std::make_unique<std::uint16_t[]>(size)) {}

    /// Takes in the beginning of `text`; if it is the end of the file, a line feed is added where it lacks one.
    /// False if there is a quote or a NUL byte.
    bool load(std::string_view text, bool last);

    const char* text() const { return text_.get(); }
    const std::uint16_t* ends() const { return ends_.get(); }
    int end_count() const { return end_count_; }
    int line_feeds() const { return line_feeds_; }
    bool ascii() const { return ascii_; }

private:
    std::unique_ptr<char[]> text_;
    std::unique_ptr<std::uint16_t[]> ends_;
    int end_count_ = 0, line_feeds_ = 0;
    bool ascii_ = true;
};

/// A field; `padding` bytes behind it may be read.
struct Piece {
    const char* begin;
    const char* end;
    std::string_view text() const { return {begin, static_cast<std::size_t>(end - begin)}; }
};

/// One row on its way.
struct Pieces {
    Piece unit, indicator, period, value, target, note;  // empty where the file has no such column
};

/// Calls `take(pieces)` for each row of `chunk`, which ends behind a line feed or at the end of the file. False if a
/// row is not plain or `take` says so; then everything that was taken is void.
template <class Take>
bool scan(std::string_view chunk, const Layout& layout, Take&& take) {
    Window window;
    const int columns = layout.columns;
    bool ascii = true;
    const std::string_view whole = chunk;
    while (!chunk.empty()) {
        const bool last = chunk.size() < Window::size;
        if (!window.load(chunk, last)) return false;
        ascii &= window.ascii();
        const char* const text = window.text();
        const std::uint16_t* end = window.ends();
        const int rows = window.line_feeds();
        // Every `columns`-th end must be a line feed; as there are as many line feeds as rows, no other one is.
        if (rows == 0 || rows * columns > window.end_count()) return false;
        const char* row = text;
        for (int r = 0; r < rows; ++r, end += columns) {
            const char* const row_end = text + end[columns - 1];
            if (*row_end != '\n') return false;
            const auto piece = [&](int column) -> Piece {
                if (column < 0) return {row_end, row_end};
                const char* const to = text + end[column];
                const bool closes = column == columns - 1 && to > row && to[-1] == '\r';
                return {column == 0 ? row : text + end[column - 1] + 1, to - (closes ? 1 : 0)};
            };
            const Pieces pieces{piece(layout.unit),  piece(layout.indicator), piece(layout.period),
                                piece(layout.value), piece(layout.target),    piece(layout.note)};
            if (!take(pieces)) return false;
            row = row_end + 1;
        }
        chunk.remove_prefix(std::min(chunk.size(), static_cast<std::size_t>(row - text)));
    }
    return ascii || !first_invalid_utf8(whole);
}

}  // namespace guidon::values

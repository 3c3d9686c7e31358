// On which page does what stand? Pieces – a paragraph, a row, a picture – flow down a column and over pages, so that no
// heading ends a page and no line of a paragraph stands alone. For files/pdf_*.cpp alone.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "files/pdf_type.h"

namespace guidon::files {

constexpr double mm = 72 / 25.4;
constexpr double page_width = 210 * mm, page_height = 297 * mm;
constexpr double margin_side = 25 * mm, margin_top = 27 * mm, margin_bottom = 25 * mm;
constexpr double column_width = page_width - 2 * margin_side;
constexpr double column_height = page_height - margin_top - margin_bottom;

struct SurfaceEnd {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
using Image = std::unique_ptr<cairo_surface_t, SurfaceEnd>;

/// A block beside others; `x` from the column's left.
struct Column {
    Block block;
    double x = 0;
};

/// What is placed as one. Either text in columns or an image, that stands in the middle.
struct Piece {
    std::vector<Column> columns;
    Image image;
    double image_width = 0, image_height = 0;
    double before = 0, after = 0;  // space; before is dropped at a page's top
    bool breaks = false;           // its lines may go on on the next page
    bool keeps_next = false;       // what follows begins on the same page
    bool rule = false;             // a hair line below
    std::string anchor;            // a link's target
    std::string link;              // the anchor to which it leads

    double height() const;
};

struct Placed {
    const Piece* piece;
    double top;                                              // on the page
    std::vector<std::pair<std::size_t, std::size_t>> lines;  // of each column, [first, last)
    std::vector<double> cut;                                 // how much of each column stands on pages before
    double bottom;
};
struct PlacedPage {
    std::vector<Placed> placed;
    Said running;  // the part that goes on here
};

class Flow {
public:
    /// Places pieces one after the other. What has to stay together does, unless no page is high enough for it.
    void place(std::vector<Piece> pieces);
    /// What follows begins on a new page, under `running`.
    void new_page(const Said& running);

    const std::vector<PlacedPage>& pages() const { return pages_; }
    /// The page on which an anchor stands, from 0.
    std::size_t page_of(const std::string& anchor) const { return anchors_.at(anchor); }

private:
    void place(const Piece& piece);
    void place_lines(const Piece& piece);
    void turn();
    double left() const { return margin_top + column_height - at_; }

    std::vector<std::unique_ptr<std::vector<Piece>>> kept_;
    std::vector<PlacedPage> pages_;
    std::map<std::string, std::size_t> anchors_;
    double at_ = 0;
};

}  // namespace guidon::files

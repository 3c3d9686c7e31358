#include "files/pdf_flow.h"

#include <algorithm>

namespace guidon::files {
namespace {

/// How much of a piece has to fit below what keeps to it.
double head_height(const Piece& piece) {
    if (!piece.breaks || piece.columns.empty()) return piece.height();
    const auto& lines = piece.columns.front().block.lines;
    return lines[std::min<std::size_t>(lines.size(), lines.size() == 3 ? 3 : 2) - 1].bottom;
}

/// A piece and those that it keeps, up to the beginning of the first that may part from them.
double together(const std::vector<Piece>& pieces, std::size_t first) {
    double height = 0;
    for (std::size_t i = first; i < pieces.size(); ++i) {
        if (i > first) height += pieces[i].before;
        if (!pieces[i].keeps_next) return height + head_height(pieces[i]);
        height += pieces[i].height() + pieces[i].after;
    }
    return height;
}

}  // namespace

double Piece::height() const {
    double highest = image_height;
    for (const Column& column : columns) highest = std::max(highest, column.block.height());
    return highest;
}

void Flow::turn() {
    const Said running = pages_.empty() ? Said{} : pages_.back().running;
    pages_.push_back({.placed = {}, .running = running});
    at_ = margin_top;
}

void Flow::new_page(const Said& running) {
    if (pages_.empty() || !pages_.back().placed.empty()) turn();
    pages_.back().running = running;
}

void Flow::place(std::vector<Piece> pieces) {
    if (pages_.empty()) turn();
    kept_.push_back(std::make_unique<std::vector<Piece>>(std::move(pieces)));
    const std::vector<Piece>& all = *kept_.back();
    bool kept = false;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool top = pages_.back().placed.empty();
        if (!top) at_ += all[i].before;
        if (!top && !kept && together(all, i) > left()) turn();
        place(all[i]);
        at_ += all[i].after;
        kept = all[i].keeps_next;
    }
}

void Flow::place(const Piece& piece) {
    if (piece.height() > left() && !pages_.back().placed.empty() && !piece.breaks) turn();
    if (!piece.image) return place_lines(piece);
    if (!piece.anchor.empty()) anchors_[piece.anchor] = pages_.size() - 1;
    pages_.back().placed.push_back({&piece, at_, {}, {}, at_ + piece.image_height});
    at_ += piece.image_height;
}

/// Each column goes on where it was cut. A line that would stand alone takes another one with it.
void Flow::place_lines(const Piece& piece) {
    const std::size_t columns = piece.columns.size();
    std::vector<std::size_t> next(columns, 0);
    for (bool more = true, begins = true; more; begins = false) {
        Placed placed{&piece, at_, {}, {}, at_};
        more = false;
        for (std::size_t c = 0; c < columns; ++c) {
            const auto& lines = piece.columns[c].block.lines;
            const double cut = next[c] > 0 && next[c] < lines.size() ? lines[next[c]].top : 0;
            std::size_t last = next[c];
            while (last < lines.size() && lines[last].bottom - cut <= left()) ++last;
            const bool fresh = pages_.back().placed.empty();
            if (last == next[c] && last < lines.size() && fresh) ++last;  // higher than a page: on it all the same
            const std::size_t rest = lines.size() - last;
            if (rest == 1 && last - next[c] > 2) --last;
            if (rest > 0 && last - next[c] == 1 && !fresh && columns == 1) last = next[c];
            placed.lines.emplace_back(next[c], last);
            placed.cut.push_back(cut);
            if (last > next[c]) placed.bottom = std::max(placed.bottom, at_ + lines[last - 1].bottom - cut);
            next[c] = last;
            more = more || last < lines.size();
        }
        const bool any = std::any_of(placed.lines.begin(), placed.lines.end(),
                                     [](const auto& range) { return range.first < range.second; });
        if (any && !piece.anchor.empty() && anchors_.count(piece.anchor) == 0)
            anchors_[piece.anchor] = pages_.size() - 1;
        if (any || begins) {
            at_ = placed.bottom;
            if (any) pages_.back().placed.push_back(std::move(placed));
        }
        if (more) turn();
    }
}

}  // namespace guidon::files

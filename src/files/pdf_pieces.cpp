#include "files/pdf_pieces.h"

#include <algorithm>
#include <set>

#include "files/pdf_image.h"

namespace guidon::files {
namespace {

constexpr double number_width = 11 * mm;
constexpr double name_share = 0.3;  // of a row of facts
constexpr double picture_most = column_height * 0.42;

bool is_urdu(const Said& said) {
    return said.language == Language::ur;
}

Piece text(Typesetter& type, const Said& said, const Style& style, double before, double after) {
    Piece piece{.before = before, .after = after};
    piece.columns.push_back({type.set(said, style, column_width), 0});
    return piece;
}

Piece heading(Typesetter& type, const Said& said, double size_pt, double before, double after, std::string anchor) {
    Piece piece = text(type, said, {.size_pt = size_pt, .face = Face::bold}, before, after);
    piece.keeps_next = true;
    piece.anchor = std::move(anchor);
    return piece;
}

/// A text, and at the other side of the page the numbers of pages. Which side that is follows from the text's
/// language, so that an entry in another language than the work still reads from its own side.
Piece numbered(Typesetter& type, const Said& said, const std::string& numbers, const Style& style, double indent,
               double numbers_wide) {
    Piece piece;
    const double wide = column_width - numbers_wide - 3 * mm - indent;
    const bool urdu = is_urdu(said);
    piece.columns.push_back({type.set(said, style, wide), urdu ? numbers_wide + 3 * mm : indent});
    Style figures = style;
    figures.align = urdu ? Align::start : Align::end;  // the far side: figures read from the left
    figures.face = Face::regular;
    piece.columns.push_back(
        {type.set({numbers, Language::en}, figures, numbers_wide), urdu ? 0 : column_width - numbers_wide});
    auto& number = piece.columns.back().block;
    const double lower = piece.columns.front().block.lines.front().baseline - number.lines.front().baseline;
    for (SetLine& line : number.lines) {
        line.top += lower;
        line.baseline += lower;
        line.bottom += lower;
    }
    return piece;
}

Piece fact(Typesetter& type, const Fact& fact) {
    Piece piece{.before = 2, .after = 3};
    const double name_wide = column_width * name_share - 4 * mm, value_wide = column_width * (1 - name_share);
    const bool urdu = is_urdu(fact.name);
    Block name = type.set(fact.name, {.size_pt = 9.5, .face = Face::bold}, name_wide);
    Block value = type.set(fact.value, {.size_pt = 9.5}, value_wide);
    // Two scripts in one row stand on one line.
    const double apart = name.lines.front().baseline - value.lines.front().baseline;
    Block& higher = apart < 0 ? name : value;
    for (SetLine& line : higher.lines) {
        line.top += std::abs(apart);
        line.baseline += std::abs(apart);
        line.bottom += std::abs(apart);
    }
    piece.columns.push_back({std::move(value), urdu ? 0 : column_width * name_share});
    piece.columns.push_back({std::move(name), urdu ? column_width - name_wide : 0});
    piece.rule = true;
    return piece;
}

void add_picture(std::vector<Piece>& pieces, Typesetter& type, const Picture& picture) {
    Piece piece{.before = 8, .after = 3};
    const PictureSize size = picture_size(picture.bytes);
    const double scale =
        std::min({column_width / size.width, picture_most / size.height, 0.75});  // 0.75: a pixel of 96 dpi
    piece.image = image_of(picture.bytes, size);
    piece.image_width = size.width * scale;
    piece.image_height = size.height * scale;
    pieces.push_back(std::move(piece));
    for (const Said* said : {&picture.caption, &picture.credit}) {
        if (said->empty()) continue;
        pieces.back().keeps_next = true;
        const bool caption = said == &picture.caption;
        pieces.push_back(text(type, *said,
                              {.size_pt = caption ? 9.0 : 8.0,
                               .face = caption ? Face::italic : Face::regular,
                               .align = Align::centre,
                               .grey = caption ? 0 : 0.35},
                              0, 2));
    }
    pieces.back().after = 9;
}

std::vector<Piece> chapter_pieces(Typesetter& type, const Chapter& chapter, std::size_t number) {
    std::vector<Piece> pieces;
    pieces.push_back(heading(type, chapter.heading, 14, 24, 3, chapter_anchor(number)));
    if (!chapter.byline.empty()) {
        pieces.push_back(text(type, chapter.byline, {.size_pt = 9.5, .face = Face::italic, .grey = 0.25}, 0, 5));
        pieces.back().keeps_next = true;
    }
    for (const Fact& one : chapter.facts) pieces.push_back(fact(type, one));
    if (!chapter.facts.empty()) pieces.back().after = 9;
    if (!chapter.pictures.empty()) add_picture(pieces, type, chapter.pictures.front());
    for (const Said& paragraph : chapter.paragraphs) {
        pieces.push_back(text(type, paragraph, {.align = Align::justified}, 0, 6));
        pieces.back().breaks = true;
    }
    for (std::size_t i = 1; i < chapter.pictures.size(); ++i) add_picture(pieces, type, chapter.pictures[i]);
    return pieces;
}

std::string numbers_text(const std::vector<std::size_t>& chapters, const PageNumber& number) {
    std::set<std::size_t> pages;
    for (const std::size_t chapter : chapters) pages.insert(number(chapter_anchor(chapter)));
    std::string list;
    for (const std::size_t page : pages) list += (list.empty() ? "" : ", ") + std::to_string(page);
    return list;
}

}  // namespace

std::string contents_anchor() {
    return "contents";
}
std::string part_anchor(std::size_t part) {
    return "part-" + std::to_string(part + 1);
}
std::string chapter_anchor(std::size_t chapter) {
    return "chapter-" + std::to_string(chapter + 1);
}
std::string index_anchor(std::size_t index) {
    return "index-" + std::to_string(index + 1);
}
bool is_index_anchor(const std::string& anchor) {
    return anchor.starts_with("index-");
}

void place_title(Flow& flow, Typesetter& type, const Paper& paper) {
    std::vector<Piece> pieces;
    Piece title = text(type, paper.title, {.size_pt = 27, .face = Face::bold, .align = Align::centre}, 0, 12);
    const double above = column_height * 0.28;
    for (SetLine& line : title.columns.front().block.lines) {
        line.top += above;
        line.baseline += above;
        line.bottom += above;
    }
    double used = title.height() + 12;
    pieces.push_back(std::move(title));
    if (!paper.subtitle.empty()) {
        pieces.push_back(text(type, paper.subtitle, {.size_pt = 15, .align = Align::centre}, 0, 0));
        used += pieces.back().height();
    }
    std::vector<Piece> foot;
    double foot_height = 0;
    for (const Said& line : paper.imprint) {
        foot.push_back(text(type, line, {.size_pt = 11, .align = Align::centre}, 0, 3));
        foot_height += foot.back().height() + 3;
    }
    if (!foot.empty()) foot.front().before = std::max(12.0, column_height - used - foot_height - 6);
    for (Piece& piece : foot) pieces.push_back(std::move(piece));
    flow.place(std::move(pieces));
}

void place_contents(Flow& flow, Typesetter& type, const Paper& paper, const PageNumber& number) {
    if (paper.contents.empty()) return;
    std::vector<Piece> pieces;
    pieces.push_back(heading(type, paper.contents, 17, 0, 10, contents_anchor()));
    const auto line = [&](const Said& said, const std::string& anchor, bool part) {
        const Style style{.size_pt = part ? 11 : 10.5, .face = part ? Face::bold : Face::regular};
        Piece piece = numbered(type, said, std::to_string(number(anchor)), style, part ? 0 : 5 * mm, number_width);
        piece.before = part ? 8 : 2;
        piece.keeps_next = part;
        piece.link = anchor;
        pieces.push_back(std::move(piece));
    };
    std::size_t chapters = 0;
    for (std::size_t p = 0; p < paper.parts.size(); ++p) {
        if (!paper.parts[p].heading.empty()) line(paper.parts[p].heading, part_anchor(p), true);
        for (const Chapter& chapter : paper.parts[p].chapters) line(chapter.heading, chapter_anchor(chapters++), false);
    }
    for (std::size_t i = 0; i < paper.indexes.size(); ++i) line(paper.indexes[i], index_anchor(i), true);
    pieces.back().keeps_next = false;
    flow.new_page(paper.contents);
    flow.place(std::move(pieces));
}

void place_body(Flow& flow, Typesetter& type, const Paper& paper) {
    std::size_t chapters = 0;
    for (std::size_t p = 0; p < paper.parts.size(); ++p) {
        const Part& part = paper.parts[p];
        flow.new_page(part.heading);
        std::vector<Piece> pieces;
        if (!part.heading.empty()) pieces.push_back(heading(type, part.heading, 20, 0, 8, part_anchor(p)));
        if (!part.lede.empty()) pieces.push_back(text(type, part.lede, {.size_pt = 11, .grey = 0.25}, 0, 6));
        for (const Chapter& chapter : part.chapters)
            for (Piece& piece : chapter_pieces(type, chapter, chapters++)) pieces.push_back(std::move(piece));
        if (!pieces.empty()) flow.place(std::move(pieces));
    }
}

void place_indexes(Flow& flow, Typesetter& type, const Paper& paper, const PageNumber& number) {
    for (std::size_t i = 0; i < paper.indexes.size(); ++i) {
        std::vector<Piece> pieces;
        pieces.push_back(heading(type, paper.indexes[i], 17, 0, 10, index_anchor(i)));
        for (const IndexLine& line : index_lines(paper, i)) {
            Piece piece = numbered(type, line.term, numbers_text(line.chapters, number), {.size_pt = 10}, 0, 30 * mm);
            piece.before = 2;
            piece.link = chapter_anchor(line.chapters.front());
            pieces.push_back(std::move(piece));
        }
        flow.new_page(paper.indexes[i]);
        flow.place(std::move(pieces));
    }
}

}  // namespace guidon::files

#include "files/pdf_write.h"

#include <cairo-pdf.h>

#include <algorithm>
#include <optional>
#include <stdexcept>

#include "base/moment.h"
#include "files/pdf_catalogue.h"
#include "files/pdf_flow.h"
#include "files/pdf_pieces.h"

namespace guidon::files {
namespace {

constexpr double head_at = 15 * mm, foot_at = page_height - 15 * mm;
constexpr double quiet = 0.35;  // grey of running heads

cairo_status_t append(void* file, const unsigned char* bytes, unsigned int length) {
    static_cast<std::string*>(file)->append(reinterpret_cast<const char*>(bytes), length);
    return CAIRO_STATUS_SUCCESS;
}

/// The surface that collects the file, and the pen on it.
class Pdf {
public:
    Pdf(const Paper& paper, Typesetter& type)
        : paper_(paper),
          type_(type),
          surface_(cairo_pdf_surface_create_for_stream(append, &file_, page_width, page_height)),
          pen_(cairo_create(surface_)),
          ink_(std::make_unique<Ink>(pen_)) {
        const auto tell = [&](cairo_pdf_metadata_t what, const std::string& text) {
            if (!text.empty()) cairo_pdf_surface_set_metadata(surface_, what, text.c_str());
        };
        tell(CAIRO_PDF_METADATA_TITLE, paper.title.text);
        tell(CAIRO_PDF_METADATA_SUBJECT, paper.subtitle.text);
        tell(CAIRO_PDF_METADATA_AUTHOR, paper.author.text);
        tell(CAIRO_PDF_METADATA_CREATOR, "Guidon");
        tell(CAIRO_PDF_METADATA_CREATE_DATE, iso_moment(paper.at_utc_ms));
        tell(CAIRO_PDF_METADATA_MOD_DATE, iso_moment(paper.at_utc_ms));
    }
    ~Pdf() { end(); }
    Pdf(const Pdf&) = delete;
    Pdf& operator=(const Pdf&) = delete;

    void pages(const std::vector<PlacedPage>& pages, std::size_t first_number, bool heads);
    int outline(int parent, const std::string& text, const std::string& anchor) {
        return cairo_pdf_surface_add_outline(surface_, parent, text.c_str(), ("dest='" + anchor + "'").c_str(),
                                             CAIRO_PDF_OUTLINE_FLAG_OPEN);
    }
    std::string finish();

private:
    void page(const PlacedPage& page, std::size_t number, bool heads);
    void head_and_foot(const PlacedPage& page, std::size_t number);
    void placed(const Placed& placed);
    void line(double y);
    void link(const Placed& placed);
    void end();

    const Paper& paper_;
    Typesetter& type_;
    std::string file_;
    cairo_surface_t* surface_;
    cairo_t* pen_;
    std::unique_ptr<Ink> ink_;
};

void Pdf::end() {
    ink_.reset();
    if (pen_) cairo_destroy(pen_);
    if (surface_) cairo_surface_destroy(surface_);
    pen_ = nullptr;
    surface_ = nullptr;
}

std::string Pdf::finish() {
    cairo_surface_finish(surface_);
    auto status = cairo_status(pen_);
    if (status == CAIRO_STATUS_SUCCESS) status = cairo_surface_status(surface_);
    end();
    if (status != CAIRO_STATUS_SUCCESS && status != CAIRO_STATUS_SURFACE_FINISHED)
        throw std::runtime_error(std::string("the PDF cannot be written: ") + cairo_status_to_string(status));
    return std::move(file_);
}

void Pdf::pages(const std::vector<PlacedPage>& pages, std::size_t first_number, bool heads) {
    for (const PlacedPage& one : pages) page(one, first_number++, heads);
}

void Pdf::page(const PlacedPage& page, std::size_t number, bool heads) {
    for (const Placed& one : page.placed) placed(one);
    if (heads) head_and_foot(page, number);
    cairo_surface_show_page(surface_);
}

void Pdf::line(double y) {
    cairo_set_source_rgb(pen_, 0.75, 0.75, 0.75);
    cairo_set_line_width(pen_, 0.4);
    cairo_move_to(pen_, margin_side, y);
    cairo_line_to(pen_, page_width - margin_side, y);
    cairo_stroke(pen_);
}

/// The work's title where reading begins, the part where it ends; the number in the middle below.
void Pdf::head_and_foot(const PlacedPage& page, std::size_t number) {
    const double half = column_width / 2 - 3 * mm;
    const bool mirrored = paper_.language == Language::ur;
    const auto put = [&](const Said& said, bool first) {
        if (said.empty()) return;
        const bool on_left = first != mirrored;
        const bool starts_left = said.language != Language::ur;
        const Block block = type_.set(said,
                                      {.size_pt = 8,
                                       .align = on_left == starts_left ? Align::start : Align::end,
                                       .grey = quiet,
                                       .one_line = true},
                                      half);
        const SetLine& only = block.lines.front();
        const double left = on_left ? margin_side : page_width - margin_side - half;
        ink_->draw(only, left + only.x, head_at, quiet);
    };
    put(paper_.title, true);
    put(page.running, false);
    line(head_at + 3 * mm);
    const Block block =
        type_.set({std::to_string(number), Language::en}, {.size_pt = 9, .align = Align::centre}, column_width);
    ink_->draw(block.lines.front(), margin_side + block.lines.front().x, foot_at, quiet);
}

void Pdf::placed(const Placed& placed) {
    const Piece& piece = *placed.piece;
    const bool begins = placed.lines.empty() || placed.lines.front().first == 0;
    if (begins && !piece.anchor.empty()) {
        const std::string where = "name='" + piece.anchor + "' x=" + std::to_string(margin_side) +
                                  " y=" + std::to_string(std::max(0.0, placed.top - 4 * mm)) + " internal";
        cairo_tag_begin(pen_, CAIRO_TAG_DEST, where.c_str());
        cairo_tag_end(pen_, CAIRO_TAG_DEST);
    }
    if (!piece.link.empty()) link(placed);
    if (piece.image) {
        cairo_save(pen_);
        cairo_translate(pen_, margin_side + (column_width - piece.image_width) / 2, placed.top);
        cairo_scale(pen_, piece.image_width / cairo_image_surface_get_width(piece.image.get()),
                    piece.image_height / cairo_image_surface_get_height(piece.image.get()));
        cairo_set_source_surface(pen_, piece.image.get(), 0, 0);
        cairo_paint(pen_);
        cairo_restore(pen_);
    }
    for (std::size_t c = 0; c < placed.lines.size(); ++c) {
        const Column& column = piece.columns[c];
        for (std::size_t i = placed.lines[c].first; i < placed.lines[c].second; ++i) {
            const SetLine& line = column.block.lines[i];
            ink_->draw(line, margin_side + column.x + line.x, placed.top + line.baseline - placed.cut[c],
                       column.block.grey);
        }
    }
    if (piece.rule) line(placed.bottom + 1.5);
}

void Pdf::link(const Placed& placed) {
    const std::string where = "dest='" + placed.piece->link + "' rect=[" + std::to_string(margin_side) + " " +
                              std::to_string(placed.top) + " " + std::to_string(column_width) + " " +
                              std::to_string(placed.bottom - placed.top) + "]";
    cairo_tag_begin(pen_, CAIRO_TAG_LINK, where.c_str());
    cairo_tag_end(pen_, CAIRO_TAG_LINK);
}

void write_outline(Pdf& pdf, const Paper& paper) {
    if (!paper.contents.empty()) pdf.outline(CAIRO_PDF_OUTLINE_ROOT, paper.contents.text, contents_anchor());
    std::size_t number = 0;
    for (std::size_t p = 0; p < paper.parts.size(); ++p) {
        int parent = CAIRO_PDF_OUTLINE_ROOT;
        if (!paper.parts[p].heading.empty()) parent = pdf.outline(parent, paper.parts[p].heading.text, part_anchor(p));
        for (const Chapter& chapter : paper.parts[p].chapters)
            pdf.outline(parent, chapter.heading.text, chapter_anchor(number++));
    }
    for (std::size_t i = 0; i < paper.indexes.size(); ++i)
        pdf.outline(CAIRO_PDF_OUTLINE_ROOT, paper.indexes[i].text, index_anchor(i));
}

}  // namespace

std::string pdf_bytes(const Paper& paper) {
    Typesetter type;
    Flow title, body, indexes, contents;
    place_title(title, type, paper);
    place_body(body, type, paper);
    // The contents are as long with any numbers: their place decides the numbers.
    Flow measured;
    place_contents(measured, type, paper, [](const std::string&) { return std::size_t{0}; });
    const std::size_t body_begins = 1 + title.pages().size() + measured.pages().size();
    const auto in_body = [&](const std::string& anchor) { return body_begins + body.page_of(anchor); };
    place_indexes(indexes, type, paper, in_body);
    const std::size_t indexes_begin = body_begins + body.pages().size();
    place_contents(contents, type, paper, [&](const std::string& anchor) {
        return is_index_anchor(anchor) ? indexes_begin + indexes.page_of(anchor) : in_body(anchor);
    });

    Pdf pdf(paper, type);
    pdf.pages(title.pages(), 1, false);
    pdf.pages(contents.pages(), 1 + title.pages().size(), true);
    pdf.pages(body.pages(), body_begins, true);
    pdf.pages(indexes.pages(), indexes_begin, true);
    write_outline(pdf, paper);
    return with_language(pdf.finish(), paper.language);
}

}  // namespace guidon::files

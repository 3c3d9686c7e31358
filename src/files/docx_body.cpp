#include "files/docx_body.h"

#include <algorithm>
#include <utility>

namespace guidon::files {
namespace {

using pugi::xml_node;

constexpr double emu_per_pixel = 9525;         // English metric units, at 96 pixels an inch
constexpr double column_emu = 160 * 36'000.0;  // 160 mm between the margins
constexpr double picture_most_emu = 100 * 36'000.0;
constexpr const char* relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr const char* drawing = "http://schemas.openxmlformats.org/drawingml/2006/main";
constexpr const char* drawing_place = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
constexpr const char* drawing_picture = "http://schemas.openxmlformats.org/drawingml/2006/picture";

std::string chapter_mark(std::size_t chapter) {
    return "chapter" + std::to_string(chapter + 1);
}
std::string part_mark(std::size_t part) {
    return "part" + std::to_string(part + 1);
}
std::string index_mark(std::size_t index) {
    return "index" + std::to_string(index + 1);
}

/// `\f` of an index's field and of its entries: one letter tells several indexes apart.
std::string index_letter(std::size_t index) {
    return std::string(1, static_cast<char>('a' + index % 26));
}

class Body {
public:
    Body(const Paper& paper, std::vector<DocxPicture>& pictures) : paper_(paper), pictures_(pictures) {}
    std::string write();

private:
    xml_node paragraph(const char* style, const Said& said);
    xml_node begin(xml_node parent, const char* style, Language language);
    void run(xml_node paragraph, const Said& said);
    void field_mark(xml_node paragraph, const char* kind);
    void instruction(xml_node paragraph, const std::string& text);
    void page_reference(xml_node paragraph, const std::string& mark);
    void heading(const char* style, const Said& said, const std::string& mark, const std::vector<Term>& terms = {});
    void page_break();
    void title_page();
    void contents();
    void contents_line(const char* style, const Said& said, const std::string& mark, bool first);
    void chapter(const Chapter& chapter, std::size_t number);
    void facts(const std::vector<Fact>& facts);
    void picture(const Picture& picture);
    void image(xml_node run, const Picture& picture, const PictureSize& size, const std::string& id);
    void index(std::size_t number);
    void section();

    const Paper& paper_;
    std::vector<DocxPicture>& pictures_;
    xml_node body_;
    int marks_ = 0;
};

xml_node Body::begin(xml_node parent, const char* style, Language language) {
    const xml_node paragraph = add(parent, "w:p");
    const xml_node how = add(paragraph, "w:pPr");
    add(how, "w:pStyle", {{"w:val", style}});
    // Said either way: the styles follow the work's language, a text follows its own.
    if (language == Language::ur)
        add(how, "w:bidi");
    else if (paper_.language == Language::ur)
        add(how, "w:bidi", {{"w:val", "0"}});
    return paragraph;
}

xml_node Body::paragraph(const char* style, const Said& said) {
    const xml_node paragraph = begin(body_, style, said.language);
    run(paragraph, said);
    return paragraph;
}

void Body::run(xml_node paragraph, const Said& said) {
    const xml_node run = add(paragraph, "w:r");
    const xml_node how = add(run, "w:rPr");
    if (said.language == Language::ur) {
        add(how, "w:rFonts", {{"w:hint", "cs"}});
        add(how, "w:rtl");
        add(how, "w:lang", {{"w:bidi", "ur-PK"}});
    } else {
        add(how, "w:lang", {{"w:val", said.language == Language::vi ? "vi-VN" : "en-GB"}});
    }
    add(run, "w:t", {{"xml:space", "preserve"}}).text().set(printable(said.text).c_str());
}

void Body::field_mark(xml_node paragraph, const char* kind) {
    add(add(paragraph, "w:r"), "w:fldChar", {{"w:fldCharType", kind}});
}

void Body::instruction(xml_node paragraph, const std::string& text) {
    add(add(paragraph, "w:r"), "w:instrText", {{"xml:space", "preserve"}}).text().set(text.c_str());
}

/// The number itself is known to whoever lays the pages out.
void Body::page_reference(xml_node paragraph, const std::string& mark) {
    field_mark(paragraph, "begin");
    instruction(paragraph, " PAGEREF " + mark + " \\h ");
    field_mark(paragraph, "separate");
    add(add(paragraph, "w:r"), "w:t").text().set("…");
    field_mark(paragraph, "end");
}

void Body::heading(const char* style, const Said& said, const std::string& mark, const std::vector<Term>& terms) {
    const xml_node paragraph = begin(body_, style, said.language);
    const std::string id = std::to_string(++marks_);
    add(paragraph, "w:bookmarkStart", {{"w:id", id}, {"w:name", mark}});
    run(paragraph, said);
    add(paragraph, "w:bookmarkEnd", {{"w:id", id}});
    for (const Term& term : terms) {
        std::string name = printable(term.said.text);
        std::replace(name.begin(), name.end(), '"', '\'');  // quotes end the entry, a colon makes a sub-entry
        std::replace(name.begin(), name.end(), ':', ',');
        field_mark(paragraph, "begin");
        instruction(paragraph, " XE \"" + name + "\" \\f " + index_letter(term.index) + " ");
        field_mark(paragraph, "end");
    }
}

void Body::page_break() {
    add(add(begin(body_, "BodyText", paper_.language), "w:r"), "w:br", {{"w:type", "page"}});
}

void Body::title_page() {
    paragraph("Title", paper_.title);
    if (!paper_.subtitle.empty()) paragraph("Subtitle", paper_.subtitle);
    for (const Said& line : paper_.imprint) paragraph("Imprint", line);
    page_break();
}

void Body::contents_line(const char* style, const Said& said, const std::string& mark, bool first) {
    const xml_node line = begin(body_, style, said.language);
    if (first) {
        field_mark(line, "begin");
        instruction(line, " TOC \\o \"1-2\" \\h \\z \\u ");
        field_mark(line, "separate");
    }
    const xml_node link = add(line, "w:hyperlink", {{"w:anchor", mark}, {"w:history", "1"}});
    run(link, said);
    add(add(link, "w:r"), "w:tab");
    page_reference(link, mark);
}

void Body::contents() {
    if (paper_.contents.empty()) return;
    paragraph("TOCHeading", paper_.contents);
    bool first = true;
    std::size_t number = 0;
    for (std::size_t p = 0; p < paper_.parts.size(); ++p) {
        const Part& part = paper_.parts[p];
        if (!part.heading.empty()) contents_line("TOC1", part.heading, part_mark(p), std::exchange(first, false));
        for (const Chapter& one : part.chapters)
            contents_line("TOC2", one.heading, chapter_mark(number++), std::exchange(first, false));
    }
    for (std::size_t i = 0; i < paper_.indexes.size(); ++i)
        contents_line("TOC1", paper_.indexes[i], index_mark(i), std::exchange(first, false));
    if (!first) field_mark(begin(body_, "BodyText", paper_.language), "end");
}

void Body::facts(const std::vector<Fact>& facts) {
    if (facts.empty()) return;
    const bool urdu = facts.front().name.language == Language::ur;
    const xml_node table = add(body_, "w:tbl");
    const xml_node how = add(table, "w:tblPr");
    add(how, "w:tblStyle", {{"w:val", "FactsTable"}});
    if (urdu) add(how, "w:bidiVisual");
    add(how, "w:tblW", {{"w:w", "5000"}, {"w:type", "pct"}});
    add(how, "w:tblLook", {{"w:val", "0080"}, {"w:firstColumn", "1"}});
    const xml_node grid = add(table, "w:tblGrid");
    for (const char* width : {"2700", "6370"}) add(grid, "w:gridCol", {{"w:w", width}});
    for (const Fact& fact : facts) {
        const xml_node row = add(table, "w:tr");
        add(add(row, "w:trPr"), "w:cantSplit");
        const auto cell = [&](const Said& said, const char* style, const char* width) {
            const xml_node box = add(row, "w:tc");
            add(add(box, "w:tcPr"), "w:tcW", {{"w:w", width}, {"w:type", "dxa"}});
            run(begin(box, style, said.language), said);
        };
        cell(fact.name, "FactName", "2700");
        cell(fact.value, "FactValue", "6370");
    }
}

void Body::image(xml_node run, const Picture& picture, const PictureSize& size, const std::string& id) {
    const double scale =
        std::min({1.0, column_emu / (size.width * emu_per_pixel), picture_most_emu / (size.height * emu_per_pixel)});
    const std::string cx = std::to_string(static_cast<long long>(size.width * emu_per_pixel * scale));
    const std::string cy = std::to_string(static_cast<long long>(size.height * emu_per_pixel * scale));
    const std::string number = std::to_string(pictures_.size());
    const xml_node place =
        add(add(run, "w:drawing"), "wp:inline", {{"distT", "0"}, {"distB", "0"}, {"distL", "0"}, {"distR", "0"}});
    add(place, "wp:extent", {{"cx", cx}, {"cy", cy}});
    add(place, "wp:docPr", {{"id", number}, {"name", "picture " + number}, {"descr", printable(picture.caption.text)}});
    const xml_node data =
        add(add(place, "a:graphic", {{"xmlns:a", drawing}}), "a:graphicData", {{"uri", drawing_picture}});
    const xml_node pic = add(data, "pic:pic", {{"xmlns:pic", drawing_picture}});
    const xml_node about = add(pic, "pic:nvPicPr");
    add(about, "pic:cNvPr", {{"id", number}, {"name", "picture " + number}});
    add(about, "pic:cNvPicPr");
    const xml_node fill = add(pic, "pic:blipFill");
    add(fill, "a:blip", {{"r:embed", id}});
    add(add(fill, "a:stretch"), "a:fillRect");
    const xml_node shape = add(pic, "pic:spPr");
    const xml_node at = add(shape, "a:xfrm");
    add(at, "a:off", {{"x", "0"}, {"y", "0"}});
    add(at, "a:ext", {{"cx", cx}, {"cy", cy}});
    add(add(shape, "a:prstGeom", {{"prst", "rect"}}), "a:avLst");
}

void Body::picture(const Picture& picture) {
    const PictureSize size = picture_size(picture.bytes);
    const std::string number = std::to_string(pictures_.size() + 1);
    const char* kind = size.kind == PictureKind::png ? ".png" : ".jpeg";
    pictures_.push_back({"media/picture" + number + kind, "rIdPicture" + number, &picture.bytes});
    image(add(begin(body_, "Picture", paper_.language), "w:r"), picture, size, pictures_.back().id);
    if (!picture.caption.empty()) paragraph("Caption", picture.caption);
    if (!picture.credit.empty()) paragraph("Credit", picture.credit);
}

void Body::chapter(const Chapter& chapter, std::size_t number) {
    heading("Heading2", chapter.heading, chapter_mark(number), chapter.terms);
    if (!chapter.byline.empty()) paragraph("Byline", chapter.byline);
    facts(chapter.facts);
    if (!chapter.pictures.empty()) picture(chapter.pictures.front());
    for (const Said& said : chapter.paragraphs) paragraph("BodyText", said);
    for (std::size_t i = 1; i < chapter.pictures.size(); ++i) picture(chapter.pictures[i]);
}

void Body::index(std::size_t number) {
    heading("IndexTitle", paper_.indexes[number], index_mark(number));
    const auto lines = index_lines(paper_, number);
    bool first = true;
    for (const IndexLine& line : lines) {
        const xml_node paragraph = begin(body_, "Index1", line.term.language);
        if (std::exchange(first, false)) {
            field_mark(paragraph, "begin");
            instruction(paragraph, " INDEX \\e \"\t\" \\c \"1\" \\f " + index_letter(number) + " ");
            field_mark(paragraph, "separate");
        }
        run(paragraph, line.term);
        add(add(paragraph, "w:r"), "w:tab");
        for (std::size_t i = 0; i < line.chapters.size(); ++i) {
            if (i > 0) add(add(paragraph, "w:r"), "w:t", {{"xml:space", "preserve"}}).text().set(", ");
            page_reference(paragraph, chapter_mark(line.chapters[i]));
        }
    }
    if (!first) field_mark(begin(body_, "BodyText", paper_.language), "end");
}

/// A4, margins as on the PDF; the title page has no running head.
void Body::section() {
    const xml_node how = add(body_, "w:sectPr");
    add(how, "w:headerReference", {{"w:type", "default"}, {"r:id", "rIdHeader"}});
    add(how, "w:footerReference", {{"w:type", "default"}, {"r:id", "rIdFooter"}});
    add(how, "w:pgSz", {{"w:w", "11906"}, {"w:h", "16838"}});
    add(how, "w:pgMar",
        {{"w:top", "1531"},
         {"w:right", "1418"},
         {"w:bottom", "1418"},
         {"w:left", "1418"},
         {"w:header", "709"},
         {"w:footer", "709"},
         {"w:gutter", "0"}});
    add(how, "w:titlePg");
    if (paper_.language == Language::ur) add(how, "w:bidi");
}

std::string Body::write() {
    pugi::xml_document document;
    body_ = add(
        add(document, "w:document", {{"xmlns:w", word_namespace}, {"xmlns:r", relations}, {"xmlns:wp", drawing_place}}),
        "w:body");
    title_page();
    contents();
    std::size_t number = 0;
    for (std::size_t p = 0; p < paper_.parts.size(); ++p) {
        const Part& part = paper_.parts[p];
        if (!part.heading.empty()) heading("Heading1", part.heading, part_mark(p));
        if (!part.lede.empty()) paragraph("Lede", part.lede);
        for (const Chapter& one : part.chapters) chapter(one, number++);
    }
    for (std::size_t i = 0; i < paper_.indexes.size(); ++i) index(i);
    section();
    return xml_text(document);
}

}  // namespace

std::string docx_document(const Paper& paper, std::vector<DocxPicture>& pictures) {
    return Body(paper, pictures).write();
}

}  // namespace guidon::files

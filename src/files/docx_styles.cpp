#include <map>

#include "files/docx_body.h"

namespace guidon::files {
namespace {

using pugi::xml_node;

/// One named style; sizes in half points, spaces in twentieths of a point.
struct Look {
    const char* id;
    const char* name;  // as word processors know it: it is translated on their menus
    const char* based_on;
    int size = 0;
    bool bold = false, italic = false;
    const char* align = "";
    int before = 0, after = 0;
    bool keeps_next = false, new_page = false;
    int outline = -1;  // level in the navigation
    const char* grey = "";
    bool tab_right = false;  // a tab with dots at the right margin
    int indent = 0;
};

constexpr Look looks[] = {
    {"BodyText", "Body Text", "Normal", 0, false, false, "both", 0, 120},
    {"Title", "Title", "Normal", 54, true, false, "center", 4200, 240},
    {"Subtitle", "Subtitle", "Normal", 30, false, false, "center", 0, 3600},
    {"Imprint", "Imprint", "Normal", 22, false, false, "center", 0, 60},
    {"Heading1", "heading 1", "Normal", 40, true, false, "", 0, 160, true, true, 0},
    {"Heading2", "heading 2", "Normal", 28, true, false, "", 480, 60, true, false, 1},
    {"Lede", "Lede", "Normal", 22, false, false, "", 0, 120, false, false, -1, "404040"},
    {"Byline", "Byline", "Normal", 19, false, true, "", 0, 100, true, false, -1, "404040"},
    {"FactName", "Fact Name", "Normal", 19, true, false, "", 40, 40},
    {"FactValue", "Fact Value", "Normal", 19, false, false, "", 40, 40},
    {"Picture", "Picture", "Normal", 0, false, false, "center", 160, 60, true},
    {"Caption", "caption", "Normal", 18, false, true, "center", 0, 40},
    {"Credit", "Credit", "Normal", 16, false, false, "center", 0, 160, false, false, -1, "595959"},
    {"TOCHeading", "TOC Heading", "Normal", 34, true, false, "", 0, 200, true},
    {"TOC1", "toc 1", "Normal", 22, true, false, "", 160, 40, false, false, -1, "", true},
    {"TOC2", "toc 2", "Normal", 21, false, false, "", 0, 40, false, false, -1, "", true, 284},
    {"IndexTitle", "Index Title", "Normal", 34, true, false, "", 0, 200, true, true, 0},
    {"Index1", "index 1", "Normal", 20, false, false, "", 0, 40, false, false, -1, "", true},
    {"Header", "header", "Normal", 16, false, false, "center", 0, 0, false, false, -1, "595959"},
    {"Footer", "footer", "Normal", 18, false, false, "center", 0, 0, false, false, -1, "595959"},
};

void size_of(xml_node how, int half_points) {
    add(how, "w:sz", {{"w:val", std::to_string(half_points)}});
    add(how, "w:szCs", {{"w:val", std::to_string(half_points)}});
}

void defaults(xml_node styles) {
    const xml_node all = add(styles, "w:docDefaults");
    const xml_node run = add(add(all, "w:rPrDefault"), "w:rPr");
    add(run, "w:rFonts",
        {{"w:ascii", "Noto Serif"},
         {"w:hAnsi", "Noto Serif"},
         {"w:eastAsia", "Noto Serif"},
         {"w:cs", "Noto Nastaliq Urdu"}});
    size_of(run, 21);
    add(run, "w:lang", {{"w:val", "vi-VN"}, {"w:eastAsia", "vi-VN"}, {"w:bidi", "ur-PK"}});
    add(add(add(all, "w:pPrDefault"), "w:pPr"), "w:spacing", {{"w:line", "276"}, {"w:lineRule", "auto"}});
}

void paragraph_style(xml_node styles, const Look& look, Language language) {
    const xml_node style = add(styles, "w:style", {{"w:type", "paragraph"}, {"w:styleId", look.id}});
    add(style, "w:name", {{"w:val", look.name}});
    add(style, "w:basedOn", {{"w:val", look.based_on}});
    add(style, "w:qFormat");
    const xml_node how = add(style, "w:pPr");
    if (look.keeps_next) add(how, "w:keepNext");
    if (look.new_page) add(how, "w:pageBreakBefore");
    add(how, "w:widowControl");
    if (look.tab_right) {
        // "left" and "right" turn with the paragraph's direction.
        const xml_node tabs = add(how, "w:tabs");
        add(tabs, "w:tab", {{"w:val", "right"}, {"w:leader", "dot"}, {"w:pos", "9070"}});
    }
    if (language == Language::ur) add(how, "w:bidi");
    add(how, "w:spacing", {{"w:before", std::to_string(look.before)}, {"w:after", std::to_string(look.after)}});
    if (look.indent) add(how, "w:ind", {{"w:start", std::to_string(look.indent)}});
    if (*look.align) add(how, "w:jc", {{"w:val", look.align}});
    if (look.outline >= 0) add(how, "w:outlineLvl", {{"w:val", std::to_string(look.outline)}});
    const xml_node run = add(style, "w:rPr");
    if (look.bold) add(run, "w:b");
    if (look.italic) add(run, "w:i");
    if (*look.grey) add(run, "w:color", {{"w:val", look.grey}});
    if (look.size) size_of(run, look.size);
}

void table_style(xml_node styles) {
    const xml_node style = add(styles, "w:style", {{"w:type", "table"}, {"w:styleId", "FactsTable"}});
    add(style, "w:name", {{"w:val", "Facts Table"}});
    const xml_node how = add(style, "w:tblPr");
    const xml_node borders = add(how, "w:tblBorders");
    for (const char* side : {"w:top", "w:bottom", "w:insideH"})
        add(borders, side, {{"w:val", "single"}, {"w:sz", "4"}, {"w:space", "0"}, {"w:color", "BFBFBF"}});
}

}  // namespace

std::string docx_styles(Language language) {
    pugi::xml_document document;
    const xml_node styles = add(document, "w:styles", {{"xmlns:w", word_namespace}});
    defaults(styles);
    const xml_node normal =
        add(styles, "w:style", {{"w:type", "paragraph"}, {"w:default", "1"}, {"w:styleId", "Normal"}});
    add(normal, "w:name", {{"w:val", "Normal"}});
    add(normal, "w:qFormat");
    for (const Look& look : looks) paragraph_style(styles, look, language);
    table_style(styles);
    return xml_text(document);
}

}  // namespace guidon::files

#include "files/pdf_type.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>

#include "base/problem.h"

namespace guidon::files {
namespace {

struct Wanted {
    const char* family;
    const char* style;
};
// Regular Nastaliq alone: its bold calls itself regular in Debian's package, and headings are larger anyway.
constexpr Wanted wanted[] = {
    {"Noto Serif", "Regular"}, {"Noto Serif", "Bold"}, {"Noto Serif", "Italic"}, {"Noto Nastaliq Urdu", "Regular"}};

std::string font_file(const Wanted& font) {
    FcPattern* pattern = FcPatternBuild(nullptr, FC_FAMILY, FcTypeString, font.family, FC_STYLE, FcTypeString,
                                        font.style, static_cast<char*>(nullptr));
    FcObjectSet* columns = FcObjectSetBuild(FC_FILE, static_cast<char*>(nullptr));
    FcFontSet* found = FcFontList(nullptr, pattern, columns);
    std::string file;
    for (int i = 0; found && i < found->nfont; ++i) {
        FcChar8* name = nullptr;
        if (FcPatternGetString(found->fonts[i], FC_FILE, 0, &name) != FcResultMatch) continue;
        const std::string candidate(name, name + std::char_traits<char>::length(reinterpret_cast<char*>(name)));
        if (file.empty() || candidate < file) file = candidate;
    }
    if (found) FcFontSetDestroy(found);
    FcObjectSetDestroy(columns);
    FcPatternDestroy(pattern);
    if (file.empty()) throw Problem("paper.font-missing", {{"font", font.family}}, "", 503);
    return file;
}

/// These fonts and no others: what else is installed does not change a page.
FcConfig* own_fonts() {
    FcConfig* config = FcConfigCreate();
    for (const Wanted& font : wanted) {
        const std::string file = font_file(font);
        FcConfigAppFontAddFile(config, reinterpret_cast<const FcChar8*>(file.c_str()));
    }
    return config;
}

PangoFontDescription* description(Language language, const Style& style) {
    PangoFontDescription* font = pango_font_description_new();
    const bool urdu = language == Language::ur;
    pango_font_description_set_family(font, urdu ? "Noto Nastaliq Urdu,Noto Serif" : "Noto Serif,Noto Nastaliq Urdu");
    pango_font_description_set_absolute_size(font, style.size_pt * PANGO_SCALE);
    if (style.face == Face::bold && !urdu) pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
    if (style.face == Face::italic && !urdu) pango_font_description_set_style(font, PANGO_STYLE_ITALIC);
    return font;
}

PangoAlignment alignment(Align align, Language language) {
    if (align == Align::centre) return PANGO_ALIGN_CENTER;
    return (align == Align::end) != (language == Language::ur) ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
}

void read_lines(Block& block) {
    PangoLayoutIter* iter = pango_layout_get_iter(block.layout.get());
    do {
        PangoRectangle logical;
        pango_layout_iter_get_line_extents(iter, nullptr, &logical);
        block.lines.push_back({pango_layout_iter_get_line_readonly(iter), pango_units_to_double(logical.x),
                               pango_units_to_double(logical.y),
                               pango_units_to_double(pango_layout_iter_get_baseline(iter)),
                               pango_units_to_double(logical.y + logical.height)});
    } while (pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
}

}  // namespace

Typesetter::Typesetter()
    : fonts_(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT)), exact_(cairo_font_options_create()) {
    cairo_font_options_set_hint_style(exact_, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(exact_, CAIRO_HINT_METRICS_OFF);
    FcConfig* config = nullptr;
    try {
        config = own_fonts();
    } catch (...) {
        cairo_font_options_destroy(exact_);
        throw;
    }
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(fonts_.get()), config);
    FcConfigDestroy(config);  // the map keeps its own reference
    for (const Language language : languages) {
        Owned<PangoContext> context(pango_font_map_create_context(fonts_.get()));
        pango_cairo_context_set_font_options(context.get(), exact_);
        pango_cairo_context_set_resolution(context.get(), 72);
        pango_context_set_round_glyph_positions(context.get(), FALSE);
        pango_context_set_language(context.get(), pango_language_from_string(std::string(code(language)).c_str()));
        pango_context_set_base_dir(context.get(), language == Language::ur ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
        contexts_.emplace(language, std::move(context));
    }
}

Typesetter::~Typesetter() {
    cairo_font_options_destroy(exact_);
}

Block Typesetter::set(const Said& said, const Style& style, double width) {
    Block block{.layout = Owned<PangoLayout>(pango_layout_new(contexts_.at(said.language).get())), .grey = style.grey};
    PangoLayout* layout = block.layout.get();
    PangoFontDescription* font = description(said.language, style);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_auto_dir(layout, FALSE);
    pango_layout_set_text(layout, said.text.data(), static_cast<int>(said.text.size()));
    pango_layout_set_width(layout, pango_units_from_double(width));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout, alignment(style.align, said.language));
    pango_layout_set_justify(layout, style.align == Align::justified && said.language != Language::ur);
    if (style.one_line) {
        pango_layout_set_single_paragraph_mode(layout, TRUE);
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    } else if (said.language != Language::ur) {
        pango_layout_set_line_spacing(layout, 1.15F);  // Nastaliq brings its own
    }
    read_lines(block);
    return block;
}

}  // namespace guidon::files

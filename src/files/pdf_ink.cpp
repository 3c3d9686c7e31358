#include <hb.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "files/pdf_type.h"

namespace guidon::files {
namespace {

constexpr double nothing_pt = 0.05;  // narrower is no word but what is left of a space at a line's end

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n';
}

std::string name_of(PangoFont* font) {
    PangoFontDescription* description = pango_font_describe_with_absolute_size(font);
    char* text = pango_font_description_to_string(description);
    std::string name = text;
    g_free(text);
    pango_font_description_free(description);
    return name;
}

/// One letter of the text below: where it stands, and how wide it would be if nobody squeezed it.
struct Letter {
    hb_codepoint_t glyph;
    int bytes;
    double advance;
};

struct Letters {
    std::string text;
    std::vector<Letter> list;
    double width = 0;
};

/// The letters as the font draws them alone. What the font does not have is left out.
Letters letters_of(PangoFont* font, std::string_view text) {
    Letters letters;
    hb_font_t* shapes = pango_font_get_hb_font(font);
    const char* end = text.data() + text.size();
    for (const char* at = text.data(); at < end; at = g_utf8_next_char(at)) {
        hb_codepoint_t glyph = 0;
        if (!hb_font_get_nominal_glyph(shapes, g_utf8_get_char(at), &glyph)) continue;
        const auto bytes = static_cast<int>(g_utf8_next_char(at) - at);
        const double advance = pango_units_to_double(hb_font_get_glyph_h_advance(shapes, glyph));
        letters.text.append(at, static_cast<std::size_t>(bytes));
        letters.list.push_back({glyph, bytes, advance});
        letters.width += advance;
    }
    return letters;
}

}  // namespace

struct Ink::Run {
    PangoFont* font;
    cairo_scaled_font_t* scaled;
    PangoGlyphString* glyphs;
    std::string_view text;
    std::vector<double> left;  // of each glyph; one more: the run's right end
    double baseline;
    double grey;
};

/// Glyphs [first, last) of a run, in the order of the eye, and the text that they stand for.
struct Ink::Word {
    int first, last;
    std::string_view text;
};

namespace {

template <class Run>
std::string_view text_of(const Run& run, int first, int last) {
    const int* clusters = run.glyphs->log_clusters;
    const auto [low, high] = std::minmax_element(clusters + first, clusters + last);
    auto end = static_cast<int>(run.text.size());
    for (int i = 0; i < run.glyphs->num_glyphs; ++i)
        if (clusters[i] > *high) end = std::min(end, clusters[i]);
    return run.text.substr(static_cast<std::size_t>(*low), static_cast<std::size_t>(end - *low));
}

template <class Run>
std::vector<cairo_glyph_t> placed(const Run& run, int first, int last, double left, double baseline) {
    std::vector<cairo_glyph_t> glyphs;
    for (int i = first; i < last; ++i) {
        const PangoGlyphInfo& info = run.glyphs->glyphs[i];
        if (info.glyph == PANGO_GLYPH_EMPTY || (info.glyph & PANGO_GLYPH_UNKNOWN_FLAG)) continue;
        glyphs.push_back({info.glyph,
                          run.left[static_cast<std::size_t>(i)] - left + pango_units_to_double(info.geometry.x_offset),
                          baseline + pango_units_to_double(info.geometry.y_offset)});
    }
    return glyphs;
}

}  // namespace

Ink::~Ink() {
    for (const auto& [word, surface] : outlines_) cairo_surface_destroy(surface);
}

void Ink::draw(const SetLine& line, double left, double baseline, double grey) {
    const char* text = pango_layout_get_text(line.line->layout);
    double at = left;
    for (const GSList* next = line.line->runs; next; next = next->next) {
        auto* item = static_cast<PangoGlyphItem*>(next->data);
        const PangoAnalysis& how = item->item->analysis;
        Run run{.font = how.font,
                .scaled = pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(how.font)),
                .glyphs = item->glyphs,
                .text = {text + item->item->offset, static_cast<std::size_t>(item->item->length)},
                .baseline = baseline,
                .grey = grey};
        const double begin = at;
        run.left.push_back(at);
        for (int i = 0; i < item->glyphs->num_glyphs; ++i)
            run.left.push_back(at += pango_units_to_double(item->glyphs->glyphs[i].geometry.width));
        if (how.level % 2 == 0) {
            cairo_set_source_rgb(page_, grey, grey, grey);
            cairo_move_to(page_, begin, baseline);
            pango_cairo_show_glyph_item(page_, text, item);
            continue;
        }
        const auto blank = [&](int i) {
            return is_blank(run.text[static_cast<std::size_t>(run.glyphs->log_clusters[i])]);
        };
        for (int first = 0, last = 0; first < run.glyphs->num_glyphs; first = last) {
            while (last < run.glyphs->num_glyphs && blank(last) == blank(first)) ++last;
            draw_word(run, {first, last, text_of(run, first, last)});
        }
    }
}

void Ink::draw_word(const Run& run, const Word& word) {
    const double left = run.left[static_cast<std::size_t>(word.first)];
    const double right = run.left[static_cast<std::size_t>(word.last)];
    const Letters letters = letters_of(run.font, word.text);
    if (right - left < nothing_pt) return;
    if (letters.width > 0) {
        const double squeeze = (right - left) / letters.width;
        std::vector<cairo_glyph_t> glyphs;
        std::vector<cairo_text_cluster_t> clusters;
        double at = right;
        for (const Letter& letter : letters.list) {
            at -= letter.advance * squeeze;
            // A mark has no width: a hair further on, so that it follows its letter.
            glyphs.push_back({letter.glyph, letter.advance > 0 ? at : at - nothing_pt / 2, run.baseline});
            clusters.push_back({letter.bytes, 1});
        }
        std::reverse(glyphs.begin(), glyphs.end());
        cairo_matrix_t size;
        cairo_scaled_font_get_font_matrix(run.scaled, &size);
        size.xx *= squeeze;
        cairo_save(page_);
        cairo_set_source_rgb(page_, 1, 1, 1);
        cairo_set_font_face(page_, cairo_scaled_font_get_font_face(run.scaled));
        cairo_set_font_matrix(page_, &size);
        cairo_show_text_glyphs(page_, letters.text.data(), static_cast<int>(letters.text.size()), glyphs.data(),
                               static_cast<int>(glyphs.size()), clusters.data(), static_cast<int>(clusters.size()),
                               CAIRO_TEXT_CLUSTER_FLAG_BACKWARD);
        cairo_restore(page_);
    }
    if (is_blank(word.text.front())) return;
    cairo_set_source_surface(page_, outline(run, word), left, run.baseline);
    cairo_paint(page_);
}

/// Each word is kept once and used wherever it stands again: a fifth of the time and a fiftieth of the bytes.
cairo_surface_t* Ink::outline(const Run& run, const Word& word) {
    cairo_surface_t*& surface = outlines_[{name_of(run.font) + std::to_string(run.grey), std::string(word.text)}];
    if (surface) return surface;
    const auto glyphs = placed(run, word.first, word.last, run.left[static_cast<std::size_t>(word.first)], 0);
    cairo_text_extents_t size;
    cairo_scaled_font_glyph_extents(run.scaled, glyphs.data(), static_cast<int>(glyphs.size()), &size);
    cairo_rectangle_t bounds{size.x_bearing - 1, size.y_bearing - 1, size.width + 2, size.height + 2};
    if (!glyphs.empty()) {  // bearings count from the first glyph
        bounds.x += glyphs.front().x;
        bounds.y += glyphs.front().y;
    }
    surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &bounds);
    cairo_t* pen = cairo_create(surface);
    cairo_set_scaled_font(pen, run.scaled);
    cairo_set_source_rgb(pen, run.grey, run.grey, run.grey);
    cairo_glyph_path(pen, glyphs.data(), static_cast<int>(glyphs.size()));
    cairo_fill(pen);
    cairo_destroy(pen);
    return surface;
}

}  // namespace guidon::files

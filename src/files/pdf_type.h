// How does a text become lines of shaped glyphs, and lines marks on a PDF's page whose text can be copied out again?
// For files/pdf_*.cpp alone.
#pragma once

#include <cairo.h>
#include <pango/pangocairo.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "files/paper.h"

namespace guidon::files {

struct Unref {
    void operator()(gpointer object) const { g_object_unref(object); }
};
template <class Object>
using Owned = std::unique_ptr<Object, Unref>;

enum class Face { regular, bold, italic };
enum class Align { start, centre, end, justified };  // start: left, or right in Urdu
struct Style {
    double size_pt = 10.5;
    Face face = Face::regular;
    Align align = Align::start;
    double grey = 0;        // 0 black … 1 white
    bool one_line = false;  // what does not fit is cut with an ellipsis
};

struct SetLine {
    PangoLayoutLine* line;
    double x;  // of all places in points: from the block's left
    double top, baseline, bottom;
};
/// A text set to a width. The lines live as long as the layout.
struct Block {
    Owned<PangoLayout> layout;
    std::vector<SetLine> lines;
    double grey = 0;

    double height() const { return lines.empty() ? 0 : lines.back().bottom; }
};

class Typesetter {
public:
    /// Throws Problem "paper.font-missing".
    Typesetter();
    ~Typesetter();
    Typesetter(const Typesetter&) = delete;
    Typesetter& operator=(const Typesetter&) = delete;

    Block set(const Said& said, const Style& style, double width);

private:
    Owned<PangoFontMap> fonts_;
    cairo_font_options_t* exact_;  // no hinting: metrics of paper, not of a screen
    std::map<Language, Owned<PangoContext>> contexts_;
};

/// Draws lines on one PDF. Urdu is drawn as outlines with its letters below them: the sloping baselines of Nastaliq
/// make every reader of PDFs guess lines and words wrongly, so the text that is copied stands upright beneath, one
/// letter after the other, white.
class Ink {
public:
    explicit Ink(cairo_t* page) : page_(page) {}
    ~Ink();
    Ink(const Ink&) = delete;
    Ink& operator=(const Ink&) = delete;

    void draw(const SetLine& line, double left, double baseline, double grey);

private:
    struct Run;
    struct Word;
    void draw_word(const Run& run, const Word& word);
    cairo_surface_t* outline(const Run& run, const Word& word);

    cairo_t* page_;
    std::map<std::pair<std::string, std::string>, cairo_surface_t*> outlines_;  // by font and grey, and word
};

}  // namespace guidon::files

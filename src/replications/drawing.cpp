#include "replications/drawing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/escaped.h"

namespace guidon::replications {
namespace {

constexpr int row = 46, column = 236, edge = 16;              // pixels
constexpr std::size_t longest_unit = 33, longest_title = 40;  // characters

/// At most so many characters (not bytes), with a mark where there were more: in the middle, because what tells
/// the units of a family apart, a number or a place, stands at the end of their names.
std::string shortened(const std::string& text, std::size_t most) {
    const std::size_t end = most / 3, beginning = most - end - 1;
    std::vector<std::size_t> characters;
    for (std::size_t at = 0; at < text.size(); ++at)
        if ((static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U) characters.push_back(at);
    if (characters.size() <= most) return text;
    return text.substr(0, characters[beginning]) + "…" + text.substr(characters[characters.size() - end]);
}

std::size_t ends_of(const std::vector<Mark>& marks) {
    std::vector<char> has_children(marks.size(), 0);
    for (const Mark& mark : marks)
        if (mark.parent >= 0) has_children[static_cast<std::size_t>(mark.parent)] = 1;
    return static_cast<std::size_t>(std::count(has_children.begin(), has_children.end(), 0));
}

std::string opened(const char* shape, int width, int height, const Manner& manner) {
    const bool file = manner.place == Place::file;
    std::string out = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"{6}\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\""
        " direction=\"{2}\" {3}aria-label=\"{4}\"{5}>",
        width, height, manner.direction == Direction::rtl ? "rtl" : "ltr",
        file ? "role=\"img\" " : "role=\"graphics-document\" ", escaped(manner.label),
        file ? " color=\"#201d1a\" font-family=\"Be Vietnam Pro, Noto Sans, Noto Nastaliq Urdu, sans-serif\"" : "",
        shape);
    if (file) out += fmt::format("<rect width=\"{}\" height=\"{}\" fill=\"#fff\"/>", width, height);
    return out;
}

const char* dot_of(Tone tone) {
    switch (tone) {
        case Tone::active:
            return "class=\"active\" fill=\"#b3202c\" stroke=\"#b3202c\"";
        case Tone::waiting:
            return "class=\"waiting\" fill=\"none\" stroke=\"currentColor\" stroke-dasharray=\"2 2\"";
        case Tone::over:
            return "class=\"over\" fill=\"none\" stroke=\"currentColor\"";
    }
    return "";
}

// Columns ---------------------------------------------------------------------------------------------------------

/// Each end of a branch has a row; what leads to it stands beside its first child.
std::vector<int> rows_of(const std::vector<Mark>& marks) {
    std::vector<int> rows(marks.size(), 0);
    int next = -1;
    for (std::size_t i = 0; i < marks.size(); ++i) {
        const bool first_child = i > 0 && marks[i].parent == static_cast<int>(i) - 1;
        if (!first_child) ++next;
        rows[i] = next;
    }
    return rows;
}

std::string in_columns(const std::vector<Mark>& marks, const Manner& manner) {
    const auto rows = rows_of(marks);
    int generations = 0, last_row = 0;
    for (std::size_t i = 0; i < marks.size(); ++i) {
        generations = std::max(generations, marks[i].generation);
        last_row = std::max(last_row, rows[i]);
    }
    const int width = (generations + 1) * column + edge, height = (last_row + 1) * row + edge;
    const bool mirrored = manner.direction == Direction::rtl;
    const auto x_of = [&](int from_start) { return mirrored ? width - from_start : from_start; };
    const auto along = [&](std::size_t i) { return edge + marks[i].generation * column; };
    const auto y_of = [&](std::size_t i) { return edge + row / 2 + rows[i] * row; };

    std::string lines, names;
    // In a family the titles are much the same: whose each is tells them apart, and stands first.
    for (std::size_t i = 0; i < marks.size(); ++i) {
        const Mark& mark = marks[i];
        const int x = along(i), y = y_of(i);
        if (mark.parent >= 0) {
            const auto above = static_cast<std::size_t>(mark.parent);
            // the stem stands in front of the children's column; the first child's line goes straight on
            lines += rows[above] == rows[i] ? fmt::format("M{} {}H{}", x_of(along(above)), y, x_of(x))
                                            : fmt::format("M{} {}V{}H{}", x_of(x - 14), y_of(above), y, x_of(x));
        }
        names += fmt::format(
            "<circle cx=\"{}\" cy=\"{}\" r=\"4.500\" {}/><a href=\"{}\"><text x=\"{}\" y=\"{}\" font-size=\"12\""
            " fill=\"currentColor\"><title>{}</title>{}</text></a><text class=\"about\" x=\"{}\" y=\"{}\""
            " font-size=\"11\" fill=\"currentColor\">{}</text>",
            x_of(x), y, dot_of(mark.tone), escaped(mark.href), x_of(x + 9), y - 6,
            escaped(mark.title + " · " + mark.about), escaped(shortened(mark.about, longest_unit)), x_of(x + 9), y + 16,
            escaped(shortened(mark.title, longest_title)));
    }
    return opened("columns", width, height, manner) + "<path class=\"lines\" d=\"" + lines +
           "\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\".4\"/>" + names + "</svg>";
}

// A wheel ---------------------------------------------------------------------------------------------------------

struct Spot {
    double x = 0, y = 0;
};

/// The turn of each: ends of branches evenly round, what leads to them in the middle of its first and last child.
std::vector<double> turns_of(const std::vector<Mark>& marks, std::size_t ends) {
    std::vector<double> first(marks.size(), -1), last(marks.size(), -1), turns(marks.size(), 0);
    for (std::size_t i = marks.size(), end = ends; i-- > 0;) {
        if (first[i] < 0) first[i] = last[i] = static_cast<double>(--end);
        turns[i] = (first[i] + last[i]) / 2 / static_cast<double>(ends) * 2 * std::numbers::pi;
        if (marks[i].parent < 0) continue;
        const auto above = static_cast<std::size_t>(marks[i].parent);
        if (last[above] < 0) last[above] = last[i];
        first[above] = first[i];
    }
    return turns;
}

std::string as_wheel(const std::vector<Mark>& marks, std::size_t ends, const Manner& manner) {
    int generations = 0;
    for (const Mark& mark : marks) generations = std::max(generations, mark.generation);
    const bool one_root = std::count_if(marks.begin(), marks.end(), [](const Mark& m) { return m.parent < 0; }) == 1;
    // of many first ones: room enough for all of them inside
    const double inside = one_root ? 0 : .35;
    const double radius = std::max(300.0, static_cast<double>(ends) * 7 / (2 * std::numbers::pi));
    const int size = static_cast<int>(std::ceil(radius)) * 2 + 2 * edge;
    const auto turns = turns_of(marks, ends);
    const auto spot = [&](std::size_t i, double ring) {
        const double share = inside + (1 - inside) * ring / std::max(generations, 1);
        const double way = radius * share, middle = size / 2.0;
        const double side = manner.direction == Direction::rtl ? -1 : 1;
        return Spot{middle + side * way * std::sin(turns[i]), middle - way * std::cos(turns[i])};
    };
    std::string lines, dots;
    for (std::size_t i = 0; i < marks.size(); ++i) {
        const double ring = marks[i].generation;
        const Spot here = spot(i, ring);
        if (marks[i].parent >= 0) {
            const Spot above = spot(static_cast<std::size_t>(marks[i].parent), ring - 1), bend = spot(i, ring - 0.5);
            lines += fmt::format("M{:.1f} {:.1f}Q{:.1f} {:.1f} {:.1f} {:.1f}", above.x, above.y, bend.x, bend.y, here.x,
                                 here.y);
        }
        dots += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{}\" {}><title>{}</title></circle>", here.x,
                            here.y, marks[i].parent < 0 ? "4" : "3", dot_of(marks[i].tone),
                            escaped(marks[i].title + " · " + marks[i].about));
    }
    return opened("wheel", size, size, manner) + "<path class=\"lines\" d=\"" + lines +
           "\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\".35\"/>" + dots + "</svg>";
}

}  // namespace

std::string drawn(const std::vector<Mark>& marks, const Manner& manner) {
    if (marks.empty()) return "";
    const std::size_t ends = ends_of(marks);
    return ends <= most_named ? in_columns(marks, manner) : as_wheel(marks, ends, manner);
}

}  // namespace guidon::replications

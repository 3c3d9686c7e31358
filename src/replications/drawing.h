// How is a family drawn? As SVG, made here, so that it is on paper and without scripts what it is on the screen:
// columns by generation while everything can be named, a wheel of dots where there are too many for that. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace guidon::replications {

/// How far it is: what its dot looks like.
enum class Tone { active, waiting, over };

/// One of those drawn; parents before their children.
struct Mark {
    int parent = -1;  // -1: a first one; there may be many
    int generation = 0;
    std::string title, about;  // what it is; whose it is, which stands first
    std::string href;
    Tone tone = Tone::active;
};

enum class Direction { ltr, rtl };
/// A part of a page takes the page's colours; a file of its own is black on white.
enum class Place { page, file };

struct Manner {
    Direction direction = Direction::ltr;
    Place place = Place::page;
    std::string label;  // what the drawing shows, for who does not see it
};

/// Up to so many ends of branches are named; more become a wheel.
constexpr std::size_t most_named = 120;

/// The drawing. Empty marks give an empty text.
std::string drawn(const std::vector<Mark>& marks, const Manner& manner);

}  // namespace guidon::replications

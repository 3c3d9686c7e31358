// What may stand in a text that somebody typed? Letters of every script; nothing that hides, turns the direction of
// what follows, or controls a terminal.
//
// Every title, name and longer text of a form or file passes here before it is stored, so that no page, list or
// certificate has to defend itself. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace guidon {

/// A title or name: one line. Line ends, tabs and all kinds of blanks become one blank, none is left at the ends.
/// Taken out, because nobody sees them: what embeds, overrides or isolates a direction (U+202A–202E, U+2066–2069), byte
/// order marks, zero-width spaces. Kept: U+200C–200F, which Urdu is written with.
/// Throws Problem "text.control" for a control character or what is no UTF-8, "text.too-long" {most, length} for more
/// than `most` characters (code points after cleaning). May give back an empty text: whether that will do is for the
/// caller to say.
std::string clean_line(std::string_view text, std::size_t most, const std::string& field);

/// A text of paragraphs: as clean_line within each line; lines end with '\n', of several empty lines one is kept, none
/// at the beginning and the end.
std::string clean_text(std::string_view text, std::size_t most, const std::string& field);

/// Code points of well-formed UTF-8.
std::size_t length_of(std::string_view text);

}  // namespace guidon

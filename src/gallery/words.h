// Which words does a text have for the search, what does somebody look for, and where does a text say it? Pure.
//
// Texts are compared folded (base/language.h). Vietnamese writes a space between syllables, so that what belongs
// together is a phrase: words that stand beside each other count for more. Urdu joins words with a zero-width
// non-joiner as often as with a space; both separate.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace guidon::gallery {

/// A text for the search: `folded` has one word for each word of `shown`, both with one space between words. Inside of
/// a word of `folded` are letters and digits; what else there was is a hyphen.
struct WordText {
    std::string folded, shown;
    bool operator==(const WordText&) const = default;
};
WordText words_of(std::string_view text);

/// The letters and digits of a folded text, word by word.
std::vector<std::string> tokens_of(std::string_view folded);

/// One thing that is looked for: words beside each other.
struct Term {
    std::vector<std::string> words;
    bool beginning = false;  // the last of them may go on
    bool operator==(const Term&) const = default;
};
/// Each word is looked for; in quotation marks words beside each other; `word*` finds what begins so. At most twelve
/// words.
std::vector<Term> terms_of(std::string_view typed);

/// All words of them beside each other.
Term as_one(const std::vector<Term>& terms);

/// Whether a folded text has it.
bool says(std::string_view folded, const Term& term);

/// A piece of a text; a hit is what was looked for.
struct Piece {
    std::string text;
    bool hit = false;
    bool operator==(const Piece&) const = default;
};
/// Some words around the best place, with "…" where it was cut; the beginning if nothing of `terms` is in it.
std::vector<Piece> snippet(std::string_view folded, std::string_view shown, const std::vector<Term>& terms);

}  // namespace guidon::gallery

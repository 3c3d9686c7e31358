// What is in the catalogues of one language, compiled once? Used by base/language.cpp and by tests that walk it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"

namespace guidon {

/// One message pattern. Most have plain arguments only and are filled without ICU.
struct Message {
    struct Piece {
        bool argument;
        std::string text;  // literal text, or the argument's name
    };
    std::string pattern;
    std::vector<Piece> pieces;         // only if `plain`
    bool plain = true;                 // `{name}` arguments only
    std::vector<std::string> names;    // of all arguments, sorted
    std::vector<std::string> numbers;  // those with plural forms or a number format, sorted
    std::vector<std::string> choices;  // those that choose among words, sorted
};

using Catalogue = std::map<std::string, Message, std::less<>>;

/// Merged from locales/LANG/*.json at first use. A key in two areas, or a pattern that ICU refuses, is our mistake.
const Catalogue& catalogue(Language language);

}  // namespace guidon

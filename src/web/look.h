// How does this reader like pages? The colours and the digits that they chose; cookies keep it, beside the language.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>

#include "base/language.h"
#include "web/negotiation.h"

namespace guidon::web {

enum class Theme { automatic, light, dark };  // automatic: as the reader's system has it
enum class Digits { latin, native };          // native: ۰–۹ in pages in Urdu; a page in another language has none

struct Look {
    Theme theme = Theme::automatic;
    Digits digits = Digits::latin;

    bool operator==(const Look&) const = default;
};

/// By the cookies `theme` (light, dark) and `digits` (native); anything else is as if it were not there.
Look wanted_look(const Headers& headers);

/// "light", "dark"; "" for automatic: the value of the page's attribute data-theme.
std::string_view code(Theme theme);

/// `text` with ۰–۹ for 0–9 (the digits of Urdu, U+06F0 to U+06F9). A word with Latin letters stays (a code, an address,
/// a formula's name), and so does a text without a letter of the Arabic script that has Latin ones: it is in another
/// language.
std::string with_native_digits(std::string_view text);

/// Writes the texts that people read with native digits: fields named title, lede, kicker, about, text, detail, error,
/// caption, and those that end in _text. Everything else – addresses, ids, codes, values of inputs – stays.
void use_native_digits(boost::json::value& document);

/// The fixed words (`t.…`) with native digits.
const std::map<std::string, std::string>& native_words(Language language);

}  // namespace guidon::web

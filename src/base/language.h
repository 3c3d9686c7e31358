// In which words does the program speak? English, Vietnamese and Urdu, from the catalogues in locales/.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

namespace guidon {

enum class Language { en, vi, ur };
constexpr Language languages[] = {Language::en, Language::vi, Language::ur};

std::string_view code(Language language);  // "en", "vi", "ur"
std::optional<Language> language_of(std::string_view code);
/// "rtl" for Urdu, "ltr" otherwise.
std::string_view direction(Language language);
/// The best of our languages for an `Accept-Language` header (RFC 9110 quality values); English if none fits.
Language accepted(std::string_view accept_language);

/// A text in several languages: language code → text. Codes beyond ours are kept.
using Texts = std::map<std::string, std::string>;
/// The text in `language`, else English, else Vietnamese, else the first there is; "" when there is none.
const std::string& pick(const Texts& texts, Language language);

/// The catalogue entry `key` as an ICU message pattern, filled with `arguments`. Arguments that read as numbers
/// also serve plural and number formats. An unknown key is our mistake (BrokenPromise).
std::string say(Language language, std::string_view key, const Arguments& arguments = {});
/// Whether the catalogue of `language` has `key`.
bool has_message(Language language, std::string_view key);
/// All entries whose key begins with `prefix`, without the prefix: the fixed words of a page.
const std::map<std::string, std::string>& words(Language language, const std::string& prefix);

/// `problem.CODE` filled with the arguments.
std::string sentence(Language language, const Problem& problem);
/// `FILE:LINE:COLUMN: sentence`, as the command line prints it.
std::string sentence(Language language, const Fault& fault);

/// A plain decimal ("1234567.500") as `language` writes it ("1,234,567.500", "1.234.567,500"); exact, no rounding.
std::string number_text(Language language, std::string_view decimal);
/// An ISO date ("2024-03-14") as `language` writes it.
std::string date_text(Language language, std::string_view iso_date);

/// A key that orders as `language` collates (ICU); comparing keys as bytes gives the order.
std::string collation_key(Language language, std::string_view text);

/// What search compares: NFKC, lower case, marks off, đ→d, one form of each Urdu letter and digit
/// (ی ي ى → ی, ک ك → ک, ہ ه ة → ہ, Persian and Arabic digits → 0–9), spaces collapsed.
std::string folded(std::string_view text);

/// Whether `text` is well-formed UTF-8; otherwise the offset of the first wrong byte.
std::optional<std::size_t> first_invalid_utf8(std::string_view text);

}  // namespace guidon

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

/// A text in several languages: language code → text. Codes beyond ours are kept; "" is the text that was given
/// without a language (the plain `name` column of units.csv: the unit's own, official name).
using Texts = std::map<std::string, std::string>;
/// The text in `language`, else the one without a language, else English, else Vietnamese, else the first there is;
/// "" when there is none.
const std::string& pick(const Texts& texts, Language language);

/// The catalogue entry `key` as an ICU message pattern, filled with `arguments`. A plain `{name}` takes its argument
/// as it is (a unit code stays a code); plural forms and `{name, number}` read it as a decimal and write it exactly.
/// An argument that is not given stays visible as `{name}`. An unknown key is our mistake (BrokenPromise).
std::string say(Language language, std::string_view key, const Arguments& arguments = {});
/// Whether the catalogue of `language` has `key`.
bool has_message(Language language, std::string_view key);
/// All entries whose key begins with `prefix`, without the prefix: the fixed words of a page. Patterns with
/// arguments are among them as they are written.
const std::map<std::string, std::string>& words(Language language, const std::string& prefix);

/// `problem.CODE` filled with the arguments.
std::string sentence(Language language, const Problem& problem);
/// `FILE:LINE:COLUMN: sentence`, as the command line prints it; what is not known of the place is left out, and a
/// warning says that it is one.
std::string sentence(Language language, const Fault& fault);

/// A plain decimal ("1234567.500") as `language` writes it ("1,234,567.500", "1.234.567,500"); exact, no rounding.
/// Anything else (an empty text, a fraction) is given back as it is.
std::string number_text(Language language, std::string_view decimal);
/// A number as people type it in `language`, with or without signs between thousands ("1.234,5", "1234,5", "۱۲"), as a
/// plain decimal. A plain decimal stays one where the language does not read it otherwise; so does anything else.
std::string plain_number(Language language, std::string_view typed);
/// A plain decimal for a field in which it is changed: number_text() without signs between thousands.
std::string typed_number(Language language, std::string_view decimal);
enum class DateStyle { spelled, medium };  // "14 March 2024" for sentences, "14 Mar 2024" for tables
/// An ISO date ("2024-03-14") as `language` writes it. Anything else is given back as it is.
std::string date_text(Language language, std::string_view iso_date, DateStyle style = DateStyle::spelled);

/// A key that orders as `language` collates (ICU); comparing keys as bytes gives the order.
std::string collation_key(Language language, std::string_view text);

/// What search compares: NFKC, lower case, marks off, đ→d, one form of each Urdu letter and digit
/// (ی ي ى → ی, ک ك → ک, ہ ه ة → ہ, Persian and Arabic digits → 0–9), spaces collapsed.
std::string folded(std::string_view text);

/// The offset of the first byte that is not well-formed UTF-8; nothing if all of `text` is.
std::optional<std::size_t> first_invalid_utf8(std::string_view text);

}  // namespace guidon

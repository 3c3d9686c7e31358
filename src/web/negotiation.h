// In which form, language and encoding does the client want its answer?
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/language.h"
#include "web/address.h"

namespace guidon::web {

enum class Representation { html, json };
enum class Encoding { identity, gzip, br };

using Headers = std::map<std::string, std::string>;  // names in lower case

/// The quality (0–1000) that an Accept-like header gives to `value`; `*` (for media types also `type/*`) counts.
/// 0 when the header does not take it.
int quality(std::string_view header, std::string_view value);

/// JSON if `format` (suffix or query parameter) says so or Accept prefers it to HTML; HTML otherwise.
Representation wanted_representation(std::string_view format, std::string_view accept);

/// `?lang=`, else the cookie `lang`, else Accept-Language.
Language wanted_language(const Pairs& query, const Headers& headers);

/// The value of a cookie; "" when there is none.
std::string cookie(std::string_view header, std::string_view name);

/// Whether one of the tags in If-None-Match is `tag` (weak comparison).
bool tag_matches(std::string_view if_none_match, std::string_view tag);

}  // namespace guidon::web

// How does a page of the server become a file that opens without one? Its links lead to files beside it; forms, scripts
// and what is not in the copy are taken out. Pure.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guidon::cli {

/// The file for an address of this site ("/exemplars?field=economy&page=2") in the copy of one language:
/// "exemplars,field=economy,page=2.html". Pictures, styles and fonts keep their ending and have one file for all
/// languages.
std::string file_for(std::string_view address);
/// Whether it is shared by the languages: what has an ending of its own, or comes from /evidence.
bool is_shared(std::string_view address);

/// The addresses of this site to which a page leads or which it shows (href, src), unescaped, without fragments.
std::vector<std::string> links_of(std::string_view page);

/// What a link becomes: another address with its fragment, or nothing when the copy has no such page.
using NewLink = std::function<std::optional<std::string>(const std::string& address)>;
/// The page with other links. Of what leads nowhere the words stay. Forms and scripts go; data for search engines
/// stays.
std::string with_links(std::string_view page, const NewLink& link);

/// From the folder of file `from` to file `to`, both as seen from the copy's root.
std::string relative(std::string_view from, std::string_view to);

}  // namespace guidon::cli

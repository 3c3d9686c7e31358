// Which files were built into the binary? Each function is generated from one folder of the source tree.
#pragma once

#include <map>
#include <string_view>

namespace guidon::embedded {

/// Path below the folder (with `/`) → content. Sorted by path; the views live as long as the program.
using Files = std::map<std::string_view, std::string_view>;

const Files& locales();       // locales/
const Files& migrations();    // migrations/
const Files& templates();     // templates/
const Files& api();           // api/
const Files& movements();     // movements/
const Files& review_forms();  // review-forms/
const Files& demo();          // demo/
const Files& assets();        // web/, as built

}  // namespace guidon::embedded

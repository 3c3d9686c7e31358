// How does a document become a page? By the Mustache template of its name, parsed once a thread and kept.
//
// What a template sees is told in resource.h. Parts ({{> name}}) are put in place when a template is loaded, and
// runs of white space with a line break shrink to the break, so that rendering touches what varies and little else.
#pragma once

#include <boost/json.hpp>
#include <map>
#include <string>
#include <string_view>

#include "base/embedded.h"

namespace guidon::web {

/// Fixed words of a page: what {{t.NAME}} says.
using Words = std::map<std::string, std::string>;

enum class Layout { page, fragment };

class Templates {
public:
    explicit Templates(const embedded::Files& files);

    bool has(const std::string& name) const;
    /// The text of template `name` with its parts in place, for checks. BrokenPromise if there is none.
    std::string text(const std::string& name, Layout layout) const;
    /// Fills the template; everything is escaped for HTML but {{{…}}}.
    std::string render(const std::string& name, Layout layout, const boost::json::value& document,
                       const Words& words) const;

private:
    std::string expanded(std::string_view text, const std::string& content, int depth) const;

    const embedded::Files& files_;
};

}  // namespace guidon::web

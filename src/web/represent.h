// How does an Answer become bytes? As JSON or as a page, tagged, compressed, and kept when it carries a version.
#pragma once

#include <string>

#include "web/assets.h"
#include "web/http.h"
#include "web/kept.h"
#include "web/look.h"
#include "web/negotiation.h"
#include "web/resource.h"
#include "web/templates.h"

namespace guidon::web {

/// What one client wants to see.
struct Wish {
    std::string origin;  // of this server as the client names it: "https://guidon.example"
    Address address;
    Language language = Language::en;
    Look look;
    Representation representation = Representation::html;
    Layout layout = Layout::page;
    std::string format;  // suffix or `?format=`
    std::string accept_encoding;
    std::string if_none_match;
    std::optional<Address> shown_as;       // of a change: the page on which its answer stands, for links to itself
    bool conditional = true;               // GET and HEAD; the outcome of a change is never "not modified"
    std::shared_ptr<const Caller> caller;  // what one person sees is kept for nobody
};

class Presenter {
public:
    struct Parts {
        const embedded::Files& templates;
        const embedded::Files& assets;
        std::string version;  // of the product
        std::size_t kept_bytes = 20 << 20;
    };
    explicit Presenter(Parts parts);

    /// Problem web.no-such-representation (404) for .csv or .xlsx of what only has pages and JSON.
    Outgoing present(Answer answer, const Wish& wish);
    /// A problem document, as problem+json or as the page web/problem; as plain text if even that fails.
    Outgoing present_problem(int status, boost::json::object document, const Wish& wish);

    const Assets& assets() const { return assets_; }
    std::size_t kept_bytes() const { return kept_.bytes(); }

private:
    struct Body {
        std::string type;
        std::string content;
    };
    Body body(Answer& answer, const Wish& wish) const;
    std::shared_ptr<const KeptBody> versioned(Answer& answer, const Wish& wish);
    std::shared_ptr<const KeptBody> made(Answer& answer, const Wish& wish) const;
    std::string page(const std::string& name, boost::json::object document, const Wish& wish) const;
    std::string build_of(const Parts& parts) const;

    Templates templates_;
    Assets assets_;
    std::string version_;
    std::string build_;  // changes with whatever is built in and with each run, so that old tags never fit
    KeptBodies kept_;
};

}  // namespace guidon::web

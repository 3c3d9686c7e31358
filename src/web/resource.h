// How does a page handler meet the web? It reads a Request, and answers with a document; the server turns that
// into JSON or HTML (template of the given name), compresses, tags and logs it. No handler sees HTTP itself.
//
// A template is templates/NAME.mustache, put into templates/layout/page.mustache where that says {{> content}}.
// It sees the document's fields, and
//   {{t.rank}}, {{t.standings.empty}}   fixed words: the entries `t.rank` … of the catalogues (a test finds missing
//   ones)
//   {{page.language}} {{page.direction}} {{page.canonical}} {{page.path}} {{page.version}}
//   {{page.theme}}                      light or dark, when the reader chose one
//   {{#page.languages}} {{code}} {{name}} {{direction}} {{href}} {{#current}} {{/page.languages}}
//   {{page.assets.theme_css}}           address of web asset theme.css (other characters than letters and digits: _)
//   {{#page.at.movements}}              true when the path begins with /movements: marks the place in the navigation
//   {{> layout/header}}                 a part: templates/layout/header.mustache
// Empty text, null and false hide a section; text, numbers and objects show it once, arrays once an element;
// {{#rows.length}} shows something once when array `rows` is not empty.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/language.h"
#include "web/upload_type.h"

namespace guidon::web {

enum class Method { get, post, put, patch, del };

/// Who asks, as the rest of the program knows them (people/viewer.h). Nobody in particular – the public – is null.
struct Caller {
    virtual ~Caller() = default;
    /// What every page shows of them, the value of `page.person`: {name, capacity_text, …}.
    virtual boost::json::object shown(Language language) const = 0;
    /// A fresh value for the hidden field `form` of a page's forms: proves that the form came from a page of this
    /// caller, and that it is sent once.
    virtual std::string form_token() const = 0;
};

/// How much of a body a route takes, in bytes; more is refused with 413.
constexpr std::uint64_t form_limit = 1 << 20;
constexpr std::uint64_t upload_limit = 64 << 20;

struct Request {
    Method method = Method::get;                     // a form's field `_method` (put, patch, delete) stands for POST's
    std::string path;                                // without suffix (.json …) and query
    std::map<std::string, std::string> place;        // what the route's :names matched, percent-decoded
    std::multimap<std::string, std::string> query;   // decoded
    std::multimap<std::string, std::string> fields;  // form fields; of a JSON body: its top-level strings and numbers
    std::optional<boost::json::value> json;          // the body, when it is JSON
    std::map<std::string, Upload> uploads;           // multipart files by field
    std::map<std::string, std::string> headers;      // names in lower case
    Language language = Language::en;
    bool fragment = false;                 // htmx asks for a part of the page only
    std::string id;                        // request id
    std::shared_ptr<const Caller> caller;  // null: the public
    std::string client;                    // address of the client, for throttling alone
    std::string origin;                    // of this server as the client names it: "https://guidon.example"
    bool secure = false;                   // the client speaks https

    std::string asked(const std::string& name, std::string fallback = "") const;  // query parameter
    std::string field(const std::string& name, std::string fallback = "") const;  // form or JSON field
    std::string number(
        const std::string& name) const;  // field() as a plain decimal; forms say in `numbers` how they write
    std::string header(const std::string& name, std::string fallback = "") const;  // name in lower case
    std::string cookie(const std::string& name) const;  // "" when there is none; of https, only one that https set
};

/// A secret is bound to this host over https (prefix __Host-); a taste – language, colours, digits – is read under its
/// plain name, whoever set it.
enum class Worth { secret, taste };

/// For this site's own use: HttpOnly, SameSite=Lax, for all paths; over https Secure.
struct Cookie {
    std::string name, value;
    std::int64_t max_age_s = 0;  // 0: until the browser is closed; negative: taken away
    Worth worth = Worth::secret;
};

/// A choice of how pages look, kept for a year.
Cookie taste(std::string name, std::string value);

/// A file to download instead of a document.
struct Download {
    std::string content;
    std::string content_type;
    std::string file_name;
};

/// Where a redirect may lead: to a path of ours, or – said on purpose – to another server.
enum class Leads { here, elsewhere };

struct Answer {
    int status = 200;
    std::string template_name;     // "evaluation/standings"
    std::string fragment_name;     // template for a `fragment` request; empty: template_name without the layout
    boost::json::object document;  // everything that page and API show
    std::function<boost::json::object()> fill;  // gives the document instead, called only when no kept body with this
                                                // `version` fits: the way to answer hot pages without building them
    std::optional<Download> download;
    std::string location;       // redirect (303) when not empty; an API client is answered with `status` and
                                // the document, if there is one, and the header Location
    Leads leads = Leads::here;  // a location that breaks this promise is our mistake (500), never an open redirect
    std::string version;        // non-empty: strong ETag from it plus the language and representation, the body
                                // may be kept; empty: the ETag is a hash of the body
    std::string cache_control = "no-cache";
    std::vector<Cookie> cookies;
    bool secret = false;  // the document shows a secret once: it is not kept for when the same is sent again
    std::map<std::string, std::string> headers;
};

/// An answer that sends the browser to `location`.
Answer see_other(std::string location);

/// May a handler change something? `change` handlers run one after the other on the writer's thread, inside the
/// transaction that is shared by group commit; the answer leaves when it is on disk.
/// `change_alone` has a transaction of its own: for long work (an import), which must not keep others waiting.
/// Three have lanes of their own and open their own transactions: `slow` for what takes long by design (a password),
/// `files` for what makes or looks into a large file, both one after the other; `remote` for what waits for another
/// server.
enum class Access { read, change, change_alone, slow, files, remote };

using Handler = std::function<Answer(const Request&)>;
struct Route {
    Method method;
    std::string path;  // "/movements/:key/:period/standings"
    Access access;
    Handler handler;
    std::uint64_t body_limit = form_limit;
    std::vector<UploadType> upload_types = {};  // what files may be; others are refused with 415. Empty: anything
    bool secret_path = false;  // the address holds a secret: the log gets the route instead, refused or not
};

/// What the modules register their routes with. Suffixes .json .csv .xlsx are taken off `path` and arrive as
/// query parameter `format`.
class Routes {
public:
    void get(std::string path, Handler handler);
    void change(Method method, std::string path, Handler handler, std::uint64_t body_limit = form_limit);
    void add(Route route);  // e.g. a POST that only reads
    const std::vector<Route>& all() const { return routes_; }

private:
    std::vector<Route> routes_;
};

}  // namespace guidon::web

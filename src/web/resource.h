// How does a page handler meet the web? It reads a Request, and answers with a document; the server turns that
// into JSON or HTML (template of the given name), compresses, tags and logs it. No handler sees HTTP itself.
#pragma once

#include <boost/json.hpp>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/language.h"

namespace guidon::web {

enum class Method { get, post, put, patch, del };

struct Upload {
    std::string file_name;
    std::string content_type;
    std::string content;
};

struct Request {
    Method method = Method::get;
    std::string path;                                    // without suffix (.json …) and query
    std::map<std::string, std::string> place;            // what the route's :names matched, percent-decoded
    std::multimap<std::string, std::string> query;       // decoded
    std::multimap<std::string, std::string> fields;      // form fields; of a JSON body: its top-level strings and numbers
    std::optional<boost::json::value> json;              // the body, when it is JSON
    std::map<std::string, Upload> uploads;               // multipart files by field
    std::map<std::string, std::string> headers;          // names in lower case
    Language language = Language::en;
    bool fragment = false;                               // htmx asks for a part of the page only
    std::string id;                                      // request id

    std::string asked(const std::string& name, std::string fallback = "") const;   // query parameter
    std::string field(const std::string& name, std::string fallback = "") const;   // form or JSON field
};

/// A file to download instead of a document.
struct Download {
    std::string content;
    std::string content_type;
    std::string file_name;
};

struct Answer {
    int status = 200;
    std::string template_name;        // "evaluation/standings"
    boost::json::object document;     // everything that page and API show
    std::optional<Download> download;
    std::string location;             // redirect (303) when not empty
    std::string version;              // non-empty: strong ETag from it plus the language and representation, the body
                                      // may be kept; empty: the ETag is a hash of the body
    std::string cache_control = "no-cache";
    std::map<std::string, std::string> headers;
};

/// May a handler change something? `change` handlers run one after the other on the writer's thread, inside the
/// transaction that is shared by group commit; the answer leaves when it is on disk.
enum class Access { read, change };

using Handler = std::function<Answer(const Request&)>;
struct Route {
    Method method;
    std::string path;       // "/movements/:key/:period/standings"
    Access access;
    Handler handler;
};

/// What the modules register their routes with. Suffixes .json .csv .xlsx are taken off `path` and arrive as
/// query parameter `format`.
class Routes {
public:
    void get(std::string path, Handler handler);
    void change(Method method, std::string path, Handler handler);
    const std::vector<Route>& all() const { return routes_; }

private:
    std::vector<Route> routes_;
};

/// Tells open pages (server-sent events at /live?topic=…) that something changed.
/// `topic` is e.g. "four-good-cells-2024/2024"; `data` a JSON text.
class Live {
public:
    virtual ~Live() = default;
    virtual void tell(const std::string& topic, const std::string& data) = 0;
};

}  // namespace guidon::web

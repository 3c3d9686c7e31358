#include "web/assets.h"

#include <algorithm>

namespace guidon::web {

namespace json = boost::json;

namespace {

std::shared_ptr<const std::string> shared(const embedded::Files& files, const std::string& name) {
    const auto found = files.find(name);
    return found == files.end() ? nullptr : std::make_shared<const std::string>(found->second);
}

std::string as_word(std::string_view name) {
    std::string word(name);
    std::replace_if(
        word.begin(), word.end(),
        [](char c) { return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')); }, '_');
    return word;
}

}  // namespace

std::string type_of_file(std::string_view name) {
    static const std::map<std::string_view, std::string_view> types{{"css", "text/css; charset=utf-8"},
                                                                    {"js", "text/javascript; charset=utf-8"},
                                                                    {"svg", "image/svg+xml"},
                                                                    {"png", "image/png"},
                                                                    {"ico", "image/x-icon"},
                                                                    {"woff2", "font/woff2"}};
    const auto dot = name.rfind('.');
    const auto found = dot == std::string_view::npos ? types.end() : types.find(name.substr(dot + 1));
    return found == types.end() ? "application/octet-stream" : std::string(found->second);
}

Assets::Assets(const embedded::Files& files) {
    const auto manifest = files.find("manifest.json");
    if (manifest == files.end()) return;
    const json::value names = json::parse(manifest->second);
    for (const auto& [logical, file] : names.as_object()) {
        const std::string name(file.as_string());
        addresses_[as_word(logical)] = "/assets/" + name;
        files_[name] = {type_of_file(name), shared(files, name), shared(files, name + ".gz"),
                        shared(files, name + ".br")};
    }
}

Outgoing Assets::file(const std::string& name, std::string_view accept_encoding) const {
    Outgoing out;
    const auto found = files_.find(name);
    if (found == files_.end() || !found->second.plain) return out;
    const File& file = found->second;
    out.set("Content-Type", file.type);
    out.set("Cache-Control", "public, max-age=31536000, immutable");
    if (file.gzip || file.brotli) out.set("Vary", "Accept-Encoding");
    if (file.brotli && quality(accept_encoding, "br") > 0) {
        out.set("Content-Encoding", "br");
        out.body = file.brotli;
    } else if (file.gzip && quality(accept_encoding, "gzip") > 0) {
        out.set("Content-Encoding", "gzip");
        out.body = file.gzip;
    } else {
        out.body = file.plain;
    }
    return out;
}

}  // namespace guidon::web

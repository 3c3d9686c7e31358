#include "web/body.h"

#include <algorithm>

#include "base/problem.h"
#include "web/address.h"

namespace guidon::web {

namespace json = boost::json;

namespace {

constexpr std::size_t most_parts = 200;
constexpr std::size_t largest_part_header = 4096;
constexpr std::size_t deepest_json = 32;

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

[[noreturn]] void refuse_form() {
    throw Problem("web.bad-form", {}, {}, 400);
}

void must_be_utf8(std::string_view text) {
    if (const auto at = first_invalid_utf8(text))
        throw Problem("web.not-utf8", {{"offset", std::to_string(*at)}}, {}, 400);
}

void read_json(std::string_view body, Request& request) {
    must_be_utf8(body);
    json::parse_options options;
    options.max_depth = deepest_json;
    json::stream_parser parser(json::storage_ptr(), options);
    boost::system::error_code wrong;
    const std::size_t read = parser.write_some(body.data(), body.size(), wrong);
    if (!wrong) parser.finish(wrong);
    const auto rest = body.substr(std::min(read, body.size()));
    if (wrong || rest.find_first_not_of(" \t\r\n") != std::string_view::npos) {
        const auto before = body.substr(0, read);
        const auto line = std::count(before.begin(), before.end(), '\n') + 1;
        const auto column = read - (before.rfind('\n') + 1) + 1;
        throw Problem("web.bad-json", {{"line", std::to_string(line)}, {"column", std::to_string(column)}}, {}, 400);
    }
    request.json = parser.release();
    const auto* object = request.json->if_object();
    if (object == nullptr) return;
    for (const auto& [key, value] : *object) {
        if (value.is_string()) {
            request.fields.emplace(key, value.get_string());
        } else if (value.is_number() || value.is_bool()) {
            request.fields.emplace(key, json::serialize(value));
        }
    }
}

/// One part between two boundaries: headers, an empty line, content.
void read_part(std::string_view part, Request& request) {
    const auto end = part.substr(0, largest_part_header).find("\r\n\r\n");
    if (end == std::string_view::npos) refuse_form();
    std::string disposition, type;
    std::string_view headers = part.substr(0, end + 2);
    const std::string_view content = part.substr(end + 4);
    while (!headers.empty()) {
        const auto line = headers.substr(0, headers.find("\r\n"));
        headers.remove_prefix(line.size() + 2);
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        const std::string name = lower(line.substr(0, colon));
        if (name == "content-disposition") disposition = trimmed(line.substr(colon + 1));
        if (name == "content-type") type = trimmed(line.substr(colon + 1));
    }
    if (media_type(disposition) != "form-data") refuse_form();
    const std::string name = header_parameter(disposition, "name");
    if (name.empty()) refuse_form();
    must_be_utf8(disposition);
    if (disposition.find("filename=") != std::string::npos) {
        request.uploads[name] = {header_parameter(disposition, "filename"), type, std::string(content)};
    } else {
        must_be_utf8(content);
        request.fields.emplace(name, content);
    }
}

}  // namespace

std::string media_type(std::string_view header) {
    return lower(trimmed(header.substr(0, header.find(';'))));
}

std::string header_parameter(std::string_view header, std::string_view name) {
    std::size_t at = header.find(';');
    while (at < header.size()) {
        ++at;
        while (at < header.size() && (header[at] == ' ' || header[at] == '\t')) ++at;
        const std::size_t equals = header.find_first_of("=;", at);
        if (equals == std::string_view::npos) return {};
        const std::string key = lower(trimmed(header.substr(at, equals - at)));
        at = equals;
        if (header[at] == ';') continue;
        std::string value;
        if (++at < header.size() && header[at] == '"') {
            for (++at; at < header.size() && header[at] != '"'; ++at) {
                if (header[at] == '\\' && at + 1 < header.size() && (header[at + 1] == '"' || header[at + 1] == '\\'))
                    ++at;
                value += header[at];
            }
            at = header.find(';', at);
        } else {
            const std::size_t end = std::min(header.find(';', at), header.size());
            value = trimmed(header.substr(at, end - at));
            at = end;
        }
        if (key == name) return value;
    }
    return {};
}

void read_multipart(std::string_view boundary, std::string_view body, Request& request) {
    if (boundary.empty() || boundary.size() > 70) refuse_form();
    const std::string line = "\r\n--" + std::string(boundary);
    // The first boundary may stand at the very beginning, without the line break that belongs to the others.
    const std::string_view first(line.data() + 2, line.size() - 2);
    std::size_t at = body.substr(0, first.size()) == first ? first.size() : body.find(line);
    if (at == std::string_view::npos) refuse_form();
    if (at != first.size()) at += line.size();
    for (std::size_t parts = 0;; ++parts) {
        std::string_view rest = body.substr(at);
        if (rest.substr(0, 2) == "--") return;
        const auto line_end = rest.find("\r\n");
        if (line_end == std::string_view::npos || !trimmed(rest.substr(0, line_end)).empty() || parts == most_parts)
            refuse_form();
        const std::size_t begin = at + line_end + 2;
        const std::size_t end = body.find(line, begin);
        if (end == std::string_view::npos) refuse_form();
        read_part(body.substr(begin, end - begin), request);
        at = end + line.size();
    }
}

void read_body(std::string_view content_type, std::string_view body, Request& request) {
    const std::string type = media_type(content_type);
    if (type.empty() && body.empty()) return;
    if (type == "application/x-www-form-urlencoded") {
        if (!read_pairs(body, request.fields)) refuse_form();
    } else if (type == "multipart/form-data") {
        read_multipart(header_parameter(content_type, "boundary"), body, request);
    } else if (type == "application/json") {
        read_json(body, request);
    } else {
        throw Problem("web.media-type", {{"type", type.empty() ? "-" : type}}, {}, 415);
    }
}

}  // namespace guidon::web

#include "web/templates.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "base/assert.h"
#include "base/escaped.h"
#include "web/document_context.h"

namespace guidon::web {

namespace {

constexpr std::string_view layout_name = "layout/page";
constexpr int deepest_part = 16;

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

/// White space that holds a line break becomes one line break; where a page keeps its white space, nothing does.
std::string squeezed(const std::string& text) {
    if (text.find("<pre") != std::string::npos || text.find("<textarea") != std::string::npos) return text;
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find_first_not_of(" \t\r\n", at), text.size());
        if (end == at) {
            out += text[at++];
            continue;
        }
        const std::string_view space(text.data() + at, end - at);
        if (space.find('\n') == std::string_view::npos) {
            out += space;
        } else {
            out += '\n';
        }
        at = end;
    }
    return out;
}

/// What kainjow writes to: a stream without the cost of one.
struct Sink {
    std::string text;
    Sink& operator<<(const std::string& piece) {
        text += piece;
        return *this;
    }
};

}  // namespace

Templates::Templates(const embedded::Files& files) : files_(files) {}

bool Templates::has(const std::string& name) const {
    return files_.contains(name + ".mustache");
}

std::string Templates::text(const std::string& name, Layout layout) const {
    const auto found = files_.find(name + ".mustache");
    if (found == files_.end()) throw BrokenPromise("no template " + name);
    if (layout == Layout::fragment) return expanded(found->second, name, 0);
    const auto page = files_.find(std::string(layout_name) + ".mustache");
    if (page == files_.end()) throw BrokenPromise("no template " + std::string(layout_name));
    return expanded(page->second, name, 0);
}

std::string Templates::expanded(std::string_view text, const std::string& content, int depth) const {
    if (depth > deepest_part) throw BrokenPromise("template " + content + " contains itself");
    std::string out;
    while (true) {
        const auto begin = text.find("{{>");
        const auto end = begin == std::string_view::npos ? begin : text.find("}}", begin);
        if (end == std::string_view::npos) return out.append(text);
        out.append(text.substr(0, begin));
        std::string name(trimmed(text.substr(begin + 3, end - begin - 3)));
        if (name == "content") name = content;
        const auto part = files_.find(name + ".mustache");
        if (part == files_.end()) throw BrokenPromise("no template " + name);
        out += expanded(part->second, content, depth + 1);
        text.remove_prefix(end + 2);
    }
}

std::string Templates::render(const std::string& name, Layout layout, const boost::json::value& document,
                              const Words& words) const {
    // A parsed template cannot be used by two threads at once, so every thread keeps its own.
    using Key = std::pair<const embedded::Files*, std::string>;
    thread_local std::map<Key, std::unique_ptr<kainjow::mustache::mustache>> parsed;
    auto& kept = parsed[{&files_, (layout == Layout::page ? "p:" : "f:") + name}];
    if (!kept) {
        auto fresh = std::make_unique<kainjow::mustache::mustache>(squeezed(text(name, layout)));
        if (!fresh->is_valid()) throw BrokenPromise("template " + name + ": " + fresh->error_message());
        fresh->set_custom_escape(escaped);
        kept = std::move(fresh);
    }
    DocumentContext context(document, words);
    Sink page;
    page.text.reserve(16384);
    kept->render(static_cast<kainjow::mustache::basic_context<std::string>&>(context), page);
    return std::move(page.text);
}

}  // namespace guidon::web

#include "web/document_context.h"

namespace guidon::web {

namespace json = boost::json;
using Datum = DocumentContext::Datum;

namespace {

constexpr std::string_view length = ".length";
const Datum yes{true};
const Datum no{false};

const json::value* member(const json::value& value, std::string_view name) {
    const auto* object = value.if_object();
    return object == nullptr ? nullptr : object->if_contains(name);
}

}  // namespace

DocumentContext::DocumentContext(const json::value& document, const Words& words) : words_(words) {
    scopes_.push_back(&document);
}

void DocumentContext::push(const Datum* datum) {
    const std::size_t depth = scopes_.size();
    if (depth < walks_.size() && walks_[depth].elements != nullptr) {
        const auto& list = walks_[depth].markers.list_value();
        if (!list.empty() && datum >= list.data() && datum < list.data() + list.size()) {
            scopes_.push_back(&(*walks_[depth].elements)[static_cast<std::size_t>(datum - list.data())]);
            return;
        }
    }
    scopes_.push_back(last_);
}

const Datum* DocumentContext::get(const std::string& name) const {
    if (name.size() > 2 && name[0] == 't' && name[1] == '.') {
        const auto word = words_.find(name.substr(2));
        if (word == words_.end()) return nullptr;
        last_ = scopes_.back();
        return text(word->second);
    }
    if (name.ends_with(length)) {
        const auto* array = find(std::string_view(name).substr(0, name.size() - length.size()));
        if (array == nullptr || !array->is_array()) return nullptr;
        last_ = scopes_.back();
        return array->get_array().empty() ? &no : text(std::to_string(array->get_array().size()));
    }
    last_ = find(name);
    return last_ == nullptr ? nullptr : shown(*last_);
}

const json::value* DocumentContext::find(std::string_view name) const {
    if (name == ".") return scopes_.back();
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
        const json::value* at = *scope;
        std::string_view rest = name;
        while (at != nullptr && !rest.empty()) {
            const auto dot = rest.find('.');
            at = member(*at, rest.substr(0, dot));
            rest = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
        }
        if (at != nullptr) return at;
    }
    return nullptr;
}

const Datum* DocumentContext::shown(const json::value& value) const {
    switch (value.kind()) {
        case json::kind::null:
            return &no;
        case json::kind::bool_:
            return value.get_bool() ? &yes : &no;
        case json::kind::string:
            return text(value.get_string());
        case json::kind::array:
            return walked(value.get_array());
        case json::kind::object:
            return &yes;
        default:
            return text(json::serialize(value));
    }
}

const Datum* DocumentContext::text(std::string_view text) const {
    if (text.empty()) return &no;
    slot_ = Datum{std::string(text)};
    return &slot_;
}

const Datum* DocumentContext::walked(const json::array& elements) const {
    if (elements.empty()) return &no;
    const std::size_t depth = scopes_.size();
    while (walks_.size() <= depth) walks_.emplace_back();
    Walk& walk = walks_[depth];
    if (walk.elements == nullptr || walk.markers.list_value().size() != elements.size()) {
        walk.markers = Datum{kainjow::mustache::list(elements.size(), yes)};
    }
    walk.elements = &elements;
    return &walk.markers;
}

}  // namespace guidon::web

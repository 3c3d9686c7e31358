// The only file that sees toml++, whose header takes seconds to compile.
#include "base/toml.h"

#include <algorithm>
#include <stdexcept>

#include "base/language.h"

// toml++ 3.3 asserts (and with NDEBUG assumes, which is worse) that a key begins well, although `[=` comes straight
// from the file and the code behind the assertion refuses it properly. Any other broken assertion refuses the file.
namespace {
constexpr void toml_asserts(bool holds, std::string_view what) {
    if (!holds && what != "is_bare_key_character(*cp) || is_string_delimiter(*cp)")
        throw std::logic_error("the TOML parser gave up");
}
}  // namespace
#undef NDEBUG
#define TOML_ASSERT(...) toml_asserts(static_cast<bool>(__VA_ARGS__), #__VA_ARGS__)
#define TOML_EXCEPTIONS 1
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

namespace guidon::config {

namespace {

// A movement of a hundred criteria in three languages takes 50 KB.
constexpr std::size_t max_size = 4 << 20;

/// The file cut into lines, so that the text at a place can be read again.
class Lines {
public:
    explicit Lines(std::string_view text) {
        if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
        while (true) {
            const auto end = text.find('\n');
            lines_.push_back(text.substr(0, end));
            if (end == std::string_view::npos) break;
            text.remove_prefix(end + 1);
        }
    }

    /// The characters of a number or date from `place` on.
    std::string literal(Place place) const {
        if (place.line < 1 || static_cast<std::size_t>(place.line) > lines_.size()) return {};
        const auto line = lines_[static_cast<std::size_t>(place.line) - 1];
        std::size_t begin = 0;
        for (int column = 1; column < place.column && begin < line.size(); ++column) begin = next(line, begin);
        std::size_t end = begin;
        while (end < line.size() && belongs(line[end])) ++end;
        return std::string(line.substr(begin, end - begin));
    }

private:
    static std::size_t next(std::string_view line, std::size_t at) {
        do ++at;
        while (at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0) == 0x80);
        return at;
    }
    static bool belongs(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' || c == '-' ||
               c == '.' || c == '_' || c == ':';
    }

    std::vector<std::string_view> lines_;
};

Place place_of(const toml::source_region& region) {
    return {static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

/// Of the byte `offset`.
Place place_of(std::string_view text, std::size_t offset) {
    Place place;
    for (const char c : text.substr(0, offset)) {
        if (c == '\n')
            place = {place.line + 1, 1};
        else
            place.column += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }
    return place;
}

Node node_of(const toml::node& from, const Lines& lines);

void fill_table(Node& node, const toml::table& table, const Lines& lines) {
    for (const auto& [key, value] : table)
        node.entries.push_back({std::string(key.str()), place_of(key.source()), node_of(value, lines)});
    // toml++ sorts by key; people want to read of faults in the order of their file.
    std::stable_sort(node.entries.begin(), node.entries.end(), [](const Entry& a, const Entry& b) {
        return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
    });
}

Node node_of(const toml::node& from, const Lines& lines) {
    Node node;
    node.place = place_of(from.source());
    switch (from.type()) {
        case toml::node_type::string:
            node.kind = Node::Kind::text;
            node.text = from.as_string()->get();
            break;
        case toml::node_type::integer:
        case toml::node_type::floating_point:
            node.kind = Node::Kind::number;
            node.text = lines.literal(node.place);
            break;
        case toml::node_type::date:
            node.kind = Node::Kind::date;
            node.text = lines.literal(node.place);
            break;
        case toml::node_type::boolean:
            node.kind = Node::Kind::boolean;
            node.yes = from.as_boolean()->get();
            break;
        case toml::node_type::array:
            node.kind = Node::Kind::list;
            for (const auto& item : *from.as_array()) node.items.push_back(node_of(item, lines));
            break;
        case toml::node_type::table:
            node.kind = Node::Kind::table;
            fill_table(node, *from.as_table(), lines);
            break;
        default:
            node.kind = Node::Kind::other;
    }
    return node;
}

/// toml++ says what it was doing and what it met; the cases that people really meet get a sentence of their own.
std::string what_of(std::string_view description) {
    const auto says = [&](std::string_view words) { return description.find(words) != std::string_view::npos; };
    if (says("utf-8")) return "encoding";
    if (says("cannot redefine")) return "duplicate-key";
    if (says("parsing date") || says("parsing time")) return "date-form";
    if (says("not representable in 64 bits") || says("could not be interpreted as a value")) return "number-form";
    return "syntax";
}

std::string quoted_in(std::string_view description) {
    const auto begin = description.find('\'');
    const auto end = description.rfind('\'');
    return begin < end ? std::string(description.substr(begin + 1, end - begin - 1)) : std::string();
}

Fault fault_of(const toml::parse_error& error, const std::string& file, const std::string& area) {
    const auto place = place_of(error.source());
    const auto what = what_of(error.description());
    Arguments arguments{{"detail", std::string(error.description())}};
    if (what == "duplicate-key" || what == "number-form")
        arguments["key"] = arguments["text"] = quoted_in(error.description());
    return {file, std::max(place.line, 1), std::max(place.column, 1), area + "." + what, arguments};
}

}  // namespace

const Node* Node::find(std::string_view key) const {
    for (const auto& entry : entries)
        if (entry.key == key) return &entry.node;
    return nullptr;
}

std::optional<Node> parse_toml(std::string_view toml, const std::string& file, const std::string& area,
                               std::vector<Fault>& faults) {
    if (toml.size() > max_size) {
        faults.push_back({file, 1, 1, area + ".too-large", {{"limit", std::to_string(max_size >> 20)}}});
        return std::nullopt;
    }
    if (const auto wrong = first_invalid_utf8(toml)) {
        const auto place = place_of(toml, *wrong);
        faults.push_back({file, place.line, place.column, area + ".encoding", {}});
        return std::nullopt;
    }
    try {
        return node_of(toml::parse(toml, std::string_view(file)), Lines(toml));
    } catch (const toml::parse_error& error) {
        faults.push_back(fault_of(error, file, area));
    } catch (const std::logic_error& error) {
        faults.push_back({file, 1, 1, area + ".syntax", {{"detail", error.what()}}});
    }
    return std::nullopt;
}

}  // namespace guidon::config

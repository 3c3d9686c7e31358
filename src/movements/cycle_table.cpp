#include "movements/cycle_table.h"

#include <algorithm>
#include <numeric>

#include "base/dates.h"

namespace guidon::movements {

namespace {

std::string_view word(Node::Kind kind) {
    switch (kind) {
        case Node::Kind::text:
            return "text";
        case Node::Kind::number:
            return "number";
        case Node::Kind::boolean:
            return "boolean";
        case Node::Kind::date:
            return "date";
        case Node::Kind::list:
            return "list";
        case Node::Kind::table:
            return "table";
        case Node::Kind::other:
            return "time";
    }
    return "time";
}

/// How many letters have to be changed, added, left out or swapped with a neighbour.
std::size_t slips(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before_last, last(b.size() + 1), now(b.size() + 1);
    std::iota(last.begin(), last.end(), 0);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        now[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = std::min(now[j], before_last[j - 2] + 1);
        }
        before_last = std::exchange(last, now);
    }
    return last[b.size()];
}

bool is_language_code(std::string_view code) {
    const auto letters = code.substr(0, code.find('-'));
    const auto rest = code.substr(letters.size());
    return (letters.size() == 2 || letters.size() == 3) && code.size() <= 20 &&
           letters.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos &&
           rest.find_first_not_of("-abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") ==
               std::string_view::npos &&
           (rest.empty() || rest.back() != '-');
}

bool is_identifier(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' ||
               c == '-' || (static_cast<unsigned char>(c) & 0x80) != 0;  // letters of other scripts
    });
}

}  // namespace

void Report::fault(Place place, std::string code, Arguments arguments) {
    found_.push_back({file_, place.line, place.column, std::move(code), std::move(arguments)});
}

void Report::warning(Place place, std::string code, Arguments arguments) {
    fault(place, std::move(code), std::move(arguments));
    found_.back().warning = true;
}

bool Report::finish() {
    std::stable_sort(found_.begin(), found_.end(), [](const Fault& a, const Fault& b) {
        return std::pair(a.line, a.column) < std::pair(b.line, b.column);
    });
    const bool refused = std::any_of(found_.begin(), found_.end(), [](const Fault& f) { return !f.warning; });
    if (found_.size() > max_faults) {
        // Of too many, the errors are told first: they are what has to be mended.
        std::stable_partition(found_.begin(), found_.end(), [](const Fault& f) { return !f.warning; });
        found_.resize(max_faults);
    }
    std::move(found_.begin(), found_.end(), std::back_inserter(faults_));
    found_.clear();
    return refused;
}

std::string suggestion(std::string_view text, const Keys& known) {
    if (text.size() > 64) return "none";
    std::string_view best = "none";
    std::size_t fewest = 1 + std::max<std::size_t>(1, text.size() / 3);
    std::size_t looked_at = 0;
    for (const auto candidate : known) {
        if (candidate.size() > 64) continue;
        if (++looked_at > 200) break;  // the help is not worth more time
        const auto n = slips(text, candidate);
        if (n >= fewest || n >= candidate.size()) continue;
        best = candidate;
        fewest = n;
    }
    return std::string(best);
}

std::string listed(const Keys& keys) {
    constexpr std::size_t most = 40;  // in one sentence
    std::string list;
    for (std::size_t i = 0; i < std::min(most, keys.size()); ++i) list.append(list.empty() ? "" : ", ").append(keys[i]);
    return keys.size() > most ? list + " …" : list;
}

TableReader::TableReader(const Node& table, std::string name, const Keys& allowed, Report& report)
    : table_(table), name_(std::move(name)), report_(report) {
    for (const auto& entry : table_.entries) {
        if (std::find(allowed.begin(), allowed.end(), entry.key) != allowed.end()) continue;
        report_.fault(entry.place, "movement.unknown-key",
                      {{"key", entry.key},
                       {"table", name_},
                       {"suggestion", suggestion(entry.key, allowed)},
                       {"expected", listed(allowed)}});
    }
}

Place TableReader::place(std::string_view key) const {
    const auto* node = table_.find(key);
    return node ? node->place : table_.place;
}

void TableReader::wrong_type(const Node& node, std::string_view key, std::string_view expected) const {
    report_.fault(
        node.place, "movement.wrong-type",
        {{"key", std::string(key)}, {"expected", std::string(expected)}, {"found", std::string(word(node.kind))}});
}

void TableReader::missing_key(std::string_view key) const {
    report_.fault(table_.place, "movement.missing-key", {{"key", std::string(key)}, {"table", name_}});
}

const Node* TableReader::find(std::string_view key, Node::Kind kind, Need need, std::string_view expected) const {
    const auto* node = table_.find(key);
    if (!node) {
        if (need == Need::required) missing_key(key);
        return nullptr;
    }
    if (node->kind == kind) return node;
    wrong_type(*node, key, expected.empty() ? word(kind) : expected);
    return nullptr;
}

std::string TableReader::text(std::string_view key, Need need) const {
    const auto* node = find(key, Node::Kind::text, need);
    if (!node) return {};
    if (node->text.empty()) report_.fault(node->place, "movement.empty", {{"key", std::string(key)}});
    return node->text;
}

std::string TableReader::identifier(std::string_view key, Need need) const {
    auto value = text(key, need);
    if (!value.empty() && !is_identifier(value))
        report_.fault(place(key), "movement.key-form", {{"key", std::string(key)}, {"value", value}});
    return value;
}

std::optional<Decimal> TableReader::number_in(const Node& node, std::string_view key, const Range& range) const {
    if (node.kind != Node::Kind::number) {
        wrong_type(node, key, "number");
        return std::nullopt;
    }
    auto digits = node.text;
    std::erase(digits, '_');  // TOML allows 1_000
    const auto number = Decimal::parse(digits);
    if (!number) {
        report_.fault(node.place, "movement.number-form", {{"key", std::string(key)}, {"text", node.text}});
    } else if (range.least && *number < *range.least) {
        report_.fault(node.place, "movement.number-too-small",
                      {{"key", std::string(key)}, {"value", number->text()}, {"least", range.least->text()}});
        return std::nullopt;
    } else if (range.most && *number > *range.most) {
        report_.fault(node.place, "movement.number-too-large",
                      {{"key", std::string(key)}, {"value", number->text()}, {"most", range.most->text()}});
        return std::nullopt;
    }
    return number;
}

std::optional<Decimal> TableReader::number(std::string_view key, const Range& range, Need need) const {
    const auto* node = find(key, Node::Kind::number, need);
    return node ? number_in(*node, key, range) : std::nullopt;
}

bool TableReader::yes(std::string_view key) const {
    const auto* node = find(key, Node::Kind::boolean, Need::optional);
    return node && node->yes;
}

std::string TableReader::date(std::string_view key) const {
    const auto* node = find(key, Node::Kind::date, Need::optional);
    return node ? node->text : std::string();
}

std::string TableReader::partial_date(std::string_view key) const {
    const auto* node = table_.find(key);
    if (!node || node->kind != Node::Kind::text) return date(key);
    const auto& text = node->text;
    if (text.empty() || is_date(text) || is_date(text + "-01") || is_date(text + "-01-01")) return text;
    report_.fault(node->place, "movement.date-form", {{"detail", text}});
    return {};
}

Texts TableReader::texts(std::string_view key) const {
    Texts texts;
    const auto* node = find(key, Node::Kind::table, Need::optional, "texts");
    if (!node) return texts;
    for (const auto& entry : node->entries) {
        if (!is_language_code(entry.key))
            report_.fault(entry.place, "movement.language-code", {{"key", std::string(key)}, {"code", entry.key}});
        else if (entry.node.kind != Node::Kind::text)
            wrong_type(entry.node, std::string(key) + "." + entry.key, "text");
        else
            texts[entry.key] = entry.node.text;
    }
    return texts;
}

std::vector<const Node*> TableReader::tables(std::string_view key) const {
    std::vector<const Node*> tables;
    const auto* list = find(key, Node::Kind::list, Need::optional, "tables");
    if (!list) return tables;
    for (const auto& item : list->items) {
        if (item.kind == Node::Kind::table)
            tables.push_back(&item);
        else
            wrong_type(item, key, "tables");
    }
    return tables;
}

std::vector<std::string> TableReader::words(std::string_view key) const {
    std::vector<std::string> words;
    const auto* list = find(key, Node::Kind::list, Need::optional, "texts_list");
    if (!list) return words;
    for (const auto& item : list->items) {
        if (item.kind != Node::Kind::text)
            wrong_type(item, key, "texts_list");
        else if (item.text.empty())
            report_.fault(item.place, "movement.empty", {{"key", std::string(key)}});
        else
            words.push_back(item.text);
    }
    return words;
}

std::optional<std::string> TableReader::chosen_text(std::string_view key, Need need) const {
    const auto* node = find(key, Node::Kind::text, need);
    return node ? std::optional(node->text) : std::nullopt;
}

void TableReader::refuse_choice(std::string_view key, const std::string& value, const Keys& known) const {
    report_.fault(place(key), "movement.unknown-choice",
                  {{"key", std::string(key)},
                   {"value", value},
                   {"suggestion", suggestion(value, known)},
                   {"expected", listed(known)}});
}

}  // namespace guidon::movements

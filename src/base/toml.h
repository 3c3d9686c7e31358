// What does a file of settings or rules literally say, and where? The TOML as a plain tree in which every node knows
// its place and every number keeps the text that was written: binary floating point never comes between file and
// rulebook.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

namespace guidon::config {

struct Place {  // both count from 1; columns count characters, not bytes
    int line = 1;
    int column = 1;
};

struct Entry;

/// One value of the file.
struct Node {
    enum class Kind { text, number, boolean, date, list, table, other };  // other: times of day, which no key takes
    Kind kind = Kind::table;
    Place place;
    std::string text;  // text: its content; number and date: as written
    bool yes = false;
    std::vector<Node> items;     // of a list
    std::vector<Entry> entries;  // of a table, in the file's order

    /// The entry's value, or nullptr.
    const Node* find(std::string_view key) const;
};

struct Entry {
    std::string key;
    Place place;
    Node node;
};

/// Parses TOML 1.0. A syntax error, wrong encoding or a key given twice is appended to `faults` (the parser stops
/// at the first), and nothing is returned. `area` is the first word of the codes: movement.syntax, .encoding,
/// .duplicate-key, .date-form, .number-form, .too-large.
std::optional<Node> parse_toml(std::string_view toml, const std::string& file, const std::string& area,
                               std::vector<Fault>& faults);

}  // namespace guidon::config

// Is a choice of exemplars balanced? A book's rules say how many it takes, how many of each field, kind and owner, and
// how they are spread over units. Pure: the same choice gives the same answer.
//
//     quota = 100
//
//     [deadlines]            # the day by which entries have come to this state
//     delivered = "2025-06-30"
//
//     [[balance]]            # of a field, a kind (model, example) or an owner (collective, individual)
//     field = "economy"
//     least = 20
//     most = 40
//
//     [[spread]]             # over units of a kind
//     unit_kind = "commune"
//     most_each = 3
//     least_units = 30
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/problem.h"
#include "books/book_states.h"

namespace guidon::books {

/// By what a balance counts. Wire form = name.
enum class By { field, kind, owner };
std::string_view code(By by);

struct Balance {
    By by = By::field;
    std::string key;
    std::optional<int> least, most;
};

struct Spread {
    std::string unit_kind;
    std::optional<int> most_each, least_units;
};

struct Rules {
    std::optional<int> quota;  // exactly so many
    std::map<State, Day> deadlines;
    std::vector<Balance> balances;
    std::vector<Spread> spreads;
};

/// Throws the first Problem, with its `line`: "book.syntax", "book.unknown-key", "book.number", "book.deadline",
/// "book.balance", "book.spread".
Rules read_rules(std::string_view toml);

/// What of an exemplar the rules look at.
struct Share {
    std::string field, kind, owner;
    std::map<std::string, std::string> units;  // kind of unit → which one it stands in
};

/// One rule and how the choice stands to it.
struct Line {
    enum class Rule { quota, field, kind, owner, most_each, least_units };
    Rule rule = Rule::quota;
    std::string key;   // the field …; of most_each and least_units the kind of unit
    std::string unit;  // of most_each: the one of which there are most
    int count = 0;
    std::optional<int> least, most;

    int missing() const { return least && count < *least ? *least - count : 0; }
    int too_many() const { return most && count > *most ? count - *most : 0; }
    bool operator==(const Line&) const = default;
};
std::string_view code(Line::Rule rule);

/// Every rule, in the order of the text. Of `most_each` the units that have too many, or the one with most.
std::vector<Line> weigh(const Rules& rules, const std::vector<Share>& choice);

/// Throws Problem "book.too-many" (409) naming the first rule of which `choice` has more than it permits.
void must_not_exceed(const Rules& rules, const std::vector<Share>& choice);
/// Throws Problem "book.too-few" (409) naming the first rule of which `choice` has less than it asks for.
void must_suffice(const Rules& rules, const std::vector<Share>& choice);

}  // namespace guidon::books

// How is one table of a movement file read strictly, with every fault told at its place?
//
// A TableReader knows which keys its table may have. What is unknown, of another type or out of range becomes a fault
// and reading goes on with the default, so that one run tells everything.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/language.h"
#include "base/problem.h"
#include "base/toml.h"
#include "movements/cycle_names.h"

namespace guidon::movements {

using config::Entry;
using config::Node;
using config::Place;

using Keys = std::vector<std::string_view>;

/// Collects the faults of one file.
class Report {
public:
    Report(std::string file, std::vector<Fault>& faults) : file_(std::move(file)), faults_(faults) {}
    void fault(Place place, std::string code, Arguments arguments = {});
    void warning(Place place, std::string code, Arguments arguments = {});
    /// Orders by place and keeps the first `max_faults`. Whether any of them is an error.
    bool finish();

private:
    std::string file_;
    std::vector<Fault>& faults_;
    std::vector<Fault> found_;
};

/// The closest of `known` to `text`, if it looks like a slip of the pen; else "none" (which messages select on).
std::string suggestion(std::string_view text, const Keys& known);
/// `a, b, c`
std::string listed(const Keys& keys);

enum class Need { optional, required };

/// Both ends belong to it.
struct Range {
    std::optional<Decimal> least, most;
};
inline const Range any_number{};
inline const Range not_negative{Decimal(), {}};
inline const Range share{Decimal(), Decimal::whole(1)};

class TableReader {
public:
    /// `name` is how faults call the table: `[total]`, `[[criteria]] backlog`. Unknown keys are told at once.
    TableReader(const Node& table, std::string name, const Keys& allowed, Report& report);

    const std::string& name() const { return name_; }
    Place place() const { return table_.place; }
    Place place(std::string_view key) const;  // of the value; of the table where the key is not there
    bool has(std::string_view key) const { return table_.find(key) != nullptr; }
    Report& report() const { return report_; }

    /// The value if it is there and of this kind. `expected` is the word for messages where it is not a plain kind.
    const Node* find(std::string_view key, Node::Kind kind, Need need, std::string_view expected = {}) const;
    std::string text(std::string_view key, Need need = Need::optional) const;  // never empty if it is there
    /// 1–64 letters, digits, `.`, `_`, `-`.
    std::string identifier(std::string_view key, Need need) const;
    std::optional<Decimal> number(std::string_view key, const Range& range, Need need = Need::optional) const;
    bool yes(std::string_view key) const;
    std::string date(std::string_view key) const;  // ISO, "" when absent
    /// ISO, as a date or as a text that may leave out the day or the month: `"2018-09"`, `"2018"`.
    std::string partial_date(std::string_view key) const;
    Texts texts(std::string_view key) const;
    std::vector<const Node*> tables(std::string_view key) const;  // of `[[key]]`
    std::vector<std::string> words(std::string_view key) const;

    template <class Enum, std::size_t n>
    Enum choice(std::string_view key, Enum fallback, const Names<Enum, n>& table, Need need = Need::optional) const {
        const auto chosen = chosen_text(key, need);
        if (!chosen) return fallback;
        Keys known;
        for (const auto& [written, value] : table) {
            if (written == *chosen) return value;
            known.push_back(written);
        }
        refuse_choice(key, *chosen, known);
        return fallback;
    }

    /// The number that `node` (the value of `key`) says, exactly.
    std::optional<Decimal> number_in(const Node& node, std::string_view key, const Range& range) const;
    void wrong_type(const Node& node, std::string_view key, std::string_view expected) const;
    void missing_key(std::string_view key) const;

private:
    std::optional<std::string> chosen_text(std::string_view key, Need need) const;
    void refuse_choice(std::string_view key, const std::string& value, const Keys& known) const;

    const Node& table_;
    std::string name_;
    Report& report_;
};

}  // namespace guidon::movements

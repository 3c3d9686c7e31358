// What would an import do? Counted in full, shown by examples, before anything is stored.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/language.h"
#include "base/problem.h"
#include "store/store.h"

namespace guidon::imports {

enum class Kind { units, groups, values, movement, exemplars };
constexpr Kind kinds[] = {Kind::units, Kind::groups, Kind::values, Kind::movement, Kind::exemplars};
std::string_view code(Kind kind);
std::optional<Kind> kind_of(std::string_view code);

/// One column of a record; `before` is empty where it is new.
struct Difference {
    std::string field;
    std::string before, after;
    bool operator==(const Difference&) const = default;
};
/// One record that is new or changes.
struct Example {
    int line = 0;
    std::string subject;  // "HT", or "HT cases_settled 2024"
    std::vector<Difference> fields;
    bool operator==(const Example&) const = default;
};

/// Counts everything, keeps the first few of it.
class Comparison {
public:
    static constexpr std::size_t most_examples = 20;

    void add(Example example);
    void change(Example example);
    void keep(std::int64_t records = 1) { tally_.unchanged += records; }
    /// Records that nobody has to see, because enough are kept.
    void add_unseen() { ++tally_.added; }
    void change_unseen() { ++tally_.changed; }
    bool wants_added() const { return added_.size() < most_examples; }
    bool wants_changed() const { return changed_.size() < most_examples; }
    /// Takes out what was stored before at these lines: for who may store it and not see it.
    void hide_before(const std::set<int>& lines);
    /// Puts other lines in place of those of the examples: the rows of a spreadsheet.
    void number_lines(const std::function<int(int)>& line);

    const store::Tally& tally() const { return tally_; }
    const std::vector<Example>& added() const { return added_; }
    const std::vector<Example>& changed() const { return changed_; }

private:
    store::Tally tally_;
    std::vector<Example> added_, changed_;
};

struct Plan {
    Kind kind = Kind::units;
    std::string file;
    std::string sha256;    // of the file's bytes, hexadecimal
    Day since;             // from which day changes hold
    std::int64_t seq = 0;  // newest journal entry when it was made
    Comparison comparison;
    std::vector<Fault> faults;  // and warnings

    bool refused() const;
    bool changes_anything() const { return comparison.tally().added + comparison.tally().changed > 0; }
    /// The same file, day and state of the store give the same identity; any other gives another.
    std::string identity() const;
};

/// The plan as the command line prints it, without the faults.
std::string in_words(const Plan& plan, Language language);

/// SHA-256 in hexadecimal.
std::string sha256(std::string_view bytes);

}  // namespace guidon::imports

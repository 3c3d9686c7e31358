// What are the rules by which a cycle is scored? The calculation of FORMATS as values, already checked and
// with every name resolved to an index; reading it from TOML happens in movements/.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/decimal.h"
#include "base/language.h"

namespace guidon::scoring {

enum class RoundMode { half_up, half_even, down, up };  // wire: half-up …; half-up rounds halves away from zero
struct Rounding {
    Decimal step = Decimal::millionths(1000);  // 0 = not rounded
    RoundMode mode = RoundMode::half_up;
    bool operator==(const Rounding&) const = default;
};

struct Band {
    Decimal from;
    Decimal points;
};

/// How several entries – of judges, races, opponents – become one value. In this order: `equals`, `at_least` and
/// `at_most` choose, `bands` make points of each, the lowest and highest are dropped, the best kept, the rest combined.
enum class CombineEntries { sum, mean, count, max, min };
struct EntryRule {
    CombineEntries combine = CombineEntries::sum;
    std::optional<Decimal> equals, at_least, at_most;
    std::vector<Band> bands;       // best first, as in Bands
    bool lower_is_better = false;  // of `bands`; without them, of `best`
    int drop_lowest = 0, drop_highest = 0;
    std::optional<int> best;
    Rounding round{Decimal::millionths(1), RoundMode::half_up};  // never step 0: what comes out is a decimal
};

enum class Rollup { none, sum, mean, max, min };
struct Indicator {
    std::string key;
    Texts title;
    Rollup rollup = Rollup::none;
    std::string unit_of_measure;
    std::optional<EntryRule> entries{};
    std::string from{};  // whose entries; "" = its own
};

enum class Combine { sum, mean, weighted_mean, geometric_mean, min };
struct Section {
    std::string key;
    Texts title;
    Combine combine = Combine::sum;
    std::optional<Decimal> most;
};

/// A number, the unit's own target of the criterion's indicator, or another indicator's value.
struct Target {};
struct IndicatorRef {
    int indicator;
};
using Limit = std::variant<Decimal, Target, IndicatorRef>;

struct Ratio {
    Decimal from;
    Limit to;
};
enum class BandsOn { value, share };
struct Bands {
    std::vector<Band> bands;  // best first: descending `from`, ascending where lower is better
    BandsOn on = BandsOn::value;
    bool lower_is_better = false;
};
struct Graded {};
struct PerCase {
    Decimal each;
    std::optional<Decimal> least, most;
};
struct YesNo {};
struct Formula {
    std::string expression;
    std::vector<int> indicators;  // those whose keys the expression names
    std::optional<Decimal> least, most;
};
enum class RelativeMethod { min_max, rank, share_of_best };
struct Relative {
    RelativeMethod method = RelativeMethod::min_max;
    bool lower_is_better = false;
};
using Rule = std::variant<Ratio, Bands, Graded, PerCase, YesNo, Formula, Relative>;

enum class Missing { zero, skip, refuse };
enum class NotApplicable { skip, full, zero };
struct Criterion {
    std::string key;
    Texts title;
    int section = -1;  // -1 = outside any
    int indicator = 0;
    Decimal max;  // per_case: 0 unless the file says otherwise
    Decimal weight = Decimal::whole(1);
    Rule rule;
    Missing missing = Missing::zero;
    NotApplicable not_applicable = NotApplicable::skip;
    Rounding round;
};

enum class Passes { at_most, at_least, equals };
struct Gate {
    std::string key;
    Texts title;
    int indicator = 0;
    Passes passes = Passes::at_least;
    Decimal bound;
    bool missing_passes = false;
    int caps_class = -1;  // index into classes
};

struct Class {
    std::string key;
    Texts title;
    std::optional<Decimal> at_least;               // percent of the maximum
    std::optional<Decimal> each_section_at_least;  // percent
    std::optional<Decimal> most_share;             // 0–1
    std::vector<int> needs{};                      // gates that have to be passed, beside the other conditions
};

enum class Within { group, parent, kind, all };
enum class Order { high_first, low_first };
enum class Rest { share, dense, code };
struct Tie {
    /// `among`: the indicator over those of its entries alone whose source is one of the units still tied.
    enum class By { criterion, indicator, section, among } by;
    int index;                     // into criteria, sections or indicators
    bool lower_is_better = false;  // written with a leading -
};
struct Ranking {
    Within within = Within::group;
    Order order = Order::high_first;
    std::vector<Tie> ties;
    Rest rest = Rest::share;
};

struct Total {
    Combine combine = Combine::sum;
    Rounding round;
};

/// All that the engine needs to know of a cycle. Every indicator that the rules read is listed in `indicators`.
struct Rulebook {
    std::vector<Indicator> indicators;
    std::vector<Section> sections;
    std::vector<Criterion> criteria;
    std::vector<Gate> gates;
    std::vector<Class> classes;  // best first
    Total total;
    Ranking ranking;
};

}  // namespace guidon::scoring

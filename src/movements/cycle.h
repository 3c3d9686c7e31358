// What does a movement file say? One cycle of a movement: its names, dates, participants and rulebook.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "base/problem.h"
#include "movements/cycle_exemplars.h"
#include "people/sight.h"
#include "scoring/rulebook.h"

namespace guidon::movements {

struct Document {                      // a resolution, plan, decision that the movement follows from
    std::string number, issuer, date;  // ISO date or "" when only partly known
    Texts title;
};

struct Occasion {      // what the movement leads to: a congress, a national day
    std::string date;  // ISO, or a part of it
    Texts title;
};

struct Participants {
    std::string under;                // unit code, "" = no restriction
    std::vector<std::string> kinds;   // empty = all
    std::vector<std::string> groups;  // members of these alone; empty = all
};

/// Who may see the figures of a unit. `published` takes the place of `standings` once these are published.
struct Audiences {
    using Audience = people::Audience;
    Audience values = Audience::open, standings = Audience::open, published = Audience::open;
    std::map<int, Audience> own;  // of an indicator, by its index: narrower than `values`

    Audience of_value(int indicator) const {
        const auto its = own.find(indicator);
        return its == own.end() ? values : its->second;
    }
    Audience of_standings(bool are_published) const { return are_published ? published : standings; }
};

struct Cycle {
    std::string key, period;
    std::string issuer;        // unit code or ""
    std::string starts, ends;  // ISO dates
    Texts title, theme, summary;
    std::vector<Document> documents;
    std::vector<Occasion> occasions;
    std::optional<Participants> participants;
    bool sample = false;  // figures are invented: every page says so
    Audiences audience;
    std::optional<ExemplarRules> exemplars;  // nothing: the movement takes none
    scoring::Rulebook rules;
};

/// Reads a `guidon/movement/1` file. `file` only names it in faults. Appends every fault and warning (codes
/// `movement.*`, with line and column) to `faults`; gives the cycle only if none of them is an error.
std::optional<Cycle> read_cycle(std::string_view toml, const std::string& file, std::vector<Fault>& faults);

/// What `guidon check` finds beyond reading: bands with holes or overlaps, classes that nobody can reach, quotas
/// that cannot be met, criteria without points … as warnings and errors with their place.
std::vector<Fault> check_cycle(const Cycle& cycle, std::string_view toml, const std::string& file);

/// The rules in words, one paragraph each, for a person who has to agree to them.
struct InWords {
    struct Line {
        std::string key;
        std::string title;
        std::string text;
        std::string max;  // "" where it has none
    };
    struct Part {
        std::string title;  // section title, "" for criteria outside any
        std::string text;   // how it is combined and capped
        std::vector<Line> criteria;
    };
    std::vector<Part> parts;
    std::vector<Line> gates;
    std::vector<Line> classes;
    std::string total, ranking, participants;
    std::string audience;  // "" where everything is public
};
InWords in_words(const Cycle& cycle, Language language);

}  // namespace guidon::movements

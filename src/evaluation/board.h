// What do the pages of a cycle need to tell who stands where, and why? The cycle, its engine, and the names of
// the units and groups that the engine knows by index.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/language.h"
#include "movements/cycle.h"
#include "scoring/engine.h"

namespace guidon::evaluation {

struct UnitLabel {
    std::string id;  // public
    std::string code;
    Texts names;         // as they were called when the cycle ended
    std::string folded;  // all names and the code, folded, for finding
    people::UnitId row{};
};

struct GroupLabel {
    Texts names;
    std::string leader, deputy;  // unit codes, "" = none
};

struct Board {
    movements::Cycle cycle;
    scoring::Engine engine;
    std::vector<UnitLabel> units;              // by engine index
    std::map<std::string, GroupLabel> groups;  // by code, where something is known beyond the code
    std::unordered_map<std::string, int> unit_by_id;
    std::unordered_map<std::string, int> unit_by_code;
    std::uint64_t version = 0;  // grows with every change
    bool published = false;     // its standings

    /// Whether everybody may see all of it.
    bool open() const {
        using people::Audience;
        return cycle.audience.values == Audience::open && cycle.audience.own.empty() &&
               cycle.audience.of_standings(published) == Audience::open;
    }

    std::string address() const { return "/movements/" + cycle.key + "/" + cycle.period; }
    /// For open pages. Nobody can watch one that is not open but those who may see all of it.
    std::string topic() const { return (open() ? "" : "restricted/") + cycle.key + "/" + cycle.period; }
};

// Parts that several documents share.

boost::json::object movement_part(const Board& board, Language language);
boost::json::object unit_part(const Board& board, int unit, Language language);
/// {key, title, tone}; tone: best, middle or base by the class's place in the list.
boost::json::object class_part(const Board& board, int class_index, Language language);
/// {key, name} of a peer group; the name of a group, else of the parent unit, else of the kind, else the code.
boost::json::object group_part(const Board& board, int peer_group, Language language);
std::string group_name(const Board& board, int peer_group, Language language);
const std::string& unit_name(const Board& board, int unit, Language language);
const std::string& criterion_title(const Board& board, int criterion, Language language);
std::string indicator_title(const Board& board, int indicator, Language language);
/// What a tie compares: "Backlog settled", "Goals among those still tied".
std::string tie_title(const Board& board, const scoring::Tie& tie, Language language);
std::string rank_of_peers(Language language, int rank, int peers);  // "1st of 6"
std::string units_text(Language language, std::size_t count);       // "6 units"
std::string count_text(Language language, std::size_t count);       // "1,234"

/// Query strings: name=value pairs in order, empty values left out, percent-encoded; with a leading `?` unless empty.
std::string query_text(const std::vector<std::pair<std::string, std::string>>& pairs);

}  // namespace guidon::evaluation

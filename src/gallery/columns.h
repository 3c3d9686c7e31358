// How do 150,000 exemplars and the 600,000 steps of their life stand in memory? One column a thing, numbers in place of
// words; titles and texts stay in the database.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "exemplars/exemplars_store.h"

namespace guidon::gallery {

using exemplars::ExemplarId;
using exemplars::Kind;
using exemplars::OwnerKind;
using exemplars::State;
using exemplars::Verb;
using units::UnitId;

/// What is known of one exemplar.
struct Facts {
    ExemplarId id;
    std::string public_id;
    UnitId unit;
    std::optional<UnitId> place;
    std::int64_t cycle = 0;
    std::string field, side_fields, topics;  // as they are kept: "a|b"
    std::string level;
    Kind kind = Kind::model;
    OwnerKind owner_kind = OwnerKind::collective;
    State state = State::draft;
    bool open = true, sample = false;
    Day registered_on, recognised_on;
    std::int64_t since = 0;
};

/// One step of one exemplar, as it is counted.
struct Step {
    std::uint32_t row = 0;
    Day on;
    std::int32_t unit = 0, unit_before = 0;
    std::uint32_t before = 0;  // the exemplar's step before it: index + 1; 0 = it is the first
    Verb verb = Verb::register_;
    State from = State::draft, to = State::draft;
    std::uint16_t level = 0;
};

/// Numbers for words, from 1; 0 = "".
class Names {
public:
    std::uint16_t number(std::string_view name);
    /// Nothing if no exemplar has it.
    std::optional<std::uint16_t> find(std::string_view name) const;
    const std::string& name(std::uint16_t number) const { return names_[number]; }
    std::size_t size() const { return names_.size(); }

private:
    std::vector<std::string> names_{""};
    std::map<std::string, std::uint16_t, std::less<>> numbers_{{"", 0}};
};

class Columns {
public:
    using Row = std::uint32_t;

    /// Adds an exemplar, or replaces what was known of it.
    void put(const Facts& facts);
    /// It exists no more.
    void drop(std::string_view public_id);
    /// Of one exemplar in order; those of different ones in any. Steps of unknown exemplars are left out.
    void add_step(ExemplarId id, Step step, std::string_view level);

    std::size_t size() const { return id.size(); }
    std::optional<Row> find(std::string_view public_id) const;
    std::optional<Row> find(ExemplarId id) const;
    std::string_view public_id(Row row) const { return {ids_.data() + id_at_[row], id_length_[row]}; }
    std::size_t bytes() const;
    /// Takes back what growing has left over.
    void shrink();

    // By row, in the order of the exemplars' ids.
    std::vector<std::uint32_t> id;
    std::vector<std::int32_t> unit, place;  // where it works: its unit, unless it says otherwise
    std::vector<std::uint16_t> field, sides, topics, level, cycle;
    std::vector<Kind> kind;
    std::vector<OwnerKind> owner_kind;
    std::vector<State> state;
    std::vector<std::uint8_t> open, sample, there;
    std::vector<Day> registered_on, recognised_on;
    std::vector<std::int64_t> touched;       // newest journal entry about it
    std::vector<std::uint32_t> newest_step;  // index + 1 in `steps`; 0 = none

    std::vector<Step> steps;
    Names fields, levels, lists;  // `lists`: several keys, "a|b", of side fields and topics
    std::vector<std::int64_t> cycles;

private:
    void index(Row row);

    std::string ids_;
    std::vector<std::uint32_t> id_at_;
    std::vector<std::uint8_t> id_length_;
    std::vector<std::uint32_t> by_public_id_;  // row + 1 by hash; 0 = free
};

/// Whether "a|b|c" has `key` in it.
bool lists_key(std::string_view list, std::string_view key);
/// "a|b|c" apart.
std::vector<std::string_view> keys_of(std::string_view list);

}  // namespace guidon::gallery

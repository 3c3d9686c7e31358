// How are units kept? A unit has one opaque public id for ever; its codes, names and parents hold from one day to
// another. An official code may be used again by another unit, but names one unit on any one day.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/id.h"
#include "base/language.h"
#include "base/problem.h"
#include "store/store.h"

namespace guidon::units {

using UnitId = Id<struct UnitTag>;

/// A unit as it stood on one day.
struct Unit {
    UnitId id;
    std::string public_id;  // in addresses and JSON
    std::string code;       // official, on that day
    std::string kind;
    std::vector<std::string> tags;
    Texts names;  // language → name; "" = the name without a language (column `name` of units.csv)
    std::optional<UnitId> parent;
    Span exists;
};

/// By public id. A unit that does not exist on `on` is found as it stood on its last day (or its first).
std::optional<Unit> find_unit(const store::Reader& reader, std::string_view public_id, Day on);
/// Its id alone: for hot paths.
std::optional<UnitId> find_unit_id(const store::Reader& reader, std::string_view public_id);
std::optional<Unit> find_unit_by_code(const store::Reader& reader, std::string_view code, Day on);
Unit unit(const store::Reader& reader, UnitId id, Day on);  // must exist

/// Direct children on `on` (of nothing: the roots), by code.
std::vector<Unit> children(const store::Reader& reader, std::optional<UnitId> parent, Day on, int most = 1000,
                           int skip = 0);
std::int64_t count_children(const store::Reader& reader, std::optional<UnitId> parent, Day on);
/// Whether `unit` is `root` or stands below it on `on`; an ended unit stands where it stood last.
bool stands_below(const store::Reader& reader, UnitId unit, UnitId root, Day on);
/// `root` and all that stands below it on `on`, in no order; ended units where they stood last.
std::vector<UnitId> subtree(const store::Reader& reader, UnitId root, Day on);
/// Ancestors from the root down to the unit itself.
std::vector<Unit> path(const store::Reader& reader, UnitId id, Day on);
/// All units of `on`, by id (a parent may come after its children).
std::vector<Unit> load_units(const store::Reader& reader, Day on);
std::int64_t count_units(const store::Reader& reader, Day on);

/// Units whose code or one of whose names on `on` has `text` in it, both folded; those that begin with it first, then
/// by name. `kind` "" = all.
std::vector<Unit> search(const store::Reader& reader, std::string_view text, Day on, int most = 50,
                         std::string_view kind = "");

/// Everything a unit was called and where it stood, oldest first.
struct History {
    struct Code {
        std::string code;
        Span held;
        bool operator==(const Code&) const = default;
    };
    struct Name {
        std::string language, name;
        Span held;
        bool operator==(const Name&) const = default;
    };
    struct Parent {
        std::optional<UnitId> parent;
        Span held;
        bool operator==(const Parent&) const = default;
    };
    std::vector<Code> codes;
    std::vector<Name> names;
    std::vector<Parent> parents;
};
History history(const store::Reader& reader, UnitId id);

/// A row of units.csv: what a unit is to be.
struct UnitRow {
    std::string code;
    std::string parent;  // code; "" = a root
    std::string kind;
    Texts names;
    std::vector<std::string> tags;
    Span exists;
};

/// Adds units, in bulk and in any order; a parent is one of `rows` or a unit stored already. Gives the ids in the order
/// of `rows`. Throws Problem "unit.code-taken" or "unit.parent-unknown".
std::vector<UnitId> add_units(store::Change& change, const std::vector<UnitRow>& rows);
/// What differs from `row` is so from `since` on (Day::always(): it was always so, a correction). Names in languages
/// that `row` does not have stay. Gives whether anything differed.
bool update_unit(store::Change& change, UnitId id, const UnitRow& row, Day since);
/// The unit, its codes, names and place end on `on`. Throws Problem "unit.has-children" while units below it go on.
void end_unit(store::Change& change, UnitId id, Day on);

/// Spans that overlap or lie outside the unit's, codes taken twice, cycles, names not folded: codes "doctor.*".
std::vector<Problem> check_units(const store::Reader& reader);

}  // namespace guidon::units

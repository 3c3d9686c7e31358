#include "units/units_store.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "base/assert.h"
#include "store/bulk.h"
#include "store/columns.h"
#include "store/sql.h"

namespace guidon::units {

using store::first_row;
using store::one;
using store::Reader;
using store::rows;

namespace {

constexpr int deepest = 100;  // levels; a tree deeper than this is a cycle

/// Units that fulfil `condition`, each as it stood on `on` or, where it does not exist then, on its nearest day.
std::string units_then(const std::string& condition, Day on) {
    const auto day = std::to_string(on.number());
    return "(SELECT id, public_id, kind, tags, valid_from, valid_to, CASE WHEN " + day +
           " < valid_from THEN valid_from WHEN " + day + " >= valid_to THEN valid_to - 1 ELSE " + day +
           " END AS day FROM unit WHERE " + condition + ") u";
}

Unit unit_of(const store::BulkRow& row) {
    Unit unit;
    unit.id = UnitId(row.integer(0));
    unit.public_id = row.text(1);
    unit.kind = row.text(2);
    unit.tags = store::parted(row.text(3));
    unit.exists = {Day::of_number(static_cast<int>(row.integer(4))), Day::of_number(static_cast<int>(row.integer(5)))};
    unit.code = row.text(6);
    if (!row.is_null(7)) unit.parent = UnitId(row.integer(7));
    return unit;
}

/// By id.
std::vector<Unit> load(const Reader& reader, const std::string& condition, Day on) {
    const auto then = units_then(condition, on);
    std::vector<Unit> units;
    store::scan(reader,
                "SELECT u.id, u.public_id, u.kind, u.tags, u.valid_from, u.valid_to, c.code, p.parent FROM " + then +
                    " LEFT JOIN unit_code c ON c.unit = u.id AND c.valid_from <= u.day AND u.day < c.valid_to"
                    " LEFT JOIN unit_parent p ON p.unit = u.id AND p.valid_from <= u.day AND u.day < p.valid_to"
                    " ORDER BY u.id",
                [&](const store::BulkRow& row) { units.push_back(unit_of(row)); });
    auto unit = units.begin();
    store::scan(reader,
                "SELECT n.unit, n.language, n.name FROM " + then +
                    " JOIN unit_name n ON n.unit = u.id AND n.valid_from <= u.day AND u.day < n.valid_to ORDER BY u.id",
                [&](const store::BulkRow& row) {
                    while (unit->id.number() < row.integer(0)) ++unit;
                    unit->names.emplace(row.text(1), row.text(2));
                });
    return units;
}

}  // namespace

std::vector<Unit> load_in_order(const Reader& reader, const std::vector<UnitId>& ids, Day on) {
    if (ids.empty()) return {};
    std::string list;
    for (const auto id : ids) list += (list.empty() ? "" : ",") + std::to_string(id.number());
    auto found = load(reader, "id IN (" + list + ")", on);
    std::vector<Unit> units;
    units.reserve(ids.size());
    for (const auto id : ids) {
        const auto unit = std::lower_bound(found.begin(), found.end(), id,
                                           [](const Unit& u, UnitId wanted) { return u.id < wanted; });
        GUIDON_ASSERT(unit != found.end() && unit->id == id);
        units.push_back(std::move(*unit));
    }
    return units;
}

std::optional<Unit> find_unit(const Reader& reader, std::string_view public_id, Day on) {
    const auto id = find_unit_id(reader, public_id);
    if (!id) return std::nullopt;
    return unit(reader, *id, on);
}

std::optional<UnitId> find_unit_id(const Reader& reader, std::string_view public_id) {
    const auto id = first_row<UnitId>(reader, "SELECT id FROM unit WHERE public_id = :id", public_id);
    return id ? std::optional(std::get<0>(*id)) : std::nullopt;
}

std::optional<Unit> find_unit_by_code(const Reader& reader, std::string_view code, Day on) {
    const auto id = first_row<UnitId>(
        reader, "SELECT unit FROM unit_code WHERE code = :code AND valid_from <= :on AND :then < valid_to", code, on,
        on);
    if (!id) return std::nullopt;
    return unit(reader, std::get<0>(*id), on);
}

Unit unit(const Reader& reader, UnitId id, Day on) {
    // as load(), in statements that are prepared once: pages ask for units one by one
    const std::string then =
        "(SELECT id, public_id, kind, tags, valid_from, valid_to, CASE WHEN :on1 < valid_from THEN valid_from"
        " WHEN :on2 >= valid_to THEN valid_to - 1 ELSE :on3 END AS day FROM unit WHERE id = :id) u";
    const auto row = first_row<std::string, std::string, std::string, Day, Day, std::string, std::optional<UnitId>>(
        reader,
        "SELECT u.public_id, u.kind, u.tags, u.valid_from, u.valid_to, c.code, p.parent FROM " + then +
            " LEFT JOIN unit_code c ON c.unit = u.id AND c.valid_from <= u.day AND u.day < c.valid_to"
            " LEFT JOIN unit_parent p ON p.unit = u.id AND p.valid_from <= u.day AND u.day < p.valid_to",
        on, on, on, id);
    GUIDON_ASSERT(row);
    Unit unit;
    std::string tags;
    std::tie(unit.public_id, unit.kind, tags, unit.exists.from, unit.exists.to, unit.code, unit.parent) = *row;
    unit.id = id;
    unit.tags = store::parted(tags);
    for (const auto& [language, name] : rows<std::string, std::string>(
             reader,
             "SELECT n.language, n.name FROM " + then +
                 " JOIN unit_name n ON n.unit = u.id AND n.valid_from <= u.day AND u.day < n.valid_to",
             on, on, on, id))
        unit.names.emplace(language, name);
    return unit;
}

std::vector<Unit> children(const Reader& reader, std::optional<UnitId> parent, Day on, int most, int skip) {
    const std::string select =
        "SELECT p.unit FROM unit_parent p JOIN unit_code c"
        " ON c.unit = p.unit AND c.valid_from <= :on1 AND :on2 < c.valid_to"
        " WHERE p.valid_from <= :on3 AND :on4 < p.valid_to AND p.parent ";
    const std::string order = " ORDER BY c.code LIMIT :most OFFSET :skip";
    std::vector<UnitId> ids;
    for (const auto& [id] :
         parent ? rows<UnitId>(reader, select + "= :parent" + order, on, on, on, on, *parent, most, skip)
                : rows<UnitId>(reader, select + "IS NULL" + order, on, on, on, on, most, skip)) {
        ids.push_back(id);
    }
    return load_in_order(reader, ids, on);
}

std::int64_t count_children(const Reader& reader, std::optional<UnitId> parent, Day on) {
    const std::string select =
        "SELECT count(*) FROM unit_parent WHERE valid_from <= :on1 AND :on2 < valid_to AND parent ";
    if (parent) return one<std::int64_t>(reader, select + "= :parent", on, on, *parent);
    return one<std::int64_t>(reader, select + "IS NULL", on, on);
}

std::vector<Unit> path(const Reader& reader, UnitId id, Day on) {
    const Unit self = unit(reader, id, on);
    // A unit that is no more keeps the place that it had last.
    const Day day = on < self.exists.from      ? self.exists.from
                    : self.exists.holds_on(on) ? on
                                               : Day::of_number(self.exists.to.number() - 1);
    std::vector<UnitId> ids{id};
    for (auto parent = self.parent; parent && ids.size() < deepest;) {
        ids.push_back(*parent);
        const auto above = first_row<std::optional<UnitId>>(
            reader, "SELECT parent FROM unit_parent WHERE unit = :unit AND valid_from <= :on AND :then < valid_to",
            *parent, day, day);
        parent = above ? std::get<0>(*above) : std::nullopt;
    }
    std::reverse(ids.begin(), ids.end());
    return load_in_order(reader, ids, day);
}

std::vector<Unit> load_units(const Reader& reader, Day on) {
    const auto day = std::to_string(on.number());
    return load(reader, "valid_from <= " + day + " AND " + day + " < valid_to", on);
}

std::int64_t count_units(const Reader& reader, Day on) {
    return one<std::int64_t>(reader, "SELECT count(*) FROM unit WHERE valid_from <= :on AND :then < valid_to", on, on);
}

History history(const Reader& reader, UnitId id) {
    History history;
    for (auto& [code, from, to] : rows<std::string, Day, Day>(
             reader, "SELECT code, valid_from, valid_to FROM unit_code WHERE unit = :unit ORDER BY valid_from", id)) {
        history.codes.push_back({std::move(code), {from, to}});
    }
    for (auto& [language, name, from, to] : rows<std::string, std::string, Day, Day>(
             reader,
             "SELECT language, name, valid_from, valid_to FROM unit_name WHERE unit = :unit"
             " ORDER BY valid_from, language",
             id)) {
        history.names.push_back({std::move(language), std::move(name), {from, to}});
    }
    for (const auto& [parent, from, to] : rows<std::optional<UnitId>, Day, Day>(
             reader, "SELECT parent, valid_from, valid_to FROM unit_parent WHERE unit = :unit ORDER BY valid_from",
             id)) {
        history.parents.push_back({parent, {from, to}});
    }
    return history;
}

bool stands_below(const store::Reader& reader, UnitId unit, UnitId root, Day on) {
    UnitId at = unit;
    for (int depth = 0; depth < deepest; ++depth) {
        if (at == root) return true;
        const auto above = store::first_row<std::optional<UnitId>>(
            reader,
            "SELECT parent FROM unit_parent WHERE unit = :unit AND valid_from <= :on ORDER BY valid_from DESC LIMIT 1",
            at, on);
        if (!above || !std::get<0>(*above)) return false;
        at = *std::get<0>(*above);
    }
    return false;
}

std::vector<UnitId> subtree(const store::Reader& reader, UnitId root, Day on) {
    std::vector<UnitId> all;
    for (const auto& [id] : rows<UnitId>(
             reader,
             "WITH RECURSIVE place AS (SELECT p.unit, p.parent FROM unit_parent p WHERE p.valid_from ="
             " (SELECT max(q.valid_from) FROM unit_parent q WHERE q.unit = p.unit AND q.valid_from <= :on)),"
             " below (unit) AS (SELECT id FROM unit WHERE id = :root"
             " UNION SELECT place.unit FROM place JOIN below ON place.parent = below.unit) SELECT unit FROM below",
             on, root))
        all.push_back(id);
    return all;
}

}  // namespace guidon::units

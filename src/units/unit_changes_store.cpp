// How do units come, change and end?
#include <algorithm>
#include <unordered_map>

#include "base/assert.h"
#include "base/language.h"
#include "store/bulk.h"
#include "store/sql.h"
#include "units/units_store.h"

namespace guidon::units {
namespace {

using store::BulkInsert;
using store::Change;
using store::first_row;
using store::one;
using store::rows;
using store::run;

std::string joined_tags(const std::vector<std::string>& tags) {
    std::string text;
    for (const auto& tag : tags) text += (text.empty() ? "" : "|") + tag;
    return text;
}

bool overlap(Span a, Span b) {
    return a.from < b.to && b.from < a.to;
}

Problem code_taken(const std::string& code) {
    return Problem("unit.code-taken", {{"code", code}}, "code");
}
Problem parent_unknown(const UnitRow& row) {
    return Problem("unit.parent-unknown", {{"code", row.code}, {"parent", row.parent}}, "parent");
}

/// Which units had a code, and when.
class Codes {
public:
    struct Holder {
        UnitId unit;
        Span held;
    };

    /// For many look-ups all codes are read at once, for few each by itself.
    Codes(const store::Reader& reader, std::size_t expected) : reader_(reader), all_(expected > 200) {
        if (!all_) return;
        store::scan(reader, "SELECT code, unit, valid_from, valid_to FROM unit_code",
                    [this](const store::BulkRow& row) {
                        add(std::string(row.text(0)), UnitId(row.integer(1)),
                            {Day::of_number(static_cast<int>(row.integer(2))),
                             Day::of_number(static_cast<int>(row.integer(3)))});
                    });
    }
    const std::vector<Holder>& holders(const std::string& code) {
        const auto [known, is_new] = holders_.try_emplace(code);
        if (is_new && !all_) {
            for (const auto& [unit, from, to] : rows<UnitId, Day, Day>(
                     reader_, "SELECT unit, valid_from, valid_to FROM unit_code WHERE code = :code", code)) {
                known->second.push_back({unit, {from, to}});
            }
        }
        return known->second;
    }
    void add(const std::string& code, UnitId unit, Span held) {
        if (!all_) holders(code);
        holders_[code].push_back({unit, held});
    }
    bool taken(const std::string& code, Span span, UnitId by_other_than) {
        return std::ranges::any_of(holders(code), [&](const Holder& holder) {
            return holder.unit != by_other_than && overlap(holder.held, span);
        });
    }
    /// Who has `code` when `span` begins; where nobody has, who has it first within `span`.
    std::optional<UnitId> find(const std::string& code, Span span) {
        const Holder* first = nullptr;
        for (const auto& holder : holders(code)) {
            if (overlap(holder.held, span) && (!first || holder.held.from < first->held.from)) first = &holder;
        }
        return first ? std::optional(first->unit) : std::nullopt;
    }

private:
    const store::Reader& reader_;
    bool all_;
    std::unordered_map<std::string, std::vector<Holder>> holders_;
};

/// Ids of the parents; 0 = a root.
std::vector<UnitId> parents_of(const std::vector<UnitRow>& wanted, Codes& codes) {
    std::vector<UnitId> parents;
    parents.reserve(wanted.size());
    for (const auto& row : wanted) {
        const auto parent = row.parent.empty() ? UnitId() : codes.find(row.parent, row.exists).value_or(UnitId(-1));
        if (parent == UnitId(-1)) throw parent_unknown(row);
        parents.push_back(parent);
    }
    return parents;
}

/// Walks up from each new unit; whoever was seen on an earlier walk leads to a root.
void refuse_cycles(const std::vector<UnitRow>& wanted, std::int64_t first, const std::vector<UnitId>& parents) {
    std::vector<std::size_t> walk_of(parents.size(), 0);
    for (std::size_t start = 0; start < parents.size(); ++start) {
        for (std::size_t i = start; walk_of[i] == 0;) {
            walk_of[i] = start + 1;
            if (parents[i].number() < first) break;
            i = static_cast<std::size_t>(parents[i].number() - first);
            if (walk_of[i] == start + 1) throw Problem("unit.cycle", {{"code", wanted[i].code}}, "parent");
        }
    }
}

void insert_units(Change& change, const std::vector<UnitRow>& wanted, std::int64_t first) {
    BulkInsert insert(change, "unit", {"id", "public_id", "kind", "tags", "valid_from", "valid_to"});
    auto id = first;
    for (const auto& row : wanted) {
        const auto public_id = store::new_public_id();
        const auto tags = joined_tags(row.tags);
        insert.integer(id++);
        insert.text(public_id);
        insert.text(row.kind);
        insert.text(tags);
        insert.integer(row.exists.from.number());
        insert.integer(row.exists.to.number());
        insert.end_row();
    }
    insert.finish();
}

void insert_codes(Change& change, const std::vector<UnitRow>& wanted, std::int64_t first) {
    BulkInsert insert(change, "unit_code", {"unit", "code", "folded", "valid_from", "valid_to"});
    auto id = first;
    for (const auto& row : wanted) {
        const auto letters = folded(row.code);
        insert.integer(id++);
        insert.text(row.code);
        insert.text(letters);
        insert.integer(row.exists.from.number());
        insert.integer(row.exists.to.number());
        insert.end_row();
    }
    insert.finish();
}

void insert_parents(Change& change, const std::vector<UnitRow>& wanted, std::int64_t first,
                    const std::vector<UnitId>& parents) {
    BulkInsert insert(change, "unit_parent", {"unit", "parent", "valid_from", "valid_to"});
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        insert.integer(first + static_cast<std::int64_t>(i));
        parents[i] == UnitId() ? insert.null() : insert.integer(parents[i].number());
        insert.integer(wanted[i].exists.from.number());
        insert.integer(wanted[i].exists.to.number());
        insert.end_row();
    }
    insert.finish();
}

void insert_names(Change& change, const std::vector<UnitRow>& wanted, std::int64_t first) {
    const auto before = one<std::int64_t>(change, "SELECT coalesce(max(id), 0) FROM unit_name");
    auto name_id = before;
    BulkInsert insert(change, "unit_name", {"id", "unit", "language", "name", "folded", "valid_from", "valid_to"},
                      store::Triggers::skipped);
    auto id = first;
    for (const auto& row : wanted) {
        for (const auto& [language, name] : row.names) {
            if (name.empty()) continue;
            const auto letters = folded(name);
            insert.integer(++name_id);
            insert.integer(id);
            insert.text(language);
            insert.text(name);
            insert.text(letters);
            insert.integer(row.exists.from.number());
            insert.integer(row.exists.to.number());
            insert.end_row();
        }
        ++id;
    }
    insert.finish();
    if (change.backend() != store::Backend::sqlite) return;
    run(change, "INSERT INTO unit_name_letters (rowid, folded) SELECT id, folded FROM unit_name WHERE id > :before",
        before);
}

// Dated attributes ----------------------------------------------------------------------------------------------

/// The row of `table` that holds last before or on the end of the unit; from `day` on something else will hold.
/// `only` narrows the table to one attribute (a name's language).
void close_spans(Change& change, const std::string& table, const std::string& only, UnitId id, Day day) {
    run(change, "DELETE FROM " + table + " WHERE unit = :unit AND valid_from >= :day" + only, id, day);
    run(change, "UPDATE " + table + " SET valid_to = :to WHERE unit = :unit AND valid_to > :day" + only, day, id, day);
}

/// From which day on a change holds: that of the span that holds last when it is a correction.
Day first_day(const Change& change, const std::string& table, const std::string& only, const Unit& unit, Day since) {
    if (since > unit.exists.from) return since;
    const auto from =
        one<Day>(change, "SELECT coalesce(max(valid_from), -1) FROM " + table + " WHERE unit = :unit" + only, unit.id);
    return from.number() < 0 ? unit.exists.from : from;
}

void set_code(Change& change, const Unit& unit, const std::string& code, Day since) {
    const Day day = first_day(change, "unit_code", "", unit, since);
    if (Codes(change, 1).taken(code, {day, unit.exists.to}, unit.id)) throw code_taken(code);
    close_spans(change, "unit_code", "", unit.id, day);
    run(change, "INSERT INTO unit_code (unit, code, folded, valid_from, valid_to) VALUES (:u, :c, :f, :from, :to)",
        unit.id, code, folded(code), day, unit.exists.to);
}

void set_name(Change& change, const Unit& unit, const std::string& language, const std::string& name, Day since) {
    const std::string only = " AND language = '" + language + "'";
    GUIDON_ASSERT(language.find('\'') == std::string::npos);
    const Day day = first_day(change, "unit_name", only, unit, since);
    close_spans(change, "unit_name", only, unit.id, day);
    const auto id = store::next_id(change, "unit_name");
    run(change,
        "INSERT INTO unit_name (id, unit, language, name, folded, valid_from, valid_to)"
        " VALUES (:i, :u, :l, :n, :f, :from, :to)",
        id, unit.id, language, name, folded(name), day, unit.exists.to);
}

void set_parent(Change& change, const Unit& unit, const UnitRow& row, std::optional<UnitId> parent, Day since) {
    const Day day = first_day(change, "unit_parent", "", unit, since);
    if (parent) {
        for (const auto& above : path(change, *parent, day)) {
            if (above.id == unit.id) throw Problem("unit.cycle", {{"code", row.code}}, "parent");
        }
    }
    close_spans(change, "unit_parent", "", unit.id, day);
    run(change, "INSERT INTO unit_parent (unit, parent, valid_from, valid_to) VALUES (:u, :p, :from, :to)", unit.id,
        parent, day, unit.exists.to);
}

/// The unit's spans follow: what lay at its old ends lies at the new ones, what lies outside goes.
void set_existence(Change& change, const Unit& unit, Span span) {
    for (const std::string table : {"unit_code", "unit_name", "unit_parent"}) {
        run(change, "DELETE FROM " + table + " WHERE unit = :unit AND (valid_from >= :to OR valid_to <= :from)",
            unit.id, span.to, span.from);
        run(change,
            "UPDATE " + table + " SET valid_to = :to WHERE unit = :unit AND (valid_to = :old OR valid_to > :new)",
            span.to, unit.id, unit.exists.to, span.to);
        run(change,
            "UPDATE " + table + " SET valid_from = :to WHERE unit = :unit AND (valid_from = :old OR valid_from < :new)",
            span.from, unit.id, unit.exists.from, span.from);
    }
    run(change, "UPDATE unit SET valid_from = :from, valid_to = :to WHERE id = :unit", span.from, span.to, unit.id);
}

}  // namespace

std::vector<UnitId> add_units(Change& change, const std::vector<UnitRow>& wanted) {
    const auto first = store::next_id(change, "unit");
    Codes codes(change, wanted.size());
    std::vector<UnitId> ids;
    ids.reserve(wanted.size());
    for (const auto& row : wanted) {
        if (codes.taken(row.code, row.exists, UnitId())) throw code_taken(row.code);
        ids.emplace_back(first + static_cast<std::int64_t>(ids.size()));
        codes.add(row.code, ids.back(), row.exists);
    }
    const auto parents = parents_of(wanted, codes);
    refuse_cycles(wanted, first, parents);
    insert_units(change, wanted, first);
    insert_codes(change, wanted, first);
    insert_parents(change, wanted, first, parents);
    insert_names(change, wanted, first);
    return ids;
}

bool update_unit(Change& change, UnitId id, const UnitRow& row, Day since) {
    Unit before = unit(change, id, Day::of_number(Day::never().number() - 1));  // as it stands last
    bool differs = false;
    if (before.exists != row.exists) {
        set_existence(change, before, row.exists);
        before.exists = row.exists;
        differs = true;
    }
    if (before.kind != row.kind || before.tags != row.tags) {
        run(change, "UPDATE unit SET kind = :kind, tags = :tags WHERE id = :unit", row.kind, joined_tags(row.tags), id);
        differs = true;
    }
    if (before.code != row.code) {
        set_code(change, before, row.code, since);
        differs = true;
    }
    for (const auto& [language, name] : row.names) {
        const auto known = before.names.find(language);
        if (name.empty() || (known != before.names.end() && known->second == name)) continue;
        set_name(change, before, language, name, since);
        differs = true;
    }
    std::optional<UnitId> parent;
    if (!row.parent.empty()) {
        parent = Codes(change, 1).find(row.parent, {std::max(since, row.exists.from), row.exists.to});
        if (!parent) throw parent_unknown(row);
    }
    if (before.parent != parent) {
        set_parent(change, before, row, parent, since);
        differs = true;
    }
    return differs;
}

void end_unit(Change& change, UnitId id, Day on) {
    const Unit ending = unit(change, id, on);
    if (on <= ending.exists.from) {
        throw Problem("unit.ends-before-it-begins", {{"code", ending.code}, {"date", on.text()}}, "valid_to");
    }
    if (const auto child = first_row<UnitId>(
            change, "SELECT unit FROM unit_parent WHERE parent = :unit AND valid_to > :on LIMIT 1", id, on)) {
        throw Problem("unit.has-children",
                      {{"code", ending.code}, {"child", unit(change, std::get<0>(*child), on).code}}, "valid_to");
    }
    set_existence(change, ending, {ending.exists.from, on});
}

}  // namespace guidon::units

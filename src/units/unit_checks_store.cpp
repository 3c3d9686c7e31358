// Do the units' dates, places and search words agree with each other?
#include <map>
#include <set>

#include "base/language.h"
#include "store/bulk.h"
#include "store/sql.h"
#include "units/units_store.h"

namespace guidon::units {
namespace {

using store::Reader;
using store::rows;

const std::string at_most = " LIMIT 100";  // max_faults

std::string public_id(const Reader& reader, UnitId id) {
    return store::one<std::string>(reader, "SELECT coalesce(max(public_id), '?') FROM unit WHERE id = :id", id);
}

void check_codes(const Reader& reader, std::vector<Problem>& found) {
    for (const auto& [code, day] : rows<std::string, Day>(
             reader,
             "SELECT a.code, b.valid_from FROM unit_code a JOIN unit_code b ON a.code = b.code AND a.unit <> b.unit"
             " AND a.valid_from <= b.valid_from AND b.valid_from < a.valid_to"
             " AND (a.valid_from < b.valid_from OR a.unit < b.unit)" +
                 at_most)) {
        found.emplace_back("doctor.code-shared", Arguments{{"code", code}, {"date", day.text()}});
    }
}

/// Each unit has one code and one place on every day on which it exists, and no name outside these days.
void check_spans(const Reader& reader, std::vector<Problem>& found) {
    const auto tell = [&](const std::string& table, const std::string& sql) {
        for (const auto& [id] : rows<std::string>(reader, sql + at_most)) {
            found.emplace_back("doctor.dates", Arguments{{"unit", id}, {"table", table}});
        }
    };
    for (const std::string table : {"unit_code", "unit_name", "unit_parent"}) {
        tell(table, "SELECT DISTINCT u.public_id FROM unit u JOIN " + table +
                        " t ON t.unit = u.id WHERE t.valid_from < u.valid_from OR t.valid_to > u.valid_to");
        const std::string same = table == "unit_name" ? " AND a.language = b.language" : "";
        tell(table, "SELECT DISTINCT u.public_id FROM unit u JOIN " + table + " a ON a.unit = u.id JOIN " + table +
                        " b ON b.unit = a.unit AND a.valid_from < b.valid_from AND b.valid_from < a.valid_to" + same);
    }
    for (const std::string table : {"unit_code", "unit_parent"}) {
        for (const std::string end : {"valid_from", "valid_to"}) {
            tell(table, "SELECT u.public_id FROM unit u WHERE NOT EXISTS (SELECT 1 FROM " + table +
                            " t WHERE t.unit = u.id AND t." + end + " = u." + end + ")");
        }
    }
}

void check_parents(const Reader& reader, std::vector<Problem>& found) {
    for (const auto& [unit, parent] : rows<std::string, std::string>(
             reader,
             "SELECT u.public_id, p.public_id FROM unit_parent t JOIN unit u ON u.id = t.unit"
             " JOIN unit p ON p.id = t.parent WHERE p.valid_from > t.valid_from OR p.valid_to < t.valid_to" +
                 at_most)) {
        found.emplace_back("doctor.parent-gone", Arguments{{"unit", unit}, {"parent", parent}});
    }
}

/// Walks up from every unit of one day; whoever was seen on an earlier walk leads to a root.
void check_cycles(const Reader& reader, Day on, std::set<UnitId>& told, std::vector<Problem>& found) {
    std::map<UnitId, UnitId> parents;
    for (const auto& [unit, parent] : rows<UnitId, UnitId>(
             reader,
             "SELECT unit, parent FROM unit_parent WHERE parent IS NOT NULL AND valid_from <= :on AND :then < valid_to",
             on, on)) {
        parents.emplace(unit, parent);
    }
    std::map<UnitId, UnitId> walks;
    for (const auto& [start, ignored] : parents) {
        for (auto at = start; walks.try_emplace(at, start).second;) {
            const auto above = parents.find(at);
            if (above == parents.end()) break;
            at = above->second;
            const auto seen = walks.find(at);
            if (seen == walks.end() || seen->second != start) continue;
            if (told.insert(at).second) {
                found.emplace_back("doctor.cycle", Arguments{{"unit", public_id(reader, at)}});
            }
            break;
        }
    }
}

void check_folding(const Reader& reader, std::vector<Problem>& found) {
    std::size_t wrong = 0;
    store::scan(reader,
                "SELECT u.public_id, n.name, n.folded FROM unit_name n JOIN unit u ON u.id = n.unit"
                " UNION ALL SELECT u.public_id, c.code, c.folded FROM unit_code c JOIN unit u ON u.id = c.unit",
                [&](const store::BulkRow& row) {
                    if (folded(row.text(1)) == row.text(2) || ++wrong > max_faults) return;
                    found.emplace_back("doctor.folded", Arguments{{"unit", std::string(row.text(0))},
                                                                  {"name", std::string(row.text(1))}});
                });
}

}  // namespace

std::vector<Problem> check_units(const Reader& reader) {
    std::vector<Problem> found;
    check_codes(reader, found);
    check_spans(reader, found);
    check_parents(reader, found);
    // A cycle begins on a day on which somebody moves.
    std::set<UnitId> told;
    for (const auto& [day] : rows<Day>(reader, "SELECT DISTINCT valid_from FROM unit_parent ORDER BY valid_from")) {
        check_cycles(reader, day, told, found);
    }
    check_folding(reader, found);
    return found;
}

}  // namespace guidon::units

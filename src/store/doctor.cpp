#include "store/doctor.h"

#include "store/journal.h"
#include "store/sql.h"

namespace guidon::store {
namespace {

/// The file's own structure, and references to rows that are not there. PostgreSQL keeps both by itself.
void check_sqlite(const Reader& reader, std::vector<Problem>& found) {
    for (const auto& [message] : rows<std::string>(reader, "SELECT integrity_check FROM pragma_integrity_check(100)")) {
        if (message != "ok") found.emplace_back("doctor.file", Arguments{{"reason", message}});
    }
    for (const auto& [table, parent, count] :
         rows<std::string, std::string, std::string>(reader,
                                                     "SELECT \"table\", parent, CAST(count(*) AS TEXT) FROM "
                                                     "pragma_foreign_key_check GROUP BY 1, 2 LIMIT 100")) {
        found.emplace_back("doctor.reference", Arguments{{"table", table}, {"parent", parent}, {"count", count}});
    }
}

void check_journal(const Reader& reader, std::vector<Problem>& found) {
    std::int64_t seq = 0;
    std::string previous;
    for (auto entries = entries_since(reader, 0); !entries.empty(); entries = entries_since(reader, seq)) {
        for (const auto& entry : entries) {
            if (found.size() >= max_faults) return;
            if (entry.seq != seq + 1) {
                found.emplace_back("doctor.journal-gap",
                                   Arguments{{"after", std::to_string(seq)}, {"before", std::to_string(entry.seq)}});
            } else if (entry.hash != entry_hash(entry, previous)) {
                found.emplace_back("doctor.journal-hash", Arguments{{"seq", std::to_string(entry.seq)}});
            }
            seq = entry.seq;
            previous = entry.hash;
        }
    }
}

}  // namespace

std::vector<Problem> check_store(const Reader& reader) {
    std::vector<Problem> found;
    if (reader.backend() == Backend::sqlite) check_sqlite(reader, found);
    check_journal(reader, found);
    return found;
}

}  // namespace guidon::store

#include "store/doctor.h"

#include "store/bulk.h"
#include "store/journal_verify.h"
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

/// SQLite keeps what it is given: a number where a text belongs reads alike, but is not what was hashed.
void check_types(const Reader& reader, JournalCheck& check) {
    if (reader.backend() != Backend::sqlite) return;
    for (const auto& [seq] : rows<std::string>(
             reader,
             "SELECT CAST(seq AS TEXT) FROM journal WHERE typeof(seq) || typeof(at_utc_ms) <> 'integerinteger' OR"
             " typeof(who) || typeof(capacity) || typeof(what) || typeof(subject) || typeof(document) || typeof(hash)"
             " <> 'texttexttexttexttexttext' LIMIT 100")) {
        check.tell("doctor.journal-type", {{"seq", seq}});
    }
}

/// The same for the two tables of one row each.
void check_head_types(const Reader& reader, JournalCheck& check) {
    if (reader.backend() != Backend::sqlite) return;
    const auto sound = one<int>(
        reader,
        "SELECT (SELECT count(*) FROM journal_head) = 1 AND (SELECT count(*) FROM journal_key) = 1 AND"
        " (SELECT typeof(id) || typeof(size) || typeof(at_utc_ms) || typeof(frontier) || typeof(root) || typeof(note)"
        " FROM journal_head) = 'integerintegerintegertexttexttext' AND"
        " (SELECT typeof(public_key) FROM journal_key) = 'text'");
    if (sound != 1) check.tell("doctor.journal-head", {{"part", "columns"}});
}

struct HeadRow {
    std::int64_t size = 0;
    std::string frontier, root, note;
    std::int64_t at_utc_ms = 0;
};

/// The columns beside the note are copies of what it says, or follow from the entries.
void check_head_row(const HeadRow& row, JournalCheck& check) {
    const auto note = read_checkpoint(row.note);
    if (!note) return;  // told already
    const auto expect = [&check](bool fits, const char* part) {
        if (!fits) check.tell("doctor.journal-head", {{"part", part}});
    };
    expect(row.size == note->size, "size");
    expect(row.root == note->root, "root");
    expect(row.at_utc_ms == note->at_utc_ms, "time");
    const bool same_tree = check.tree().size() == note->size && hex(check.tree().root()) == note->root;
    if (same_tree) expect(row.frontier == hex(check.tree().subtrees()), "frontier");
}

}  // namespace

std::vector<Problem> check_store(const Reader& reader, const std::optional<PublicKey>& trusted) {
    std::vector<Problem> found;
    if (reader.backend() == Backend::sqlite) check_sqlite(reader, found);
    for (auto& problem : check_journal(reader, {trusted ? trusted->text() : "", {}}).found) {
        found.push_back(std::move(problem));
    }
    return found;
}

Verdict check_journal(const Reader& reader, const Trust& trust) {
    HeadRow head;
    std::string key;
    scan(reader, "SELECT size, frontier, root, note, at_utc_ms FROM journal_head", [&](const BulkRow& row) {
        head = {row.integer(0), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)),
                row.integer(4)};
    });
    scan(reader, "SELECT public_key FROM journal_key", [&](const BulkRow& row) { key = row.text(0); });
    JournalCheck check(head.note, key, trust);
    check_types(reader, check);
    check_head_types(reader, check);
    scan(reader, "SELECT seq, at_utc_ms, who, capacity, what, subject, document, hash FROM journal ORDER BY seq",
         [&](const BulkRow& row) {
             const auto text = [&row](int column) { return std::string(row.text(column)); };
             check.add({row.integer(0), row.integer(1), text(2), text(3), text(4), text(5), text(6), text(7)});
         });
    check_head_row(head, check);
    return check.verdict();
}

}  // namespace guidon::store

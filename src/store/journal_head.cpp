#include "store/journal_head.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "base/assert.h"
#include "base/problem.h"
#include "store/database_file.h"
#include "store/journal.h"
#include "store/sql.h"
#include "store/transaction.h"

namespace guidon::store {
namespace {

/// A new key waits under this name until the database that knows it is on disk.
std::string waiting_file(const std::string& key_file) {
    return key_file + ".new";
}

bool has_head(Connection& connection) {
    return one<int>(Borrowed(connection), "SELECT count(*) FROM journal_key CROSS JOIN journal_head") > 0;
}

Frontier tree_of(const Reader& reader) {
    Frontier frontier;
    for (auto entries = entries_since(reader, 0); !entries.empty(); entries = entries_since(reader, frontier.size())) {
        for (const auto& entry : entries) {
            const auto leaf = digest_of(entry.hash);
            if (!leaf || entry.seq != frontier.size() + 1) {
                throw Problem("store.journal-head", {{"reason", "journal"}}, "", 503);
            }
            frontier.append(*leaf);
        }
    }
    return frontier;
}

}  // namespace

std::string journal_key_file(const Address& address, const std::string& wish) {
    if (!wish.empty()) return wish;
    const char* named = address.backend == Backend::sqlite ? nullptr : std::getenv("GUIDON_KEY");
    return named && *named ? named : database_file(address, "key");
}

// The first head ------------------------------------------------------------------------------------------------

/// A key that is there has signed something before: entries without a head beside it are a head that was taken away.
SigningKey Sealer::new_key(bool has_entries) const {
    if (auto kept = read_key_file(key_file_)) {
        if (!has_entries) return *std::move(kept);
        throw Problem("store.journal-key", {{"file", key_file_}, {"reason", "headless"}, {"detail", ""}}, "", 503);
    }
    if (auto waiting = read_key_file(waiting_file(key_file_))) return *std::move(waiting);
    auto key = SigningKey::generate();
    write_key_file(waiting_file(key_file_), key);
    return key;
}

void Sealer::begin_journal(Connection& connection) {
    std::error_code none;  // the key is in its place already
    const auto keep_key = [&] { std::filesystem::rename(waiting_file(key_file_), key_file_, none); };
    if (!has_head(connection)) {
        Transaction transaction(connection, {});
        if (has_head(connection)) return;
        frontier_ = tree_of(Borrowed(connection));
        key_ = new_key(frontier_.size() > 0);
        const auto head = sign(0);
        connection.execute("DELETE FROM journal_key; DELETE FROM journal_head");
        run(connection, "INSERT INTO journal_key (id, public_key) VALUES (1, :key)", key_->public_key().text());
        run(connection,
            "INSERT INTO journal_head (id, size, frontier, root, note, at_utc_ms)"
            " VALUES (1, :size, :frontier, :root, :note, :at)",
            head.size, hex(frontier_.subtrees()), head.root, head.text, head.at_utc_ms);
        transaction.commit();
        keep_key();
    } else if (!std::filesystem::exists(key_file_, none) && std::filesystem::exists(waiting_file(key_file_), none)) {
        keep_key();  // the program ended before it could
    }
}

// Every further one ---------------------------------------------------------------------------------------------

void Sealer::load_key(const std::string& public_key) {
    if (key_ && key_->public_key().text() == public_key) return;
    const auto refuse = [this](const char* reason) {
        throw Problem("store.journal-key", {{"file", key_file_}, {"reason", reason}, {"detail", ""}}, "", 503);
    };
    key_ = read_key_file(key_file_);
    if (!key_) refuse("missing");
    if (key_->public_key().text() != public_key) {
        key_.reset();
        refuse("foreign");
    }
}

void Sealer::check_head(const std::string& note, std::int64_t size, const std::string& frontier) {
    if (note == note_ && size == frontier_.size() && frontier == hex(frontier_.subtrees())) return;
    const auto head = read_checkpoint(note);
    auto digests = digests_of(frontier);
    auto tree = digests ? Frontier::from(size, *std::move(digests)) : std::nullopt;
    if (!head || !tree || head->size != size || head->root != hex(tree->root()) ||
        !is_signed_by(*head, key_->public_key())) {
        throw Problem("store.journal-head", {{"reason", "head"}}, "", 503);
    }
    frontier_ = *std::move(tree);
    note_ = note;
}

JournalEnd Sealer::end(Connection& connection) {
    using Text = std::optional<std::string>;
    const auto found = first_row<std::string, std::int64_t, std::string, std::string, std::int64_t, std::int64_t, Text,
                                 std::optional<std::int64_t>>(
        Borrowed(connection),
        "SELECT k.public_key, h.size, h.frontier, h.note, h.at_utc_ms,"
        " (SELECT coalesce(max(seq), 0) FROM journal), j.hash, j.at_utc_ms"
        " FROM journal_key k CROSS JOIN journal_head h LEFT JOIN journal j ON j.seq = h.size");
    if (!found) throw Problem("store.journal-head", {{"reason", "none"}}, "", 503);
    const auto& [public_key, size, frontier, note, signed_at, last, hash, at] = *found;
    load_key(public_key);
    check_head(note, size, frontier);
    if (last != size || (size > 0 && !hash)) throw Problem("store.journal-head", {{"reason", "journal"}}, "", 503);
    return {size, hash.value_or(""), std::max(signed_at, at.value_or(0))};
}

Checkpoint Sealer::sign(std::int64_t not_before_utc_ms) const {
    return signed_checkpoint(frontier_.size(), frontier_.root(), std::max(now_utc_ms_(), not_before_utc_ms), *key_);
}

void Sealer::seal(Connection& connection, const std::vector<Digest>& leaves, std::int64_t not_before_utc_ms) {
    GUIDON_ASSERT(key_);
    for (const auto& leaf : leaves) frontier_.append(leaf);
    const auto head = sign(not_before_utc_ms);
    note_ = head.text;  // if the commit fails, the next transaction finds another note and reads it
    run(connection,
        "UPDATE journal_head SET size = :size, frontier = :frontier, root = :root, note = :note, at_utc_ms = :at"
        " WHERE id = 1",
        head.size, hex(frontier_.subtrees()), head.root, head.text, head.at_utc_ms);
}

}  // namespace guidon::store

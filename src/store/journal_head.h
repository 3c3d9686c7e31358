// How does the journal's signed head move on? Each transaction that appends entries puts their hashes into the tree
// and signs its new root once, before it commits.
//
// Nothing is ever signed on trust: the head that is gone on from must itself be signed by this key and fit the end of
// the journal. Otherwise a changed database would only have to wait for the next entry to be signed.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "store/address.h"
#include "store/checkpoint.h"
#include "store/connection.h"
#include "store/merkle.h"

namespace guidon::store {

/// Where the next entry is appended.
struct JournalEnd {
    std::int64_t seq = 0;  // 0 = no entry yet
    std::string hash;
    std::int64_t at_utc_ms = 0;
};

/// Signs for one process; used by whoever holds the store's turn to write.
class Sealer {
public:
    Sealer(std::string key_file, std::function<std::int64_t()> now_utc_ms)
        : key_file_(std::move(key_file)), now_utc_ms_(std::move(now_utc_ms)) {}

    /// Gives a database that has no head its key and head, if its schema has just come to know them (or it has no
    /// entries). Needs no key where there is a head. Throws Problem "store.journal-key".
    void begin_journal(Connection& connection);

    /// Reads and checks the head in the transaction that is open. Throws Problem "store.journal-key" if the key's
    /// file is missing or belongs to another database, "store.journal-head" if head, key and journal do not fit.
    JournalEnd end(Connection& connection);
    /// Takes the transaction's new entries into the head that end() read.
    void seal(Connection& connection, const std::vector<Digest>& leaves, std::int64_t not_before_utc_ms);

private:
    void load_key(const std::string& public_key);
    void check_head(const std::string& note, std::int64_t size, const std::string& frontier);
    SigningKey new_key(bool has_entries) const;
    Checkpoint sign(std::int64_t not_before_utc_ms) const;

    std::string key_file_;
    std::function<std::int64_t()> now_utc_ms_;
    std::optional<SigningKey> key_;
    std::string note_;   // of the head that was checked last, or made here
    Frontier frontier_;  // of that head
};

/// Where the key of the database is: `wish` if there is one; for SQLite `FILE.key`; for PostgreSQL what GUIDON_KEY
/// says, else `guidon-DBNAME.key` in the working directory.
std::string journal_key_file(const Address& address, const std::string& wish);

}  // namespace guidon::store

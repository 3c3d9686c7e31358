// Who changed what, when, in which capacity? Every committed change is one entry; entries are numbered without a
// gap and each hash covers the entry before it.
//
// The hash is the leaf hash of RFC 6962: SHA-256(0x00 ‖ entry), where `entry` is the netstrings (length ":" bytes
// ",") of "guidon/journal/1", seq, at, who, capacity, what, subject, document and the previous entry's hash in
// hexadecimal ("" for the first).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.h"

namespace guidon::store {

struct Entry {
    std::int64_t seq = 0;  // from 1
    std::int64_t at_utc_ms = 0;
    std::string who, capacity, what, subject;
    std::string document;  // JSON, exactly as it was hashed
    std::string hash;      // 64 hexadecimal digits

    bool operator==(const Entry&) const = default;
};

/// Entries after `seq`, oldest first: how a process follows what others change.
std::vector<Entry> entries_since(const Reader& reader, std::int64_t seq, int most = 1000);
/// Entries about `subject`, newest first.
std::vector<Entry> entries_about(const Reader& reader, std::string_view subject, int most = 100);
/// The newest `most` entries before `before` (0 = from the end), newest first: pages of the journal.
std::vector<Entry> entries_before(const Reader& reader, std::int64_t before, int most = 50);

/// The hash that `entry` must have after an entry with hash `previous`.
std::string entry_hash(const Entry& entry, std::string_view previous);

}  // namespace guidon::store

#include "store/journal.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "store/bulk.h"
#include "store/hash.h"
#include "store/sql.h"

namespace guidon::store {
namespace {

constexpr const char* columns = "SELECT seq, at_utc_ms, who, capacity, what, subject, document, hash FROM journal ";

template <class... Arguments>
std::vector<Entry> entries(const Reader& reader, const char* condition, const Arguments&... arguments) {
    std::vector<Entry> result;
    for (auto& [seq, at, who, capacity, what, subject, document, hash] :
         rows<std::int64_t, std::int64_t, std::string, std::string, std::string, std::string, std::string, std::string>(
             reader, std::string(columns) + condition, arguments...))
        result.push_back({seq, at, std::move(who), std::move(capacity), std::move(what), std::move(subject),
                          std::move(document), std::move(hash)});
    return result;
}

/// The first text behind all that begin with `prefix`, comparing bytes. In UTF-8 no byte is 0xff.
std::string behind(std::string_view prefix) {
    std::string text(prefix);
    ++text.back();
    return text;
}

/// The number of the first entry that is not before `utc_ms`: times never go back. `otherwise` if there is none.
std::int64_t first_since(const Reader& reader, std::int64_t utc_ms, std::int64_t otherwise) {
    const auto found = first_row<std::int64_t>(
        reader, "SELECT seq FROM journal WHERE at_utc_ms >= :at ORDER BY at_utc_ms, seq LIMIT 1", utc_ms);
    return found ? std::get<0>(*found) : otherwise;
}

void append_netstring(std::string& out, std::string_view text) {
    out += std::to_string(text.size());
    out += ':';
    out += text;
    out += ',';
}

}  // namespace

std::vector<Entry> entries_since(const Reader& reader, std::int64_t seq, int most) {
    return entries(reader, "WHERE seq > :seq ORDER BY seq LIMIT :most", seq, most);
}

std::vector<Entry> entries_about(const Reader& reader, std::string_view subject, int most) {
    return entries(reader, "WHERE subject = :subject ORDER BY seq DESC LIMIT :most", subject, most);
}

std::vector<Entry> entries_before(const Reader& reader, std::int64_t before, int most) {
    if (before <= 0) return entries(reader, "ORDER BY seq DESC LIMIT :most", most);
    return entries(reader, "WHERE seq < :before ORDER BY seq DESC LIMIT :most", before, most);
}

std::vector<Entry> entries_matching(const Reader& reader, const Filter& filter, int most) {
    constexpr auto last = std::numeric_limits<std::int64_t>::max();
    const auto from = filter.from_utc_ms > 0 ? first_since(reader, filter.from_utc_ms, last) : 1;
    const auto to = filter.to_utc_ms > 0 ? first_since(reader, filter.to_utc_ms, last) : last;
    const auto before = filter.before_seq > 0 ? std::min(filter.before_seq, to) : to;
    // One after the other takes its condition and arguments along: each statement has exactly those that it needs, so
    // that the database finds the index for it.
    const auto find = [&](const std::string& where, const auto&... given) {
        return entries(reader, (where + " ORDER BY seq DESC LIMIT :most").c_str(), from, before, given..., most);
    };
    const auto by_what = [&](const std::string& where, const auto&... given) {
        if (filter.what.empty()) return find(where, given...);
        return find(where + " AND what >= :what AND what < :behind", given..., filter.what, behind(filter.what));
    };
    const auto by_subject = [&](const std::string& where, const auto&... given) {
        if (filter.subject.empty()) return by_what(where, given...);
        return by_what(where + " AND subject = :subject", given..., filter.subject);
    };
    const std::string where = "WHERE seq >= :from AND seq < :before";
    if (filter.who.empty()) return by_subject(where);
    return by_subject(where + " AND who = :who", filter.who);
}

std::optional<Checkpoint> newest_checkpoint(const Reader& reader) {
    const auto note = first_row<std::string>(reader, "SELECT note FROM journal_head");
    return note ? read_checkpoint(std::get<0>(*note)) : std::nullopt;
}

std::optional<PublicKey> public_key(const Reader& reader) {
    const auto text = first_row<std::string>(reader, "SELECT public_key FROM journal_key");
    return text ? PublicKey::parse(std::get<0>(*text)) : std::nullopt;
}

std::optional<InclusionProof> inclusion_proof(const Reader& reader, std::int64_t seq) {
    std::vector<Digest> leaves;
    scan(reader, "SELECT hash FROM journal ORDER BY seq",
         [&](const BulkRow& row) { leaves.push_back(digest_of(row.text(0)).value_or(Digest{})); });
    const auto size = static_cast<std::int64_t>(leaves.size());
    if (seq < 1 || seq > size) return {};
    return InclusionProof{seq, size, leaves[static_cast<std::size_t>(seq - 1)], inclusion_path(leaves, seq - 1)};
}

std::string entry_hash(const Entry& entry, std::string_view previous) {
    std::string bytes(1, '\0');  // a leaf, as RFC 6962 marks it
    append_netstring(bytes, "guidon/journal/1");
    append_netstring(bytes, std::to_string(entry.seq));
    append_netstring(bytes, std::to_string(entry.at_utc_ms));
    for (const auto* text : {&entry.who, &entry.capacity, &entry.what, &entry.subject, &entry.document}) {
        append_netstring(bytes, *text);
    }
    append_netstring(bytes, previous);
    return sha256_hex(bytes);
}

}  // namespace guidon::store

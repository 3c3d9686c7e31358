#include "store/journal.h"

#include <tuple>

#include "store/hash.h"
#include "store/sql.h"

namespace guidon::store {
namespace {

constexpr const char* columns = "SELECT seq, at_utc_ms, who, capacity, what, subject, document, hash FROM journal ";

template <class... Arguments>
std::vector<Entry> entries(const Reader& reader, const char* condition, const Arguments&... arguments) {
    std::vector<Entry> result;
    for (auto& row :
         rows<std::int64_t, std::int64_t, std::string, std::string, std::string, std::string, std::string, std::string>(
             reader, std::string(columns) + condition, arguments...)) {
        result.push_back(std::make_from_tuple<Entry>(std::move(row)));
    }
    return result;
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

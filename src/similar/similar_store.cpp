#include "similar/similar_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "similar/sketch.h"
#include "similar/words.h"
#include "store/bulk.h"
#include "store/sql.h"

namespace guidon::similar {
namespace {

// So many texts wait before they become a part: a question reads them all, and as many rows a text are then written at
// once (some 0.1 s).
constexpr int most_recent = 4096;
// So many texts of one band are read: what more texts than that have in common is a template.
constexpr int most_of_band = 256;

/// What the index keeps of a text.
struct Entry {
    std::int64_t text;
    std::int64_t digest;
    BandKeys keys;
};

std::optional<Entry> entry_of(std::int64_t id, std::string_view text) {
    const auto set = word_set(text);
    if (set.empty()) return std::nullopt;
    const auto sketch = sketch_of(set);
    return Entry{id, static_cast<std::int64_t>(digest(sketch)), band_keys(sketch)};
}

// Recent texts --------------------------------------------------------------------------------------------------

constexpr std::size_t key_digits = 8;

std::string written(const BandKeys& keys) {
    std::string text;
    for (const auto key : keys) text += fmt::format("{:0{}x}", static_cast<std::uint32_t>(key), key_digits);
    return text;
}

BandKeys read_keys(std::string_view text) {
    BandKeys keys{};
    for (std::size_t band = 0; band < bands; ++band) {
        const auto digits = text.substr(std::min(text.size(), band * key_digits), key_digits);
        std::uint32_t key = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), key, 16);
        keys[band] = static_cast<std::int32_t>(key);
    }
    return keys;
}

int recent_places(const store::Change& change) {
    return store::one<int>(change, "SELECT coalesce(max(place), 0) FROM similar_recent");
}

void put_recent(const store::Change& change, const Entry& entry, int place) {
    store::run(change,
               "INSERT INTO similar_recent (place, text, digest, bands) VALUES (:place, :text, :digest, :bands) "
               "ON CONFLICT (text) DO UPDATE SET digest = excluded.digest, bands = excluded.bands",
               place, entry.text, entry.digest, written(entry.keys));
}

std::vector<Entry> take_recent(const store::Change& change) {
    std::vector<Entry> entries;
    for (const auto& [text, digest, keys] : store::rows<std::int64_t, std::int64_t, std::string>(
             change, "SELECT text, digest, bands FROM similar_recent")) {
        entries.push_back({text, digest, read_keys(keys)});
    }
    store::run(change, "DELETE FROM similar_recent");
    return entries;
}

// Parts ---------------------------------------------------------------------------------------------------------

/// Which bands of which entries there are, in the order of the table.
std::vector<std::pair<std::int32_t, std::uint32_t>> in_order(const std::vector<Entry>& entries) {
    std::vector<std::pair<std::int32_t, std::uint32_t>> order;
    order.reserve(entries.size() * bands);
    for (std::uint32_t i = 0; i < entries.size(); ++i) {
        for (const auto key : entries[i].keys) order.emplace_back(key, i);
    }
    std::sort(order.begin(), order.end());
    order.erase(std::unique(order.begin(), order.end()), order.end());
    return order;
}

/// `entries` have each text once.
void add_part(store::Change& change, std::vector<Entry> entries) {
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.text < b.text; });
    const auto part = store::one<std::int64_t>(change, "SELECT coalesce(max(part), 0) + 1 FROM similar_part");
    store::run(change, "INSERT INTO similar_part (part) VALUES (:part)", part);
    store::BulkInsert insert(change, "similar_band", {"part", "band", "text", "digest"});
    for (const auto& [key, i] : in_order(entries)) {
        insert.integer(part);
        insert.integer(key);
        insert.integer(entries[i].text);
        insert.integer(entries[i].digest);
        insert.end_row();
    }
    insert.finish();
}

// SQL that has something for each band --------------------------------------------------------------------------

std::string for_each_band(std::string_view between, std::string_view before, std::string_view after) {
    std::string sql;
    for (int band = 0; band < bands; ++band) {
        sql += fmt::format("{}{}:band{}{}", band == 0 ? "" : between, before, band, after);
    }
    return sql;
}

/// The oldest texts of each band. The parts are what is gone through, in their order, on either database.
std::string sql_of_bands(store::Backend backend) {
    const bool lateral = backend == store::Backend::postgresql;
    const auto limit = fmt::format(" LIMIT {}", most_of_band);
    return for_each_band(
        " UNION ALL ",
        lateral
            ? "SELECT text, digest FROM (SELECT b.text, b.digest FROM similar_part p CROSS JOIN LATERAL (SELECT text, "
              "digest FROM similar_band WHERE part = p.part AND band = "
            : "SELECT text, digest FROM (SELECT b.text, b.digest FROM similar_part p CROSS JOIN similar_band b WHERE "
              "b.part = p.part AND b.band = ",
        (lateral ? " ORDER BY text" + limit + ") b" : "") + limit + ") one_band");
}

using Found = std::vector<std::tuple<std::int64_t, std::int64_t>>;  // text, digest

Found in_bands(const store::Reader& reader, const BandKeys& keys) {
    static const std::string sqlite = sql_of_bands(store::Backend::sqlite);
    static const std::string postgresql = sql_of_bands(store::Backend::postgresql);
    const auto& sql = reader.backend() == store::Backend::sqlite ? sqlite : postgresql;
    return std::apply([&](auto... key) { return store::rows<std::int64_t, std::int64_t>(reader, sql, key...); }, keys);
}

}  // namespace

void index_text(store::Change& change, std::int64_t id, std::string_view text) {
    const Indexed one{id, text};
    index_texts(change, {&one, 1});
}

void index_texts(store::Change& change, std::span<const Indexed> texts) {
    std::vector<Entry> entries;
    entries.reserve(texts.size());
    for (const auto& [id, text] : texts) {
        if (const auto entry = entry_of(id, text)) entries.push_back(*entry);
    }
    int places = recent_places(change);
    if (static_cast<std::size_t>(places) + entries.size() < most_recent) {
        for (const auto& entry : entries) put_recent(change, entry, ++places);
        return;
    }
    const auto recent = take_recent(change);
    entries.insert(entries.end(), recent.begin(), recent.end());
    add_part(change, std::move(entries));
}

void forget_text(store::Change& change, std::int64_t id, std::string_view text) {
    const auto entry = entry_of(id, text);
    if (!entry) return;
    store::run(change, "DELETE FROM similar_recent WHERE text = :text", id);
    static const std::string sql =
        "DELETE FROM similar_band WHERE part IN (SELECT part FROM similar_part) AND text = :text AND band IN (" +
        for_each_band(", ", "", "") + ")";
    std::apply([&](auto... key) { store::run(change, sql, id, key...); }, entry->keys);
}

void forget_all(store::Change& change) {
    for (const char* const table : {"similar_recent", "similar_band", "similar_part"}) {
        store::run(change, std::string("DELETE FROM ") + table);
    }
}

std::vector<std::int64_t> candidates(const store::Reader& reader, std::string_view text, std::size_t most) {
    const auto entry = entry_of(0, text);
    if (!entry) return {};
    std::vector<std::pair<int, std::int64_t>> order;  // bits that differ, text
    const auto look_at = [&](const Found& found) {
        for (const auto& [id, digest] : found) {
            const int equal = equal_bits(static_cast<std::uint64_t>(digest), static_cast<std::uint64_t>(entry->digest));
            if (equal >= enough_equal_bits) order.emplace_back(digest_bits - equal, id);
        }
    };
    look_at(in_bands(reader, entry->keys));
    look_at(store::rows<std::int64_t, std::int64_t>(reader, "SELECT text, digest FROM similar_recent"));
    std::sort(order.begin(), order.end());
    order.erase(std::unique(order.begin(), order.end()), order.end());
    if (order.size() > most) order.resize(most);
    std::vector<std::int64_t> result;
    for (const auto& [differing, id] : order) result.push_back(id);
    return result;
}

std::vector<std::int64_t> indexed_texts(const store::Reader& reader) {
    std::vector<std::int64_t> result;
    for (const auto& [text] : store::rows<std::int64_t>(
             reader, "SELECT text FROM similar_band UNION SELECT text FROM similar_recent ORDER BY text")) {
        result.push_back(text);
    }
    return result;
}

}  // namespace guidon::similar

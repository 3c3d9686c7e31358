#include "movements/publications_store.h"

#include "store/sql.h"

namespace guidon::movements {

namespace {

Act act_of(const store::Change& change) {
    return {change.next_seq(), change.at_utc_ms(), change.permit().who(), change.permit().capacity()};
}

}  // namespace

std::vector<Publication> publications(const store::Reader& reader, CycleId cycle) {
    std::vector<Publication> found;
    for (auto& [version, seq, at, who, capacity, gone, gone_at, gone_by, gone_capacity, reason] :
         store::rows<int, std::int64_t, std::int64_t, std::string, std::string, std::int64_t, std::int64_t, std::string,
                     std::string, std::string>(
             reader,
             "SELECT version, seq, at_utc_ms, who, capacity, withdrawn_seq, withdrawn_at_utc_ms, withdrawn_by,"
             " withdrawn_capacity, reason FROM publication WHERE cycle = :cycle ORDER BY version DESC",
             cycle))
        found.push_back({version, {seq, at, who, capacity}, {gone, gone_at, gone_by, gone_capacity}, reason});
    return found;
}

Publication last_publication(const store::Reader& reader, CycleId cycle) {
    const auto all = publications(reader, cycle);
    return all.empty() ? Publication() : all.front();
}

Publication publish_standings(store::Change& change, CycleId cycle) {
    const Publication last = last_publication(change, cycle);
    if (last.stands()) throw Problem("publication.stands", {}, "", 409);
    const Publication fresh{last.version + 1, act_of(change), {}, ""};
    const auto id = store::next_id(change, "publication");
    store::run(change,
               "INSERT INTO publication (id, cycle, version, seq, at_utc_ms, who, capacity, withdrawn_seq,"
               " withdrawn_at_utc_ms, withdrawn_by, withdrawn_capacity, reason)"
               " VALUES (:id, :cycle, :version, :seq, :at, :who, :capacity, 0, 0, '', '', '')",
               id, cycle, fresh.version, fresh.published.seq, fresh.published.at_utc_ms, fresh.published.who,
               fresh.published.capacity);
    return fresh;
}

Publication withdraw_standings(store::Change& change, CycleId cycle, const std::string& reason) {
    constexpr std::size_t most_reason = 2000;  // bytes, as a note
    Publication last = last_publication(change, cycle);
    if (!last.stands()) throw Problem("publication.none", {}, "", 409);
    if (reason.find_first_not_of(" \t\r\n") == std::string::npos)
        throw Problem("publication.no-reason", {}, "reason", 422);
    if (reason.size() > most_reason)
        throw Problem("publication.long-reason", {{"most", std::to_string(most_reason)}}, "reason", 422);
    last.withdrawn = act_of(change);
    last.reason = reason;
    store::run(change,
               "UPDATE publication SET withdrawn_seq = :seq, withdrawn_at_utc_ms = :at, withdrawn_by = :who,"
               " withdrawn_capacity = :capacity, reason = :reason WHERE cycle = :cycle AND version = :version",
               last.withdrawn.seq, last.withdrawn.at_utc_ms, last.withdrawn.who, last.withdrawn.capacity, reason, cycle,
               last.version);
    return last;
}

}  // namespace guidon::movements

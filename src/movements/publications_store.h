// Which standings were published, by whom and when – and taken back, why? A cycle's publications are numbered; at most
// the last one stands.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "movements/movements_store.h"
#include "store/store.h"

namespace guidon::movements {

/// Somebody's act, as the journal has it.
struct Act {
    std::int64_t seq = 0;  // journal entry; 0 = it was not done
    std::int64_t at_utc_ms = 0;
    std::string who, capacity;

    bool operator==(const Act&) const = default;
};

struct Publication {
    int version = 0;  // from 1 within the cycle
    Act published;    // the figures are those before its journal entry
    Act withdrawn;
    std::string reason;  // why it was withdrawn

    bool stands() const { return version > 0 && withdrawn.seq == 0; }
    /// What a change of it has to match: the last journal entry about it, "0" before the first.
    std::string if_match() const { return std::to_string(stands() ? published.seq : withdrawn.seq); }
    bool operator==(const Publication&) const = default;
};

/// Newest first.
std::vector<Publication> publications(const store::Reader& reader, CycleId cycle);
/// The newest; version 0 where there is none.
Publication last_publication(const store::Reader& reader, CycleId cycle);

/// Gives the new publication. Throws Problem "publication.stands" (409) if one stands already.
Publication publish_standings(store::Change& change, CycleId cycle);
/// Throws Problem "publication.none" (409) if none stands, "publication.no-reason" or "publication.long-reason" (422).
Publication withdraw_standings(store::Change& change, CycleId cycle, const std::string& reason);

}  // namespace guidon::movements

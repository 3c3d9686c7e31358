// What does the file of an exemplar's cycle say about exemplars? Read once for each version of the file: a registration
// asks for it thousands of times a second.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "exemplars/exemplars_store.h"
#include "movements/movements_store.h"

namespace guidon::exemplars {

/// A cycle, as its file says.
struct OpenCycle {
    movements::StoredCycle stored;  // without its text
    movements::Cycle cycle;
    movements::ExemplarRules rules;  // empty where the file takes none any longer
    std::optional<UnitId> root;      // under which its participants stand; nothing: of all, or not there yet
};
using OpenCycleRef = std::shared_ptr<const OpenCycle>;

/// Safe from any thread.
class CycleFiles {
public:
    /// Null where there is no such cycle, or its file takes no exemplars.
    OpenCycleRef find(const store::Reader& reader, std::string_view key, std::string_view period) const;
    /// Of a registered exemplar; its file may take none any longer.
    OpenCycleRef of(const store::Reader& reader, const Exemplar& exemplar) const;
    /// All that take exemplars and are not closed, running ones first.
    std::vector<OpenCycleRef> taking(const store::Reader& reader) const;

private:
    OpenCycleRef kept(CycleId id, std::int64_t since) const;
    OpenCycleRef keep(const store::Reader& reader, std::string_view key, std::string_view period) const;

    mutable std::mutex mutex_;
    mutable std::map<CycleId, OpenCycleRef> cycles_;
};

/// The unit under which the movement's participants stand; nothing where it is open to all.
std::optional<UnitId> root_of(const store::Reader& reader, const OpenCycle& cycle);
/// Whether exemplars of `unit` belong to the movement: it stands under that unit today, or did on the cycle's last day.
bool takes_part(const store::Reader& reader, const OpenCycle& cycle, UnitId unit, Day today);
/// Whether the days of registration are over: only a unit above the owner's takes in what comes late.
bool is_over(const OpenCycle& cycle, Day today);

/// The movement's title in `language`; its key without one.
const std::string& title_of(const OpenCycle& cycle, Language language);
/// {key, period, title, href, sample, running}: how every document names a cycle.
boost::json::object cycle_reference(const OpenCycle& cycle, Language language);

}  // namespace guidon::exemplars

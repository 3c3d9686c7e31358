#include "gallery/catalogue.h"

#include <algorithm>

#include "movements/cycle.h"
#include "movements/movements_store.h"

namespace guidon::gallery {

namespace {

template <class All>
void add_missing(std::vector<Catalogue::Entry>& to, const All& from) {
    for (const auto& one : from)
        if (std::none_of(to.begin(), to.end(), [&](const auto& known) { return known.key == one.key; }))
            to.push_back({one.key, one.title});
}

}  // namespace

std::string Catalogue::title(const std::vector<Entry>& entries, std::string_view key, Language language) {
    for (const Entry& entry : entries)
        if (entry.key == key && !pick(entry.title, language).empty()) return pick(entry.title, language);
    return std::string(key);
}

const Catalogue::OfCycle* Catalogue::cycle(std::int64_t id) const {
    const auto found = std::find_if(cycles.begin(), cycles.end(), [&](const auto& one) { return one.id == id; });
    return found == cycles.end() ? nullptr : &*found;
}

Catalogue load_catalogue(const store::Reader& reader) {
    Catalogue all;
    for (const auto& listed : movements::cycles(reader)) {
        const auto stored = movements::find_cycle(reader, listed.key, listed.period);
        std::vector<Fault> faults;
        const auto cycle = stored ? movements::read_cycle(stored->toml, listed.key, faults) : std::nullopt;
        if (!cycle) continue;
        all.cycles.push_back(
            {listed.id.number(), listed.key, listed.period, cycle->title, cycle->exemplars.has_value()});
        if (!cycle->exemplars) continue;
        add_missing(all.fields, cycle->exemplars->fields);
        add_missing(all.topics, cycle->exemplars->topics);
        add_missing(all.levels, cycle->exemplars->levels);
    }
    return all;
}

}  // namespace guidon::gallery

// How does the register read what it keeps in memory? Past everything that it does not need.
#pragma once

#include <cstdint>
#include <functional>

#include "gallery/columns.h"
#include "store/store.h"

namespace guidon::gallery {

/// Calls `each` for all exemplars that journal entries after `since` have changed, by id.
void read_facts(const store::Reader& reader, std::int64_t since, const std::function<void(const Facts&)>& each);
/// Calls `each` for all steps after journal entry `since`; those of one exemplar in order.
void read_steps(const store::Reader& reader, std::int64_t since,
                const std::function<void(ExemplarId, const Step&, std::string_view level)>& each);
bool exists(const store::Reader& reader, std::string_view public_id);

}  // namespace guidon::gallery

// Which of the exemplars in memory may somebody see? The same answer as exemplars::sees, remembered by unit.
#pragma once

#include <cstdint>
#include <map>
#include <tuple>

#include "gallery/register.h"
#include "people/viewer.h"

namespace guidon::gallery {

class Eyes {
public:
    /// `viewer` null: the public. `reader` outlives it.
    Eyes(const store::Reader& reader, const people::Viewer* viewer) : reader_(reader), viewer_(viewer) {}
    bool see(const View& view, Columns::Row row) const;
    /// Whether what is seen is what everybody sees.
    bool of_the_public() const { return !viewer_; }

private:
    const store::Reader& reader_;
    const people::Viewer* viewer_;
    mutable std::map<std::tuple<std::int32_t, std::uint16_t, bool>, bool> known_;  // unit, cycle, a draft?
};

}  // namespace guidon::gallery

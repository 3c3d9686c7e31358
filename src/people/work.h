// What waits for a person? Each noun tells its own part; the page of one's work and the digest by mail show the same.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/language.h"
#include "people/viewer.h"
#include "store/store.h"

namespace guidon::people {

/// One piece of work: "Figures to report: Ky Anh, Four-good party cells" …
struct WorkItem {
    std::string title;  // in the reader's language, one line
    std::string about;  // a few words more; may be empty
    std::int64_t count = 1;
    Day due = Day::never();  // never = no date
    std::string href;        // beginning with `/`
};
/// Adds what waits in the viewer's capacity.
using WorkPart = std::function<void(std::vector<WorkItem>& work, const store::Reader& reader, const Viewer& viewer,
                                    Language language)>;

}  // namespace guidon::people

#include "imports/first_steps.h"

#include "movements/movements_store.h"
#include "people/gate.h"
#include "units/units_store.h"

namespace guidon::imports {

using people::Action;
using people::Gate;

people::WorkPart first_steps() {
    return [](std::vector<people::WorkItem>& work, const store::Reader& reader, const people::Viewer& viewer,
              Language language) {
        const auto add = [&](const std::string& kind) {
            work.push_back({.title = say(language, "import.first." + kind),
                            .about = say(language, "import.first-about." + kind),
                            .count = 1,
                            .due = Day::never(),
                            .href = "/import?kind=" + kind});
        };
        if (units::count_units(reader, viewer.today) == 0) {
            if (Gate::may_somewhere(&viewer, Action::change_units)) add("units");
        } else if (Gate::may_somewhere(&viewer, Action::change_movement) && movements::cycles(reader).empty()) {
            add("movement");
        }
    };
}

}  // namespace guidon::imports

// Movement files for tests: the least that is valid, and one with every key of the format.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

namespace guidon::movements {

inline constexpr std::string_view head = R"(format = "guidon/movement/1"
key = "m"
period = "2024"
)";

inline constexpr std::string_view everything = R"(format = "guidon/movement/1"
key    = "four-good-cells-2024"
issuer = "HT-DT"
starts = 2024-01-01
ends   = 2024-12-31
period = "2024"
sample = true

[title]
en = "Four-good party cells"
vi = "Chi bộ 4 tốt"

[theme]
en = "Every cell a good one"

[summary]
en = "Party cells review themselves each year."

[[documents]]
number = "16-HD/BTCTW"
issuer = "Central Organisation Commission"
date = 2018-09-24
title = { en = "Guidance" }

[[occasions]]
date = "2025-09"
title = { en = "Congress" }

[participants]
under = "HT-DT"
kinds = ["cell"]

[[indicators]]
key = "cases_settled"
title = { en = "Cases settled" }
rollup = "sum"
unit_of_measure = "cases"

[[sections]]
key = "tasks"
title = { en = "Tasks" }
combine = "sum"
most = 40

[[sections]]
key = "quality"
combine = "weighted-mean"

[[criteria]]
key = "backlog"
section = "tasks"
title = { en = "Backlog settled", vi = "Giải quyết tồn đọng" }
value = "cases_settled"
max = 30.1
weight = 1
rule = { kind = "ratio", to = "target" }
missing = "skip"
not_applicable = "full"
round = { step = 0.5, mode = "half-even" }

[[criteria]]
key = "meetings"
section = "tasks"
max = 30
[criteria.rule]
kind = "bands"
on = "share"
bands = [{ from = 0.95, points = 30 }, { from = 0.8, points = 24 }]

[[criteria]]
key = "quality"
section = "quality"
max = 10
weight = 2
rule = { kind = "graded" }

[[criteria]]
key = "late"
rule = { kind = "per_case", each = -0.5, least = -10, most = 0 }

[[criteria]]
key = "flag"
max = 5
rule = { kind = "yes_no" }

[[criteria]]
key = "run"
section = "quality"
max = 20
rule = { kind = "formula", expression = "floor(25.4347 * (18 - v)^1.81) + extra", least = 0, most = 20 }

[[criteria]]
key = "share"
max = 10
rule = { kind = "relative", method = "rank", lower_is_better = true }

[[gates]]
key = "no-serious-violation"
title = { en = "No serious violation" }
value = "violations"
passes = { at_most = 0 }
caps_class = "completed"
missing = "pass"

[[classes]]
key = "excellent"
at_least = 90
each_section_at_least = 50
most_share = 0.2

[[classes]]
key = "completed"

[total]
combine = "sum"
round = { step = 0.01 }

[ranking]
within = "parent"
order = "high-first"
ties = ["criterion:backlog", "indicator:goals_for", "-indicator:penalties"]
rest = "dense"
)";

/// One line per fault: `LINE:COLUMN code`, a warning with `warning` before the code.
inline std::string told(const std::vector<Fault>& faults) {
    std::string text;
    for (const auto& fault : faults)
        text += std::to_string(fault.line) + ":" + std::to_string(fault.column) + (fault.warning ? " warning " : " ") +
                fault.code + "\n";
    return text;
}

}  // namespace guidon::movements

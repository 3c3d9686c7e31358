#include "cli/report.h"

#include <algorithm>
#include <map>
#include <ostream>

namespace guidon::cli {

void print_faults(std::ostream& out, std::vector<Fault> faults, Language language) {
    std::map<std::string, std::size_t> order;  // files as they come
    for (const Fault& fault : faults) order.try_emplace(fault.file, order.size());
    std::stable_sort(faults.begin(), faults.end(), [&](const Fault& a, const Fault& b) {
        return std::tuple(order[a.file], a.line, a.column) < std::tuple(order[b.file], b.line, b.column);
    });
    std::map<std::string, std::size_t> errors;
    for (const Fault& fault : faults) {
        if (!fault.warning && ++errors[fault.file] > max_faults) continue;
        out << sentence(language, fault) << '\n';
    }
    for (const auto& [file, count] : errors) {
        if (count < max_faults) continue;
        const bool more = count > max_faults;
        out << (file.empty() ? "" : file + ": ")
            << say(language, more ? "fault.more" : "fault.stopped",
                   {{"count", std::to_string(more ? count - max_faults : count)}})
            << '\n';
    }
}

bool has_errors(const std::vector<Fault>& faults) {
    return std::any_of(faults.begin(), faults.end(), [](const Fault& fault) { return !fault.warning; });
}

}  // namespace guidon::cli

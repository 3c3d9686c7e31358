#include "imports/table_file.h"

#include <algorithm>

namespace guidon::imports {

TableFile::TableFile(std::string_view bytes, const std::string& file, std::vector<Fault>& faults) {
    try {
        if (!files::is_spreadsheet(bytes, file)) {
            csv_ = bytes;
            return;
        }
    } catch (const Problem& problem) {
        faults.push_back({file, 0, 0, problem.code, problem.arguments});
        return;
    }
    sheet_ = files::read_xlsx(bytes, file, faults);
    if (sheet_) csv_ = sheet_->csv;
}

int TableFile::row_of(int line) const {
    return sheet_->in_sheet({"", line, 0, "", {}}).line;
}

void TableFile::place(std::vector<Fault> faults, Plan& plan) const {
    if (sheet_) {
        plan.comparison.number_lines([this](int line) { return row_of(line); });
        for (auto& fault : faults) {
            const auto first = fault.arguments.find("first");  // "first in line …"; in a header it counts columns
            if (first != fault.arguments.end() && fault.code != "csv.column-twice")
                first->second = std::to_string(row_of(std::stoi(first->second)));
            fault = sheet_->in_sheet(std::move(fault));
        }
    }
    const auto place = [](const Fault& fault) { return std::pair(fault.line, fault.column); };
    std::stable_sort(faults.begin(), faults.end(), [&](const auto& a, const auto& b) { return place(a) < place(b); });
    plan.faults.insert(plan.faults.end(), faults.begin(), faults.end());
}

}  // namespace guidon::imports

#include "imports/table_file.h"

#include <algorithm>
#include <map>

#include "files/csv.h"

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

std::vector<files::MarkedCell> TableFile::marked(const std::vector<Fault>& faults, Language language) const {
    std::vector<files::MarkedCell> cells;
    if (!csv_) return cells;
    std::map<std::pair<int, int>, std::string> sentences;  // by the place that faults name
    for (const auto& fault : faults)
        if (!fault.warning)
            sentences.try_emplace({fault.line, fault.column}, sentence(language, Problem(fault.code, fault.arguments)));
    std::vector<Fault> again;  // told already
    files::FaultList ignored("", again);
    files::CsvRows rows(*csv_, ignored);
    int record = 1;
    const auto add = [&](std::string_view text, files::Place place, int column) {
        Fault at{"", place.line, place.column, "", {}};
        if (sheet_) at = sheet_->in_sheet(std::move(at));
        files::MarkedCell cell{record, column + 1, std::string(text), ""};
        if (sheet_) cell.row = at.line, cell.column = at.column;
        if (const auto found = sentences.find({at.line, at.column}); found != sentences.end())
            cell.fault = found->second;
        cells.push_back(std::move(cell));
    };
    const auto width = static_cast<int>(rows.header().size());
    for (int i = 0; i < width; ++i) add(rows.header()[static_cast<std::size_t>(i)], rows.header_place(i), i);
    while (rows.next()) {
        ++record;
        for (int i = 0; i < width; ++i) add(rows.field(i), rows.place(i), i);
    }
    return cells;
}

}  // namespace guidon::imports

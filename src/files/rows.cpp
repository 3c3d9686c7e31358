#include "files/rows.h"

#include <algorithm>

namespace guidon::files {

void FaultList::error(Place place, std::string code, Arguments arguments) {
    if (full()) return;
    ++errors_;
    faults_.push_back({file_, place.line, place.column, std::move(code), std::move(arguments)});
}

void FaultList::warning(Place place, std::string code, Arguments arguments) {
    if (warnings_ >= static_cast<int>(max_faults)) return;
    ++warnings_;
    faults_.push_back({file_, place.line, place.column, std::move(code), std::move(arguments), true});
}

namespace {

std::string listed(const std::vector<std::string>& names) {
    std::string list;
    for (const auto& name : names) list += (list.empty() ? "" : ", ") + name;
    return list;
}

}  // namespace

std::vector<int> find_columns(const Rows& rows, std::span<const ColumnName> wanted, std::string_view family,
                              FaultList& faults) {
    const auto& header = rows.header();
    std::vector<int> found(wanted.size(), -1);
    if (const auto separator = header.size() == 1 ? header[0].find_first_of(";\t") : std::string::npos;
        separator != std::string::npos) {  // one sentence says more than every column that is missing then
        faults.error(rows.header_place(0), "csv.separator",
                     {{"found", header[0][separator] == ';' ? "semicolon" : "tab"}});
        return found;
    }
    for (int column = 0; column < static_cast<int>(header.size()); ++column) {
        const std::string& name = header[static_cast<std::size_t>(column)];
        const auto first = std::find(header.begin(), header.end(), name);
        if (const auto before = static_cast<int>(first - header.begin()); before < column) {
            faults.error(rows.header_place(column), "csv.column-twice",
                         {{"column", name}, {"first", std::to_string(before + 1)}});
            continue;
        }
        const auto known = std::find_if(wanted.begin(), wanted.end(), [&](const auto& w) { return w.name == name; });
        if (known != wanted.end())
            found[static_cast<std::size_t>(known - wanted.begin())] = column;
        else if (family.empty() || !name.starts_with(family) || name.size() == family.size())
            faults.warning(rows.header_place(column), "csv.unknown-column", {{"column", name}});
    }
    for (std::size_t i = 0; i < wanted.size(); ++i)
        if (found[i] < 0 && wanted[i].need == Need::required)
            faults.error(rows.header_place(0), "csv.missing-column",
                         {{"column", std::string(wanted[i].name)}, {"found", listed(header)}});
    return found;
}

}  // namespace guidon::files

// Which CSV stands behind an uploaded table? The file itself, or what a spreadsheet says – and then faults go back to
// its cells.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "files/xlsx_forms.h"
#include "files/xlsx_read.h"
#include "imports/plan.h"

namespace guidon::imports {

class TableFile {
public:
    /// `bytes` must outlive the table. What is wrong with a spreadsheet as such goes to `faults`.
    TableFile(std::string_view bytes, const std::string& file, std::vector<Fault>& faults);

    /// Nothing if the spreadsheet could not be read.
    std::optional<std::string_view> csv() const { return csv_; }
    /// Adds faults of the CSV to the plan with the places that the person sees who has the file; so too the plan's
    /// examples.
    void place(std::vector<Fault> faults, Plan& plan) const;
    /// Its cells, each with the sentence of the first fault that stands there; places as in the sheet, or, of a CSV
    /// file, as a spreadsheet shows it.
    std::vector<files::MarkedCell> marked(const std::vector<Fault>& faults, Language language) const;

private:
    int row_of(int line) const;

    std::optional<files::SheetText> sheet_;
    std::optional<std::string_view> csv_;
};

}  // namespace guidon::imports

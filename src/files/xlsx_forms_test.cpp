#include "files/xlsx_forms.h"

#include <gtest/gtest.h>

#include "files/xlsx_read.h"

namespace guidon::files {
namespace {

std::string csv_of(const std::string& bytes) {
    std::vector<Fault> faults;
    const auto sheet = read_xlsx(bytes, "t.xlsx", faults);
    return sheet ? sheet->csv : "refused";
}

}  // namespace

TEST(XlsxForms, AnEmptyFormHasItsHeaderAndTakesMoreChoicesThanFitInACell) {
    std::vector<std::string> many;
    for (int i = 0; i < 300; ++i) many.push_back("choice-" + std::to_string(i));
    const auto bytes = form_workbook("Exemplars", {{"unit", "Code of the unit", true, many}, {"title", "", true, {}}});
    EXPECT_EQ(csv_of(bytes), "unit,title\n");
    EXPECT_EQ(bytes, form_workbook("Exemplars", {{"unit", "Code of the unit", true, many}, {"title", "", true, {}}}));
}

TEST(XlsxForms, AFaultyWorkbookComesBackAsItWasAndReadsAgain) {
    const auto bytes = marked_workbook(
        "exemplars",
        {{1, 1, "unit", ""}, {1, 3, "starts", ""}, {4, 1, "00123", ""}, {4, 3, "2025-02-30", "There is no such day"}},
        {"Faults", "Cell", "What is wrong"});
    EXPECT_EQ(csv_of(bytes), "unit,starts\n00123,2025-02-30\n");
}

}  // namespace guidon::files

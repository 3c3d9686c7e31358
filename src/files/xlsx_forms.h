// How does an office get a workbook to fill in, and how does it get one back that has faults? Lists to choose from in
// the one; a colour and a remark at each faulty cell in the other.
#pragma once

#include <string>
#include <vector>

namespace guidon::files {

struct FormColumn {
    std::string name;                  // the header
    std::string help;                  // shown while somebody types there
    bool required = false;             // header in bold colour
    std::vector<std::string> choices;  // a list to choose from; empty = anything
};
/// An empty table of text columns with lists and help, and room for `rows` rows. Texts stay texts (codes keep their
/// zeros).
std::string form_workbook(const std::string& sheet, const std::vector<FormColumn>& columns, int rows = 1000);

struct MarkedCell {
    int row = 1, column = 1;  // from 1, of the sheet
    std::string text;
    std::string fault;  // "" = none
};
/// The cells at their places, as texts; a faulty one is coloured and its fault is a remark at it. A second sheet lists
/// all faults with the names of their cells. `headings`: names of that sheet and its two columns.
std::string marked_workbook(const std::string& sheet, const std::vector<MarkedCell>& cells,
                            const std::vector<std::string>& headings);

}  // namespace guidon::files

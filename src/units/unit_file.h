// What does units.csv say? The organisation, with everything that is wrong with it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "base/problem.h"
#include "base/text_pool.h"
#include "files/rows.h"
#include "units/code_index.h"

namespace guidon::units {

/// One row. Empty texts where the file says nothing.
struct UnitRecord {
    std::string_view code, parent, kind, name;
    std::string_view valid_from, valid_to;  // ISO dates, half open
    std::string_view tags;                  // "a|b"
    Texts names;                            // of the columns `name:LANG`
    files::Place place;                     // of the code
};

struct UnitFile {
    std::vector<UnitRecord> units;  // as in the file
    std::vector<int> parents;       // index into `units`, -1 = root or not in this file
    CodeIndex codes;                // index into `units`
    TextPool texts;                 // owns what the records show
};

/// How a parent that is not in the file is taken: `guidon score` has nothing but the file; an import looks into the
/// database, and gets those rows as they are (parents[i] = -1, parent not empty).
enum class Parents { in_file, anywhere };

/// Faults (`unit-file.*`): a code of a wrong shape, a code twice (naming the first line), an unknown parent, a cycle
/// (naming its units), dates that are none, an end that is not after the beginning; and those of the table. The
/// result is of use only if none of them is an error.
UnitFile read_units(files::Rows& rows, Parents parents, files::FaultList& faults);
/// The same from CSV in memory.
UnitFile read_units(std::string_view bytes, const std::string& file, std::vector<Fault>& faults,
                    Parents parents = Parents::in_file);

}  // namespace guidon::units

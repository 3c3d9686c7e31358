// How does a row of exemplars.csv say an exemplar? The columns, in one table: import, export, the template and the help
// read it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "exemplars/exemplars_store.h"
#include "files/rows.h"
#include "imports/code_book.h"

namespace guidon::imports {

/// What a column may hold, for the template's lists and the help.
enum class Choice { any, kind, owner_kind, field, topic, level, qualifier, language, state, yes_no, unit, cycle };

struct ExemplarColumn {
    const char* name;
    bool required;
    Choice choice = Choice::any;
};
/// All columns, in the order of export. `title:en`, `title:vi`, `title:ur` are among them.
const std::vector<ExemplarColumn>& exemplar_columns();

/// Where its life stands, as a file may bring it: handed in, or recognised already.
struct Standing {
    exemplars::State state = exemplars::State::registered;  // draft, registered or recognised
    Day registered_on, recognised_on;
    std::string level, decision;
};

/// A row as read. `unit` and `place` are looked up by the caller.
struct ExemplarRow {
    files::Place place;  // of the title
    std::string id, movement, period, unit, person, place_unit;
    std::string state;  // as written: any state may come back from an export
    exemplars::Writing writing;
    Standing standing;
};

/// Reads rows, with every fault at its cell (codes `exemplar-file.*`): words that a column does not take, numbers and
/// days that are none, texts beyond their length.
class ExemplarRows {
public:
    ExemplarRows(files::Rows& rows, files::FaultList& faults);
    /// The next row; nothing behind the last. A row with a fault comes as far as it could be read.
    std::optional<ExemplarRow> next();
    /// Where in the row that came last the column stands; of the title, where the file has no such column.
    files::Place place(std::string_view column) const;
    std::string_view text(std::string_view column) const;

private:
    void read_writing(ExemplarRow& row);
    void read_content(exemplars::Content& content);
    void read_standing(ExemplarRow& row);
    using Clean = std::string (*)(std::string_view text, std::size_t most, const std::string& field);
    /// As the form would keep it.
    std::string cleaned(std::string_view column, Clean clean, std::size_t most);
    Day day(std::string_view column);
    void refuse(std::string_view column, const char* code, std::string_view expected = {});

    files::Rows& rows_;
    files::FaultList& faults_;
    std::unordered_map<std::string_view, int> at_;  // column → position in the file
};

/// One text per column, so that reading it again gives the same exemplar.
std::vector<std::string> cells_of(const exemplars::Exemplar& it, const std::vector<exemplars::Event>& events,
                                  const std::string& person, const CodeBook& codes);

}  // namespace guidon::imports

// How does a reader of units, groups or values see a table, whether it came as CSV or as a spreadsheet?
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

namespace guidon::files {

struct Place {
    int line = 0;    // from 1
    int column = 0;  // from 1; in CSV the character of the line at which the field starts
    bool operator==(const Place&) const = default;
};

/// A table with a header, read from its first row to its last. Rows of a wrong shape are told as faults by the kind
/// of file and do not come out.
class Rows {
public:
    virtual ~Rows() = default;
    /// The name by which faults call the file.
    virtual const std::string& file() const = 0;
    virtual const std::vector<std::string>& header() const = 0;
    virtual Place header_place(int column) const = 0;
    /// About how many rows there are, for making room; 0 = no idea.
    virtual std::size_t expected_rows() const { return 0; }
    /// Goes to the next row; false behind the last.
    virtual bool next() = 0;
    /// A field of the row, valid until the next one. `column` counts from 0 as in `header`.
    virtual std::string_view field(int column) const = 0;
    virtual Place place(int column) const = 0;
};

/// Collects what is wrong with one file, up to max_faults errors and as many warnings.
class FaultList {
public:
    FaultList(std::string file, std::vector<Fault>& faults) : file_(std::move(file)), faults_(faults) {}

    void error(Place place, std::string code, Arguments arguments = {});
    void warning(Place place, std::string code, Arguments arguments = {});
    int errors() const { return errors_; }
    /// Enough for one run: whoever reads stops.
    bool full() const { return errors_ >= static_cast<int>(max_faults); }
    const std::string& file() const { return file_; }

private:
    std::string file_;
    std::vector<Fault>& faults_;
    int errors_ = 0, warnings_ = 0;
};

enum class Need { required, optional };
struct ColumnName {
    std::string_view name;
    Need need;
};

/// Where the `wanted` columns are in the header, in the order of `wanted`; -1 = absent. Faults: a required column that
/// is absent, a column that is there twice. Warning: a column that nobody knows, unless its name begins with `family`
/// (as `name:` for names by language).
std::vector<int> find_columns(const Rows& rows, std::span<const ColumnName> wanted, std::string_view family,
                              FaultList& faults);

}  // namespace guidon::files

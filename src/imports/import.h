// How does a file come into the store? First the plan, then – if people agree – all of it or nothing.
//
//     Import import(store.read(), {Kind::units, "units.csv", bytes, today, rights});
//     … show import.plan() …
//     import.apply(store, import.plan().identity());
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "imports/plan.h"
#include "imports/rights.h"
#include "store/store.h"

namespace guidon::imports {

/// Told now and then how far the work is; stops it by throwing (nothing is stored then).
using Progress = std::function<void(std::int64_t done, std::int64_t total)>;

struct Source {
    Kind kind;
    std::string file;        // its name: for faults, and its ending says CSV or spreadsheet
    std::string_view bytes;  // must outlive the import
    Day since;               // from which day changes of units hold; today, unless somebody knows better
    Rights rights;           // of who sends it: rows beyond them are faults
};

/// What one kind of import has prepared and is ready to write.
class Work {
public:
    virtual ~Work() = default;
    /// Writes it; gives what was done.
    virtual store::Tally write(store::Change& change, const Progress& progress) = 0;
    /// What the journal entry is about: "units", or a movement's key and period.
    virtual std::string subject() const = 0;
};

/// Reads the file, compares it with the store, and can store it.
class Import {
public:
    Import(const store::Reader& reader, const Source& source, const Progress& progress = {});

    const Plan& plan() const { return plan_; }
    /// Stores all of it with one journal entry and gives the entry's number; 0 if there was nothing to change.
    /// Throws Faults if the plan is refused, Problem "import.stale" if `identity` is not this plan's or something was
    /// stored since it was made. Once only.
    std::int64_t apply(store::Store& store, const std::string& identity, const Progress& progress = {});

private:
    Plan plan_;
    std::optional<store::Permit> permit_;  // of the rights, where there was anything to ask for
    std::unique_ptr<Work> work_;
};

// One for each kind; they fill the plan's comparison and faults, and give nothing if there are faults.
std::unique_ptr<Work> prepare_units(const store::Reader& reader, const Source& source, Scope& scope, Plan& plan);
std::unique_ptr<Work> prepare_groups(const store::Reader& reader, const Source& source, Scope& scope, Plan& plan);
std::unique_ptr<Work> prepare_values(const store::Reader& reader, const Source& source, Scope& scope, Plan& plan,
                                     const Progress& progress);
std::unique_ptr<Work> prepare_exemplars(const store::Reader& reader, const Source& source, Scope& scope, Plan& plan);
std::unique_ptr<Work> prepare_movement(const store::Reader& reader, const Source& source, Scope& scope, Plan& plan);

}  // namespace guidon::imports

// On whose behalf is a file taken in, and is everything that it touches within their rights? Rows that are not become
// faults at their place; nothing of the file is stored then.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "files/rows.h"
#include "movements/reporting.h"
#include "people/gate.h"

namespace guidon::imports {

/// Who sends a file. There is none that nobody sends.
class Rights {
public:
    /// Whoever works on the database from the terminal may store everything.
    static Rights terminal(std::string who = "command line");
    /// Null: the public, which may nothing.
    explicit Rights(std::shared_ptr<const web::Caller> caller);

    bool unlimited() const { return terminal_.has_value(); }
    const people::Viewer* viewer() const { return static_cast<const people::Viewer*>(caller_.get()); }
    /// As the journal names them.
    std::string who() const;

private:
    friend class Scope;
    Rights() = default;
    std::shared_ptr<const web::Caller> caller_;
    std::optional<store::Permit> terminal_;
};

/// Asks the gate about what one file touches, each unit once. `reader` outlives it.
class Scope {
public:
    Scope(const store::Reader& reader, Rights rights);

    bool unlimited() const { return rights_.unlimited(); }
    const people::Viewer* viewer() const { return rights_.viewer(); }
    /// A right of `action` on a unit; of nothing named: everywhere.
    bool may(people::Action action, std::optional<people::UnitId> unit, const std::string& movement = {});
    /// To report a value of `unit` that cycles of these movements read (empty: none does).
    bool may_report(people::UnitId unit, const std::vector<std::string>& movements, movements::Reporting reporting);
    /// "import.beyond-scope" at `place`.
    void refuse(files::FaultList& faults, files::Place place, people::Action action, std::string_view what) const;

    /// To store the file with, once everything that it touches was asked for; nothing if nothing was permitted.
    const std::optional<store::Permit>& permit() const { return permit_; }

private:
    bool answered(const std::string& question, std::optional<people::UnitId> unit,
                  const std::function<store::Permit()>& ask);

    const store::Reader& reader_;
    Rights rights_;
    std::optional<store::Permit> permit_;
    std::unordered_map<std::string, std::unordered_map<people::UnitId, bool>> known_;  // by what was asked
};

}  // namespace guidon::imports

#include "imports/rights.h"

#include <algorithm>

namespace guidon::imports {

using people::Action;
using people::Gate;

namespace {

const people::UnitId nowhere{};

}  // namespace

Rights Rights::terminal(std::string who) {
    Rights rights;
    rights.terminal_ = Gate::terminal(std::move(who));
    return rights;
}

Rights::Rights(std::shared_ptr<const web::Caller> caller) : caller_(std::move(caller)) {}

std::string Rights::who() const {
    return terminal_ ? terminal_->who() : viewer() ? viewer()->person : "";
}

Scope::Scope(const store::Reader& reader, Rights rights)
    : reader_(reader), rights_(std::move(rights)), permit_(rights_.terminal_) {}

/// Asks once for each unit; `question` tells apart what is asked about it.
bool Scope::answered(const std::string& question, std::optional<people::UnitId> unit,
                     const std::function<store::Permit()>& ask) {
    if (unlimited()) return true;
    const auto [known, fresh] = known_[question].emplace(unit.value_or(nowhere), false);
    if (!fresh) return known->second;
    try {
        auto permit = ask();
        if (!permit_) permit_.emplace(std::move(permit));
        known->second = true;
    } catch (const Problem& problem) {
        if (problem.status != 401 && problem.status != 403) throw;
    }
    return known->second;
}

bool Scope::may(Action action, std::optional<people::UnitId> unit, const std::string& movement) {
    return answered(std::string(people::code(action)) + "/" + movement, unit, [&] {
        return Gate::permit(reader_, rights_.viewer(), action,
                            {.unit = unit, .group = {}, .council = {}, .movement = movement});
    });
}

bool Scope::may_report(people::UnitId unit, const std::vector<std::string>& movements, movements::Reporting reporting) {
    std::vector<std::string> any = movements;  // a right for one movement is enough, as on that movement's pages
    any.insert(any.begin(), "");
    return std::any_of(any.begin(), any.end(), [&](const std::string& movement) {
        const auto question = "report/" + movement + "/" + std::to_string(static_cast<int>(reporting));
        return answered(question, unit,
                        [&] { return movements::permit_report(reader_, rights_.viewer(), unit, movement, reporting); });
    });
}

void Scope::refuse(files::FaultList& faults, files::Place place, Action action, std::string_view what) const {
    faults.error(place, "import.beyond-scope",
                 {{"what", std::string(what)}, {"action", std::string(people::code(action))}});
}

}  // namespace guidon::imports

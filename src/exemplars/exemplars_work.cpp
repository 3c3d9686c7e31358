#include "exemplars/exemplars_work.h"

#include <memory>
#include <vector>

#include "exemplars/cycle_files.h"
#include "people/gate.h"
#include "people/people_list_store.h"
#include "web/address.h"

namespace guidon::exemplars {

using people::Action;
using people::Gate;
using people::WorkItem;

namespace {

/// One line of somebody's work in a cycle.
struct Pile {
    const char* name;  // exemplars.work.NAME
    Action action;     // of those for whom it waits
    std::int64_t count = 0;
    std::string first{};  // public id of one of them
};

/// Which line something belongs to; nothing waits for the others.
std::optional<std::size_t> pile_of(const Waiting& one) {
    if (one.state == State::draft) return one.swept ? 1 : one.returned ? 2 : 0;
    if (one.returned) return 2;
    if (one.state == State::registered) return 3;
    if (one.state == State::proposed) return 4;
    if (one.state == State::council) return 5;
    return std::nullopt;
}

std::vector<Pile> empty_piles() {
    return {{"drafts", Action::register_exemplar},   {"swept", Action::register_exemplar},
            {"returned", Action::register_exemplar}, {"registered", Action::review_exemplar},
            {"proposed", Action::review_exemplar},   {"council", Action::recognise_exemplar}};
}

std::string register_of(const OpenCycle& cycle, State state) {
    return "/exemplars/bulk?movement=" + web::percent_encoded(cycle.stored.key) +
           "&period=" + web::percent_encoded(cycle.stored.period) + "&state=" + std::string(code(state));
}

std::string where_to(const Pile& pile, const OpenCycle& cycle) {
    if (pile.count == 1) return "/exemplars/" + pile.first;
    if (pile.name == std::string_view("registered")) return register_of(cycle, State::registered);
    if (pile.name == std::string_view("proposed")) return register_of(cycle, State::proposed);
    if (pile.name == std::string_view("council")) return register_of(cycle, State::council);
    return register_of(cycle, State::draft);
}

/// What one may do only where one has a unit of one's own: who may do everything everywhere is not reminded of it all.
struct Scopes {
    people::Scope registers, reviews, recognises;

    Scopes(const store::Reader& reader, const people::Viewer& viewer)
        : registers(people::scope_of(reader, &viewer, Action::register_exemplar)),
          reviews(people::scope_of(reader, &viewer, Action::review_exemplar)),
          recognises(people::scope_of(reader, &viewer, Action::recognise_exemplar)) {}
    bool holds(Action action, UnitId unit) const {
        const auto& scope = action == Action::register_exemplar ? registers
                            : action == Action::review_exemplar ? reviews
                                                                : recognises;
        return scope.holds(unit);
    }
};

void tell_cycle(std::vector<WorkItem>& work, const store::Reader& reader, const OpenCycle& cycle, const Scopes& scopes,
                Language language) {
    auto piles = empty_piles();
    for (const Waiting& one : waiting_in(reader, cycle.stored.id)) {
        const auto at = pile_of(one);
        if (!at || !scopes.holds(piles[*at].action, one.unit)) continue;
        piles[*at].count += one.count;
        piles[*at].first = one.public_id;
    }
    for (const Pile& pile : piles) {
        if (pile.count == 0) continue;
        WorkItem item{.title = say(language, std::string("exemplars.work.") + pile.name),
                      .about = title_of(cycle, language) + " · " + cycle.stored.period,
                      .count = pile.count,
                      .due = Day::never(),
                      .href = where_to(pile, cycle)};
        if (pile.name == std::string_view("drafts")) item.due = Day::parse(cycle.rules.closes).value_or(Day::never());
        work.push_back(std::move(item));
    }
}

/// Recognised in an earlier year and not confirmed in this one.
void tell_confirmations(std::vector<WorkItem>& work, const store::Reader& reader, const OpenCycle& cycle,
                        const Scopes& scopes, Day today, Language language) {
    std::int64_t count = 0;
    for (const auto& one : unconfirmed(reader, cycle.stored.id, today.number() / 10'000))
        if (scopes.reviews.holds(one.unit)) count += one.count;
    if (count == 0) return;
    work.push_back({.title = say(language, "exemplars.work.confirm"),
                    .about = title_of(cycle, language) + " · " + cycle.stored.period,
                    .count = count,
                    .due = Day::of_number(today.number() / 10'000 * 10'000 + 1231),
                    .href = register_of(cycle, State::recognised)});
}

}  // namespace

people::WorkPart exemplars_to_do() {
    return [cycles = std::make_shared<const CycleFiles>()](std::vector<WorkItem>& work, const store::Reader& reader,
                                                           const people::Viewer& viewer, Language language) {
        if (!Gate::may_somewhere(&viewer, Action::register_exemplar)) return;
        const Scopes scopes(reader, viewer);
        for (const auto& cycle : cycles->taking(reader)) {
            tell_cycle(work, reader, *cycle, scopes, language);
            tell_confirmations(work, reader, *cycle, scopes, viewer.today, language);
        }
    };
}

}  // namespace guidon::exemplars

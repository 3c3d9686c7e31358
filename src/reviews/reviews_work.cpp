// Which surveys wait for somebody: to be planned, because nobody has looked for too long, and to be carried out?
#include <algorithm>
#include <set>
#include <unordered_map>

#include "exemplars/cycle_files.h"
#include "reviews/review_desk.h"
#include "reviews/reviews_pages.h"

namespace guidon::reviews {

using people::Action;
using people::Gate;
using people::Viewer;
using people::WorkItem;

namespace {

void add_surveys(std::vector<WorkItem>& work, const store::Reader& reader, const std::vector<Review>& reviews,
                 Language language) {
    for (const Review& review : reviews)
        work.push_back({.title = say(language, "reviews.work.survey"),
                        .about = exemplars::title_in(exemplars::exemplar(reader, review.exemplar), language),
                        .count = 1,
                        .due = review.planned_on,
                        .href = "/reviews/" + review.public_id});
}

/// Those whose day has passed apart from those to come: each leads to its list.
void add_planned(std::vector<WorkItem>& work, const store::Reader& reader, UnitId unit, Day today, Language language) {
    const auto planned = planned_by(reader, unit);  // by day
    const auto coming =
        std::find_if(planned.begin(), planned.end(), [&](const Review& one) { return one.planned_on >= today; });
    const auto add = [&](auto begin, auto end, const char* list) {
        if (begin == end) return;
        work.push_back({.title = say(language, "reviews.work.planned"),
                        .about = pick(units::unit(reader, unit, today).names, language),
                        .count = end - begin,
                        .due = begin->planned_on,
                        .href = std::string("/reviews?state=") + list});
    };
    add(planned.begin(), coming, "overdue");
    add(coming, planned.end(), "planned");
}

/// Of which units somebody reviews exemplars of a movement; each asked of the gate once.
class Reviewed {
public:
    Reviewed(const store::Reader& reader, const Viewer& viewer, std::string movement)
        : reader_(reader), viewer_(viewer), movement_(std::move(movement)) {}
    bool holds(UnitId unit) {
        const auto [at, added] = known_.try_emplace(unit);
        if (added)
            at->second = Gate::may(reader_, &viewer_, Action::review_exemplar, {.unit = unit, .movement = movement_});
        return at->second;
    }

private:
    const store::Reader& reader_;
    const Viewer& viewer_;
    std::string movement_;
    std::unordered_map<UnitId, bool> known_;
};

void add_due(std::vector<WorkItem>& work, const store::Reader& reader, const Viewer& viewer,
             const exemplars::OpenCycle& cycle, Language language) {
    Reviewed reviewed(reader, viewer, cycle.stored.key);
    std::int64_t count = 0;
    Day first = Day::never();
    for_each_due(reader, cycle.stored.id, cycle.rules, viewer.today, [&](const Candidate& one, Day due) {
        if (!reviewed.holds(one.unit)) return;
        ++count;
        first = std::min(first, due);
    });
    if (count == 0) return;
    work.push_back({.title = say(language, "reviews.work.due"),
                    .about = exemplars::title_of(cycle, language) + " · " + cycle.stored.period,
                    .count = count,
                    .due = first,
                    .href = "/reviews"});
}

}  // namespace

people::WorkPart surveys_to_do() {
    return [cycles = std::make_shared<const exemplars::CycleFiles>()](
               std::vector<WorkItem>& work, const store::Reader& reader, const Viewer& viewer, Language language) {
        if (!viewer.token) add_surveys(work, reader, planned_for(reader, viewer.person_id), language);
        if (!Gate::may_somewhere(&viewer, Action::review_exemplar)) return;
        std::set<UnitId> units;
        for (const auto& grant : viewer.grants)
            if (grant.unit && grant.held.holds_on(viewer.today) && permits(grant.role, Action::review_exemplar))
                units.insert(*grant.unit);
        for (const UnitId unit : units) add_planned(work, reader, unit, viewer.today, language);
        for (const auto& listed : movements::cycles(reader))  // closed ones too: what came of them lives on
            if (const auto cycle = cycles->find(reader, listed.key, listed.period))
                add_due(work, reader, viewer, *cycle, language);
    };
}

}  // namespace guidon::reviews

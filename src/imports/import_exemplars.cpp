// Importing exemplars.csv: a register that an office kept until now, or forms that were filled in on paper. A row is
// about the exemplar with its id; without one, about the unit's exemplar of the same title in that cycle; else it is
// new.
#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "exemplars/cycle_files.h"
#include "exemplars/rules.h"
#include "files/csv.h"
#include "imports/exemplar_rows.h"
#include "imports/import.h"
#include "imports/table_file.h"
#include "people/people_list_store.h"

namespace guidon::imports {
namespace {

using namespace exemplars;
using people::Action;

struct Added {
    CycleId cycle;
    ExemplarRow row;
};
struct Rewritten {
    Exemplar was;
    ExemplarRow row;
};

/// The person whom a row names: one of that name who owns an exemplar or holds an office in the unit.
std::optional<PersonId> known_person(const store::Reader& reader, const std::string& name, UnitId unit, Day today) {
    for (const auto& person : people::persons_named(reader, name)) {
        for (const auto& office : people::offices_of(reader, person.id))
            if (office.unit == unit && office.held.holds_on(today)) return person.id;
        for (const auto& owned : owned_by(reader, person.id))
            if (owned.unit == unit) return person.id;
    }
    return std::nullopt;
}

class ExemplarsWork : public Work {
public:
    ExemplarsWork(std::vector<Added> added, std::vector<Rewritten> rewritten)
        : added_(std::move(added)), rewritten_(std::move(rewritten)) {}

    store::Tally write(store::Change& change, const Progress& progress) override {
        const auto total = static_cast<std::int64_t>(added_.size() + rewritten_.size());
        store::Tally tally;
        for (auto& one : added_) {
            if (tally.added++ % 100 == 0) progress(tally.added, total);
            name_owner(change, one.row);
            const auto id = add_draft(change, one.cycle, one.row.writing);
            live_through(change, id, one.row.standing);
        }
        for (auto& one : rewritten_) {
            if (tally.changed++ % 100 == 0) progress(tally.added + tally.changed, total);
            name_owner(change, one.row);
            rewrite(change, one.was, one.row.writing);
        }
        progress(total, total);
        return tally;
    }
    std::string subject() const override { return "exemplars"; }

private:
    static void name_owner(store::Change& change, ExemplarRow& row) {
        if (row.person.empty() || row.writing.person) return;
        const Day today = Day::of_utc_ms(change.at_utc_ms());
        row.writing.person = known_person(change, row.person, row.writing.unit, today);
        if (!row.writing.person) row.writing.person = people::add_person(change, row.person, {});
    }

    /// The steps from the draft to where the file says that it stands.
    static void live_through(store::Change& change, ExemplarId id, const Standing& standing) {
        if (standing.state == State::draft) return;
        const auto take = [&](Verb verb, Day on) {
            const Exemplar was = exemplar(change, id);
            Step step{verb, find_move(was.state, verb)->to, on};
            if (verb == Verb::recognise) {
                step.level = standing.level;
                step.decision = standing.decision;
            }
            take_step(change, was, step);
        };
        take(Verb::register_, standing.registered_on);
        if (standing.state != State::recognised) return;
        for (const Verb verb : {Verb::launch, Verb::start, Verb::propose, Verb::submit, Verb::recognise})
            take(verb, standing.recognised_on);
    }

    std::vector<Added> added_;
    std::vector<Rewritten> rewritten_;
};

/// What is stored already, as far as a file can mean it.
class Stored {
public:
    explicit Stored(const store::Reader& reader) : reader_(reader) {
        for_each_exemplar(reader, [this](const Exemplar& one) {
            by_title_.emplace(key_of(one.cycle, one.unit, one.title), one.public_id);
        });
    }
    std::optional<Exemplar> find(const ExemplarRow& row, CycleId cycle) const {
        if (!row.id.empty()) return find_exemplar(reader_, row.id);
        const auto found = by_title_.find(key_of(cycle, row.writing.unit, row.writing.title));
        return found == by_title_.end() ? std::nullopt : find_exemplar(reader_, found->second);
    }
    /// Whether the file has said this exemplar before; remembers it.
    bool twice(const ExemplarRow& row, CycleId cycle) {
        return !seen_.insert(row.id.empty() ? key_of(cycle, row.writing.unit, row.writing.title) : row.id).second;
    }

private:
    static std::string key_of(CycleId cycle, UnitId unit, const std::string& title) {
        return std::to_string(cycle.number()) + "|" + std::to_string(unit.number()) + "|" + folded(title);
    }
    const store::Reader& reader_;
    std::unordered_map<std::string, std::string> by_title_;
    std::unordered_set<std::string> seen_;
};

std::vector<Difference> differences(const std::vector<std::string>& before, const std::vector<std::string>& after) {
    std::vector<Difference> fields;
    const auto& columns = exemplar_columns();
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (before[i] != after[i]) fields.push_back({columns[i].name, before[i], after[i]});
    return fields;
}

/// Goes through a file and gathers what it would change.
class Reading {
public:
    Reading(const store::Reader& reader, const Source& source, Scope& scope, files::FaultList& faults, Plan& plan)
        : reader_(reader),
          scope_(scope),
          faults_(faults),
          plan_(plan),
          today_(source.since),
          book_(units::all_codes(reader), source.since),
          stored_(reader) {}

    std::unique_ptr<Work> read(files::Rows& rows) {
        ExemplarRows file(rows, faults_);
        while (!faults_.full()) {
            const auto faults = faults_.errors();
            auto row = file.next();
            if (!row) break;
            take(std::move(*row), file, faults);
        }
        if (faults_.errors() > 0) return nullptr;
        return std::make_unique<ExemplarsWork>(std::move(added_), std::move(rewritten_));
    }

private:
    /// Tells everything that is wrong with a row; it is one to store if there are no more than the `faults` before it.
    void take(ExemplarRow row, const ExemplarRows& file, int faults) {
        const auto cycle = cycles_.find(reader_, row.movement, row.period);
        if (!cycle)
            faults_.error(file.place("movement"), "exemplar-file.no-cycle",
                          {{"movement", row.movement}, {"period", row.period}});
        const bool placed = find_units(row, file);
        if (!cycle) return;
        const CycleId id = cycle->stored.id;
        if (placed && stored_.twice(row, id))
            faults_.error(row.place, "exemplar-file.twice", {{"title", row.writing.title}});
        const auto was = placed || !row.id.empty() ? stored_.find(row, id) : std::nullopt;
        if (!row.id.empty() && (!was || was->cycle != id))
            return faults_.error(file.place("id"), "exemplar.unknown", {{"exemplar", row.id}});
        if (placed && !row.person.empty())
            row.writing.person = known_person(reader_, row.person, row.writing.unit, today_);
        check(row, was, cycle->rules, file);
        if (!placed || !permitted(row, was, file)) return;
        if (!was || was->unit != row.writing.unit) must_take_part(row, *cycle, file);
        if (faults_.errors() > faults) return;
        was ? changed(*was, std::move(row)) : new_one(id, std::move(row));
    }

    bool find_units(ExemplarRow& row, const ExemplarRows& file) {
        const auto find = [&](const std::string& code, const char* column) {
            const int index = book_.index().find(code);
            const auto unit = index < 0 ? std::nullopt : book_.unit(index, row.period);
            if (!unit)
                faults_.error(file.place(column), "exemplar-file.unit", {{"code", code}, {"period", row.period}});
            return unit;
        };
        const auto unit = find(row.unit, "unit");
        if (unit) row.writing.unit = *unit;
        if (!row.place_unit.empty()) row.writing.place = find(row.place_unit, "place_unit");
        return unit && (row.place_unit.empty() || row.writing.place);
    }

    void must_take_part(const ExemplarRow& row, const OpenCycle& cycle, const ExemplarRows& file) {
        const UnitId unit = row.writing.unit;
        const auto [at, added] = taking_part_.try_emplace({cycle.stored.id, unit});
        if (added) at->second = takes_part(reader_, cycle, unit, today_);
        if (at->second) return;
        faults_.error(file.place("unit"), "exemplar.not-taking-part",
                      {{"unit", row.unit}, {"root", cycle.cycle.participants->under}, {"movement", row.movement}});
    }

    void check(const ExemplarRow& row, const std::optional<Exemplar>& was, const movements::ExemplarRules& rules,
               const ExemplarRows& file) {
        const State state = was ? was->state : row.standing.state;
        Writing complete = row.writing;
        if (!row.person.empty() && !complete.person) complete.person = PersonId(1);  // added when it is stored
        for (const auto& problem : faults_of(complete, rules)) {
            const bool missing = problem.code == "exemplar.missing";
            const std::string column = problem.field == "beneficiaries" ? "beneficiaries_who" : problem.field;
            const bool told = missing && (column == "title" || !file.text(column).empty());  // as unreadable
            if (!told && (state != State::draft || !missing))
                faults_.error(file.place(problem.field), problem.code, problem.arguments);
        }
        if (was) {
            if (!row.state.empty() && row.standing.state != was->state)
                faults_.error(file.place("state"), "exemplar-file.step",
                              {{"state", std::string(code(was->state))}, {"value", row.state}});
            return;
        }
        check_standing(row, rules, file);
    }

    void check_standing(const ExemplarRow& row, const movements::ExemplarRules& rules, const ExemplarRows& file) {
        const Standing& standing = row.standing;
        if (standing.state == State::draft) return;
        if (standing.state != State::registered && standing.state != State::recognised)
            return faults_.error(
                file.place("state"), "exemplar-file.word",
                {{"column", "state"}, {"value", row.state}, {"expected", "draft, registered, recognised"}});
        const auto need = [&](bool given, const char* column) {
            if (!given)
                faults_.error(file.place(column), "exemplar-file.needed",
                              {{"column", column}, {"state", std::string(exemplars::code(standing.state))}});
        };
        need(standing.registered_on != Day::always(), "registered_on");
        if (standing.registered_on > today_ || standing.recognised_on > today_)
            faults_.error(file.place("registered_on"), "exemplar-file.future", {{"today", today_.text()}});
        if (standing.state != State::recognised) return;
        need(standing.recognised_on != Day::always(), "recognised_on");
        need(!standing.decision.empty(), "decision");
        if (!rules.level(standing.level))
            faults_.error(file.place("level"), "exemplar.unknown-level", {{"value", standing.level}});
        if (standing.recognised_on != Day::always() && standing.recognised_on < standing.registered_on)
            faults_.error(file.place("recognised_on"), "exemplar.dates",
                          {{"starts", standing.registered_on.text()}, {"ends", standing.recognised_on.text()}});
    }

    /// Writing needs the right to register there – of a stored one, also where it stands –, a decision the right to
    /// decide.
    bool permitted(const ExemplarRow& row, const std::optional<Exemplar>& was, const ExemplarRows& file) {
        const auto need = [&](Action action, UnitId unit, const char* column) {
            if (scope_.may(action, unit, row.movement)) return true;
            scope_.refuse(faults_, file.place(column), action, row.unit);
            return false;
        };
        if (!need(Action::register_exemplar, row.writing.unit, "unit")) return false;
        if (was) return need(Action::register_exemplar, was->unit, "unit");
        return row.standing.state != State::recognised || need(Action::recognise_exemplar, row.writing.unit, "state");
    }

    void new_one(CycleId cycle, ExemplarRow row) {
        plan_.comparison.add({row.place.line, row.writing.title, {}});
        added_.push_back({cycle, std::move(row)});
    }

    void changed(const Exemplar& was, ExemplarRow row) {
        Exemplar now = was;
        static_cast<Writing&>(now) = row.writing;
        const std::string owner = was.person ? people::person(reader_, *was.person).name : "";
        if (row.writing == static_cast<const Writing&>(was) && owner == row.person) return plan_.comparison.keep();
        plan_.comparison.change({row.place.line, was.title,
                                 differences(cells_of(was, {}, owner, book_), cells_of(now, {}, row.person, book_))});
        rewritten_.push_back({was, std::move(row)});
    }

    const store::Reader& reader_;
    Scope& scope_;
    files::FaultList& faults_;
    Plan& plan_;
    Day today_;
    CodeBook book_;
    CycleFiles cycles_;
    std::map<std::pair<CycleId, UnitId>, bool> taking_part_;
    Stored stored_;
    std::vector<Added> added_;
    std::vector<Rewritten> rewritten_;
};

}  // namespace

std::unique_ptr<Work> prepare_exemplars(const store::Reader& reader, const Source& source, Scope& scope, Plan& plan) {
    const TableFile table(source.bytes, source.file, plan.faults);
    if (!table.csv()) return nullptr;
    std::vector<Fault> found;
    files::FaultList faults(source.file, found);
    files::CsvRows rows(*table.csv(), faults);
    std::unique_ptr<Work> work;
    if (faults.errors() == 0) work = Reading(reader, source, scope, faults, plan).read(rows);
    table.place(std::move(found), plan);
    return plan.refused() ? nullptr : std::move(work);
}

}  // namespace guidon::imports

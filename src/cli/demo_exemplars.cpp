#include "cli/demo_exemplars.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/embedded.h"
#include "cli/demo_lives.h"
#include "cli/demo_named.h"
#include "cli/demo_owners.h"
#include "cli/demo_replications.h"
#include "exemplars/rules.h"
#include "files/csv.h"
#include "people/gate.h"
#include "people/people_store.h"

namespace guidon::cli {

using exemplars::Step;
using exemplars::Writing;

namespace {

/// Of the company's party committee, before they spread; the one told by name makes them 40.
constexpr std::size_t initial_models = 39;

/// A line of exemplars.csv.
struct Population {
    std::string movement, period, owners, outcome;
    int collectives = 0, individuals = 0;
};

/// One exemplar, before it is stored.
struct Life {
    std::string public_id;
    const Owner* owner = nullptr;
    Choice choice;
    std::uint64_t text = 0;  // seed of what it says
    Texts place, who;        // who: of an individual, the office
    std::vector<Step> steps;
    std::string movement, period;
    std::optional<std::size_t> origin;  // of those made with it: of which it was adopted

    Day begins() const { return steps.empty() ? Day::never() : steps.front().on; }
};

std::vector<Population> read_populations(std::string_view csv) {
    static constexpr std::array<files::ColumnName, 6> columns{{{"movement", files::Need::required},
                                                               {"period", files::Need::required},
                                                               {"owners", files::Need::required},
                                                               {"outcome", files::Need::required},
                                                               {"collectives", files::Need::required},
                                                               {"individuals", files::Need::required}}};
    std::vector<Fault> faults;
    files::FaultList list("exemplars.csv", faults);
    files::CsvRows rows(csv, list);
    const auto at = files::find_columns(rows, columns, "", list);
    std::vector<Population> all;
    while (rows.next()) {
        const auto field = [&](std::size_t column) { return std::string(rows.field(at[column])); };
        all.push_back({field(0), field(1), field(2), field(3), std::stoi(field(4)), std::stoi(field(5))});
    }
    GUIDON_ASSERT(faults.empty());
    return all;
}

/// Makes up the lives of one cycle below one unit.
class Maker {
public:
    Maker(const Owners& owners, const Phrases& phrases, std::uint64_t seed)
        : owners_(owners), phrases_(phrases), draw_(seed) {}

    void add(const Population& population) {
        for (int i = 0; i < population.collectives; ++i) one(population, false);
        for (int i = 0; i < population.individuals; ++i) one(population, true);
    }

    std::vector<Life> made() {
        if (owners_.coal()) spread();
        return std::move(lives_);
    }

private:
    void one(const Population& population, bool individual) {
        Life life{.public_id = draw_.public_id(), .owner = &owners_.some(draw_)};
        while (individual && life.owner->sort.empty()) life.owner = &owners_.some(draw_);
        life.movement = population.movement;
        life.period = population.period;
        speak(life, individual);
        const LifeWish wish{.outcome = population.outcome,
                            .year = std::stoi(population.period),
                            .authority = &Owners::authority(*life.owner, draw_),
                            .moves_to = owners_.some(draw_).unit.id};
        life.steps = steps_of(wish, phrases_, draw_);
        lives_.push_back(std::move(life));
    }

    /// What it is about and where; a title is there once. Now and then a text that was handed in elsewhere is used
    /// again.
    void speak(Life& life, bool individual) {
        for (int tries = 0; tries < 20; ++tries) {
            life.choice = phrases_.choose(draw_.one_of(fields_), owners_.code(), owners_.coal(), draw_);
            life.text = draw_.seed();
            if (!lives_.empty() && lives_.size() % 70 == 0) {
                const Life& other = draw_.one_of(lives_);
                life.choice = other.choice;
                life.text = other.text;
            }
            settle(life, individual);
            if (titles_.insert(phrases_.tell(life.choice, life.place, life.who, life.text).titles.at("vi")).second)
                return;
        }
    }

    void settle(Life& life, bool individual) {
        const Owner& owner = *life.owner;
        life.place = owner.place;
        if (owner.sort.empty()) return;
        const Texts spot = phrases_.spot(owner.sort, draw_);
        for (auto& [language, place] : life.place) place = spot.at(language) + (language == "ur" ? "، " : ", ") + place;
        if (!individual) return;
        life.who = phrases_.office(owner.sort, spot, draw_);
        for (auto& [language, who] : life.who) who += (language == "ur" ? "، " : ", ") + owner.place.at(language);
    }

    /// After the first, each does what an earlier one of another unit has begun.
    void spread() {
        std::stable_sort(lives_.begin(), lives_.end(),
                         [](const Life& a, const Life& b) { return a.begins() < b.begins(); });
        for (std::size_t i = initial_models; i < lives_.size(); ++i) {
            do {
                lives_[i].origin = draw_.below(draw_.chance(45) ? initial_models : i);
            } while (lives_[*lives_[i].origin].owner == lives_[i].owner);
            lives_[i].choice = lives_[*lives_[i].origin].choice;
        }
    }

    const Owners& owners_;
    const Phrases& phrases_;
    Draw draw_;
    std::vector<Life> lives_;
    std::set<std::string> titles_;
    const std::vector<std::string> fields_{"economy",          "economy",          "economy",
                                           "culture-society",  "culture-society",  "culture-society",
                                           "culture-society",  "defence-security", "defence-security",
                                           "political-system", "political-system"};
};

/// Stores the exemplars of one cycle, in one change.
class Loader {
public:
    Loader(store::Store& store, const std::string& movement, const std::string& period)
        : change_(store.change(people::Gate::terminal("demo"))),
          subject_(movement + "/" + period),
          cycle_(movements::find_cycle(change_, movement, period).value()) {
        std::vector<Fault> faults;
        rules_ = movements::read_cycle(cycle_.toml, subject_, faults).value().exemplars.value();
    }

    const movements::ExemplarRules& rules() const { return rules_; }
    store::Change& change() { return change_; }

    exemplars::ExemplarId add(const Writing& writing, const std::vector<Step>& steps, const std::string& public_id,
                              bool sample) {
        GUIDON_ASSERT(exemplars::faults_of(writing, rules_).empty());
        const auto id = exemplars::add_draft(change_, cycle_.id, writing, sample, public_id);
        for (const Step& step : steps) exemplars::take_step(change_, exemplars::exemplar(change_, id), step);
        ++added_;
        return id;
    }

    int commit() {
        change_.commit("exemplars.imported", subject_, {{"added", added_}});
        return added_;
    }

private:
    store::Change change_;
    std::string subject_;
    movements::StoredCycle cycle_;
    movements::ExemplarRules rules_;
    int added_ = 0;
};

std::vector<std::string> known_topics(const Deed& deed, const movements::ExemplarRules& rules) {
    std::vector<std::string> known;
    for (const std::string& topic : deed.topics)
        if (rules.topic(topic)) known.push_back(topic);
    return known;
}

people::PersonId add_somebody(store::Change& change, const Life& life) {
    const auto person = people::add_person(change, life.who.at("en"), {life.who.at("vi"), life.who.at("ur")});
    people::add_office(change, person, life.owner->unit.id, life.who, {Day::always(), Day::never()});
    return person;
}

exemplars::ExemplarId store_life(Loader& loader, const Life& life, const Phrases& phrases) {
    const Deed& deed = phrases.deeds()[life.choice.deed];
    Told told = phrases.tell(life.choice, life.place, life.who, life.text);
    Writing writing;
    Draw draw(life.text);
    writing.kind = !life.who.empty() || draw.chance(12) ? exemplars::Kind::example : exemplars::Kind::model;
    writing.unit = life.owner->unit.id;
    writing.field = deed.field;
    writing.topics = known_topics(deed, loader.rules());
    writing.title = told.titles.at("vi");
    writing.titles = {{"en", told.titles.at("en")}, {"ur", told.titles.at("ur")}};
    writing.content = std::move(told.content);
    writing.content.starts = (life.steps.empty() ? Day::of_number(std::stoi(life.period) * 10'000 + 401)
                                                 : life.steps[std::min<std::size_t>(1, life.steps.size() - 1)].on)
                                 .text();
    if (!life.who.empty()) {
        writing.owner_kind = exemplars::OwnerKind::individual;
        writing.person = add_somebody(loader.change(), life);
    }
    return loader.add(writing, life.steps, life.public_id, true);
}

/// Stores `lives` and tells which came of which.
std::vector<Descent> store_lives(Loader& loader, const std::vector<Life>& lives, const Phrases& phrases) {
    std::vector<exemplars::ExemplarId> ids;
    std::vector<Descent> descents;
    for (const Life& life : lives) {
        ids.push_back(store_life(loader, life, phrases));
        if (!life.origin) continue;
        const Life& origin = lives[*life.origin];
        const Step& last = life.steps.back();
        descents.push_back({.origin = ids[*life.origin],
                            .adopted = ids.back(),
                            .origin_unit = origin.owner->unit.id,
                            .unit = life.owner->unit.id,
                            .begun = life.begins(),
                            .recognised = last.verb == exemplars::Verb::recognise ? last.on : Day::always()});
    }
    return descents;
}

}  // namespace

int add_demo_exemplars(store::Store& store) {
    const auto& files = embedded::demo();
    const Phrases phrases(files.at("phrases.json"));
    std::map<std::pair<std::string, std::string>, std::vector<Population>> by_cycle;
    for (auto& one : read_populations(files.at("exemplars.csv"))) by_cycle[{one.movement, one.period}].push_back(one);
    const Named named = read_named(store.read(), files.at("named.json"));
    int added = 0;
    std::uint64_t seed = 1;
    for (const auto& [cycle, populations] : by_cycle) {
        std::map<std::string, Owners> owners;
        std::map<std::string, Maker> makers;
        for (const auto& one : populations) {
            if (!owners.contains(one.owners))
                owners.emplace(one.owners,
                               Owners(store.read(), one.owners, Day::of_number(std::stoi(one.period) * 10'000 + 301)));
            makers.try_emplace(one.owners, owners.at(one.owners), phrases, seed++).first->second.add(one);
        }
        Loader loader(store, cycle.first, cycle.second);
        if (cycle == named.cycle)
            for (const auto& one : named.exemplars) loader.add(one.writing, one.steps, one.public_id, false);
        std::vector<Descent> descents;
        for (auto& [_, maker] : makers) {
            const auto found = store_lives(loader, maker.made(), phrases);
            descents.insert(descents.end(), found.begin(), found.end());
        }
        added += loader.commit();
        if (!descents.empty()) add_demo_replications(store, descents);
    }
    return added;
}

}  // namespace guidon::cli

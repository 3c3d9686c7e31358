#include "cli/demo_book.h"

#include <map>
#include <set>

#include "base/assert.h"
#include "base/embedded.h"
#include "books/books_store.h"
#include "cli/demo_draw.h"
#include "cli/demo_files.h"
#include "people/gate.h"
#include "reviews/reviews_store.h"

namespace guidon::cli {

namespace json = boost::json;
using books::State;
using books::Verb;
using exemplars::Exemplar;

namespace {

int number(const json::value& value) {
    return static_cast<int>(value.as_int64());
}

/// The lines of the file, and deadlines that many days from today.
std::string rules_of(const json::object& from, Day today) {
    std::string rules;
    for (const auto& line : from.at("rules").as_array()) rules += std::string(line.as_string()) + "\n";
    rules += "[deadlines]\n";
    for (const auto& [state, days] : from.at("deadlines").as_object())
        rules += std::string(state) + " = \"" + moved(today, number(days)).text() + "\"\n";
    return rules;
}

books::Writing writing_of(const store::Reader& reader, const json::object& from, Day today) {
    books::Writing writing;
    writing.unit = unit_of(reader, text(from, "unit"), today);
    writing.movement = text(from, "movement");
    for (const auto& [language, title] : from.at("titles").as_object())
        writing.title[std::string(language)] = title.as_string();
    writing.from_year = number(from.at("from"));
    writing.to_year = number(from.at("to"));
    writing.plan_number = text(from, "plan_number");
    writing.plan_issuer = text(from, "plan_issuer");
    writing.call = text(from, "call");
    writing.rules = rules_of(from, today);
    return writing;
}

/// Recognised ones of the book's years, in a drawn order.
std::vector<exemplars::Listed> candidates(const store::Reader& reader, const json::object& from, Draw& draw) {
    std::vector<exemplars::Listed> all;
    for (const auto& period : from.at("periods").as_array()) {
        const auto cycle =
            movements::find_cycle(reader, text(from, "movement"), std::string(period.as_string())).value();
        for (const auto state : {exemplars::State::recognised, exemplars::State::kept}) {
            const auto some = exemplars::listed(reader, cycle.id, state);
            all.insert(all.end(), some.begin(), some.end());
        }
    }
    draw.shuffle(all);
    return all;
}

/// An exemplar and how far it comes.
struct Going {
    Exemplar exemplar;
    State to;
    books::Entry entry;
};

/// As many of each state as the file says. Those that are chosen are balanced by field, with one of each unit.
std::vector<Going> chosen_and_others(const store::Reader& reader, const json::object& from, Draw& draw) {
    std::vector<State> chosen, others;
    for (const auto& [name, count] : from.at("come_to").as_object()) {
        const State state = books::state_of(name).value();
        auto& list = books::is_chosen(state) ? chosen : others;
        list.insert(list.end(), static_cast<std::size_t>(number(count)), state);
    }
    draw.shuffle(chosen);
    std::map<std::string, int> places;
    for (const auto& [field, count] : from.at("chosen").as_object()) places[std::string(field)] = number(count);
    std::set<units::UnitId> taken;
    std::vector<Going> all;
    for (const auto& one : candidates(reader, from, draw)) {
        if (chosen.empty() && others.empty()) break;
        auto exemplar = exemplars::find_exemplar(reader, one.public_id).value();
        const bool fits = !chosen.empty() && places[exemplar.field] > 0 && taken.insert(exemplar.unit).second;
        if (fits) --places[exemplar.field];
        auto& list = fits ? chosen : others;
        if (list.empty()) continue;
        all.push_back({std::move(exemplar), list.back(), {}});
        list.pop_back();
    }
    GUIDON_ASSERT(chosen.empty() && others.empty());
    return all;
}

/// Brings the book's entries on, step by step.
class Project {
public:
    Project(store::Store& store, const json::object& from)
        : store_(store),
          from_(from),
          today_(Day::of_utc_ms(store.now_utc_ms())),
          entries_(chosen_and_others(store.read(), from, draw_)) {}

    int add() {
        begin();
        nominate();
        take_all(Verb::list);
        survey();
        for (const Verb verb : {Verb::survey, Verb::select, Verb::request, Verb::deliver, Verb::edit, Verb::check,
                                Verb::approve, Verb::typeset})
            take_all(verb);
        leave(Verb::decline, State::declined);
        leave(Verb::withdraw, State::withdrawn);
        return static_cast<int>(entries_.size());
    }

private:
    store::Change change() { return store_.change(people::Gate::terminal("demo")); }

    void begin() {
        auto change = this->change();
        book_ = books::book(change, books::add_book(change, writing_of(change, from_, today_), draw_.public_id()));
        change.commit("books.imported", book_.public_id, {{"from_year", book_.from_year}, {"to_year", book_.to_year}});
    }

    void nominate() {
        auto change = this->change();
        for (Going& going : entries_) going.entry = books::nominate(change, book_.id, going.exemplar.id);
        change.commit("books.imported", book_.public_id, {{"added", entries_.size()}});
    }

    /// How far it goes before it leaves the way.
    static State last_on_the_way(State to) {
        return to == State::declined ? State::long_list : to == State::withdrawn ? State::requested : to;
    }

    void take_all(Verb verb) {
        auto change = this->change();
        int taken = 0;
        for (Going& going : entries_) {
            const auto* move = books::find_move(going.entry.state, verb);
            if (!move || move->to > last_on_the_way(going.to)) continue;
            if (verb == Verb::deliver) write(change, going);
            if (verb == Verb::edit) translate_titles(change, going);
            if (verb == Verb::check) agree(change, going);
            take(change, going, *move, "");
            ++taken;
        }
        commit(change, verb, taken);
    }

    void leave(Verb verb, State to) {
        auto change = this->change();
        int taken = 0;
        for (Going& going : entries_) {
            if (going.to != to) continue;
            take(change, going, *books::find_move(going.entry.state, verb),
                 text(from_.at("reasons").as_object(), code(verb)));
            ++taken;
        }
        commit(change, verb, taken);
    }

    static void take(store::Change& change, Going& going, const books::Move& move, const std::string& reason) {
        books::take(change, going.entry, move, reason);
        going.entry.state = move.to;
    }

    void commit(store::Change& change, Verb verb, int taken) {
        change.commit("books.imported", book_.public_id, {{"verb", code(verb)}, {"added", taken}});
    }

    void write(store::Change& change, const Going& going) {
        const auto& content = going.exemplar.content;
        books::put_text(change, going.entry.id,
                        {.language = going.exemplar.language,
                         .title = going.exemplar.title,
                         .body = content.situation + "\n\n" + content.method + "\n\n" + content.result + " " +
                                 content.product + "\n\n" + content.upkeep,
                         .editor = text(from_, "editor")},
                        0);
    }

    void translate_titles(store::Change& change, const Going& going) {
        for (const auto& [language, title] : going.exemplar.titles)
            books::put_text(change, going.entry.id,
                            {.language = language_of(language).value(),
                             .title = title,
                             .body = {},
                             .editor = text(from_, "editor")},
                            0);
    }

    void agree(store::Change& change, const Going& going) {
        books::record_consent(change, going.entry.id,
                              {.by = pick(units::unit(change, going.exemplar.unit, today_).names, Language::vi),
                               .how = text(from_, "consent_how"),
                               .on = moved(today_, -7),
                               .facts_by = text(from_, "facts_by")});
    }

    /// Somebody goes to see those that come further than the long list.
    void survey() {
        auto change = this->change();
        const auto& words = from_.at("survey").as_object();
        const auto& findings = words.at("findings").as_array();
        const std::string_view file = embedded::review_forms().at("effectiveness.toml");
        const auto form = reviews::read_review_form(file);
        const reviews::Wish wish{.form = reviews::keep_form(change, file),
                                 .unit = book_.unit,
                                 .team = text(words, "team"),
                                 .members = {},
                                 .planned_on = moved(today_, -60)};
        int added = 0;
        for (const Going& going : entries_) {
            if (last_on_the_way(going.to) < State::surveyed) continue;
            auto review = reviews::add_review(change, going.exemplar.id, wish);
            review.state = reviews::State::done;
            review.done_on = moved(today_, -draw_.between(25, 55));
            for (const auto& question : form.questions) review.answers[question.key] = {points(question), ""};
            review.score = reviews::score_of(review.answers);
            review.findings = findings[draw_.below(findings.size())].as_string();
            review.recommendation = reviews::Recommendation::keep;
            reviews::store_review(change, review);
            exemplars::mark_looked_at(change, going.exemplar.id, review.done_on);
            ++added;
        }
        change.commit("reviews.imported", book_.public_id, {{"added", added}});
    }

    /// From seven tenths of the most to all of them.
    Decimal points(const reviews::Question& question) {
        const auto most = std::stoi(question.most.text());
        return Decimal::parse(std::to_string(draw_.between(most * 7 / 10, most))).value();
    }

    store::Store& store_;
    const json::object& from_;
    Day today_;
    Draw draw_{26};
    std::vector<Going> entries_;
    books::Book book_;
};

}  // namespace

int add_demo_book(store::Store& store) {
    const auto from = json::parse(embedded::demo().at("book.json")).as_object();
    return Project(store, from).add();
}

}  // namespace guidon::cli

#include "books/book_document.h"

#include <algorithm>
#include <chrono>

#include "units/units_pages.h"

namespace guidon::books {

namespace json = boost::json;
using people::Viewer;

namespace {

std::chrono::sys_days days(Day day) {
    const int n = day.number();
    return std::chrono::year_month_day(std::chrono::year(n / 10'000),
                                       std::chrono::month(static_cast<unsigned>(n / 100 % 100)),
                                       std::chrono::day(static_cast<unsigned>(n % 100)));
}

/// What those who choose should know of it: {text} each. Nothing of it forbids a step.
json::array remarks(const Seen& seen, Language language) {
    json::array all;
    const auto add = [&](const char* key, Arguments arguments) {
        all.push_back(json::object{{"text", say(language, key, std::move(arguments))}});
    };
    const auto state = seen.exemplar.state;
    if (state != exemplars::State::recognised && state != exemplars::State::kept)
        add("books.remark.not-recognised", {{"state", exemplars::state_title(state, language)}});
    const bool went = seen.entry.state >= State::surveyed && seen.entry.state <= State::published;
    if (went && seen.exemplar.looked_on == Day::always()) add("books.remark.no-survey", {});
    return all;
}

/// Builds one book's document.
class Telling {
public:
    Telling(const Desk& desk, const store::Reader& reader, const Viewer* viewer, const Book& book, Language language)
        : desk_(desk),
          reader_(reader),
          viewer_(viewer),
          book_(book),
          language_(language),
          rights_(rights(reader, viewer, book)),
          rules_(read_rules(book.rules)),
          fields_(fields_of(reader, book.movement)) {}
    json::object tell();

private:
    json::object about() const;
    json::array progress(const std::vector<Seen>& all) const;
    json::array balance(const std::vector<Seen>& all) const;
    json::array groups(const std::vector<Seen>& seen) const;
    json::object row(const Seen& seen) const;
    json::array moves(State state, bool own) const;
    std::string rule_text(const Line& line) const;
    std::string title_of(const Line& line) const;
    std::string field_title(const std::string& key) const;

    const Desk& desk_;
    const store::Reader& reader_;
    const Viewer* viewer_;
    const Book& book_;
    Language language_;
    Rights rights_;
    Rules rules_;
    std::vector<movements::Entitled> fields_;
};

std::string Telling::field_title(const std::string& key) const {
    for (const auto& field : fields_)
        if (field.key == key) return pick(field.title, language_);
    return key;
}

json::object Telling::about() const {
    json::object titles;
    for (const Language language : languages) {
        const auto found = book_.title.find(std::string(code(language)));
        titles[code(language)] = found == book_.title.end() ? "" : found->second;
    }
    json::object part = book_reference(book_, language_);
    part["titles"] = std::move(titles);
    part["years_text"] = years_text(book_);
    part["from_year"] = book_.from_year;
    part["to_year"] = book_.to_year;
    const units::Unit unit = units::unit(reader_, book_.unit, desk_.today());
    part["unit"] = units::unit_reference(unit, language_);
    part["movement"] = book_.movement;
    part["plan_number"] = book_.plan_number;
    part["plan_issuer"] = book_.plan_issuer;
    part["plan_date"] = book_.plan_date;
    part["plan_text"] = book_.plan_number.empty() ? ""
                                                  : say(language_, "books.by-plan",
                                                        {{"number", book_.plan_number}, {"issuer", book_.plan_issuer}});
    part["call"] = book_.call;
    part["rules"] = book_.rules;
    part["published"] = book_.published();
    part["published_text"] = book_.published() ? say(language_, "books.published-on",
                                                     {{"date", date_text(language_, book_.published_on.text())}})
                                               : "";
    part["version"] = std::to_string(book_.since);
    return part;
}

json::array Telling::progress(const std::vector<Seen>& all) const {
    json::array rows;
    for (const State state : states) {
        const auto count = std::count_if(all.begin(), all.end(), [&](const Seen& s) { return s.entry.state == state; });
        const auto deadline = rules_.deadlines.find(state);
        if (count == 0 && deadline == rules_.deadlines.end() && state > State::published) continue;
        json::object row{{"state", code(state)}, {"title", state_title(state, language_)}, {"count", count}};
        // Those before this state are what the deadline is about.
        const auto behind = std::count_if(all.begin(), all.end(), [&](const Seen& s) { return s.entry.state < state; });
        if (deadline != rules_.deadlines.end()) {
            const int left = days_until(deadline->second, desk_.today());
            row["deadline"] = deadline->second.text();
            row["deadline_text"] = date_text(language_, deadline->second.text(), DateStyle::medium);
            row["days"] = left;
            row["days_text"] = say(language_, left < 0 ? "books.days-late" : "books.days-left",
                                   {{"days", std::to_string(std::abs(left))}});
            row["late"] = left < 0 && behind > 0 && !book_.published();
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string Telling::title_of(const Line& line) const {
    switch (line.rule) {
        case Line::Rule::field:
            return field_title(line.key);
        case Line::Rule::kind:
        case Line::Rule::owner: {
            const std::string key = "books." + std::string(code(line.rule)) + "." + line.key;
            return has_message(language_, key) ? say(language_, key) : line.key;
        }
        case Line::Rule::most_each:
        case Line::Rule::least_units:
            return units::kind_title(line.key, language_);
        default:
            return "";
    }
}

std::string Telling::rule_text(const Line& line) const {
    std::string unit;
    if (!line.unit.empty())
        if (const auto found = units::find_unit(reader_, line.unit, desk_.today()))
            unit = pick(found->names, language_);
    return say(language_, "books.rule." + std::string(code(line.rule)), {{"what", title_of(line)}, {"unit", unit}});
}

json::array Telling::balance(const std::vector<Seen>& all) const {
    json::array rows;
    for (const Line& line : weigh(rules_, shares(reader_, all, is_chosen, desk_.today()))) {
        json::object row{{"rule", code(line.rule)}, {"key", line.key},           {"title", rule_text(line)},
                         {"count", line.count},     {"missing", line.missing()}, {"too_many", line.too_many()}};
        const std::string least = line.least ? std::to_string(*line.least) : "",
                          most = line.most ? std::to_string(*line.most) : "";
        row["limits_text"] = least == most   ? least
                             : least.empty() ? "≤ " + most
                             : most.empty()  ? "≥ " + least
                                             : least + "–" + most;
        const char* said = line.too_many() > 0 ? "books.too-many" : line.missing() > 0 ? "books.missing" : "books.fits";
        row["state_text"] = say(language_, said, {{"count", std::to_string(line.too_many() + line.missing())}});
        row["tone"] = line.too_many() > 0 ? "flag" : line.missing() > 0 ? "warn" : "good";
        rows.push_back(std::move(row));
    }
    return rows;
}

json::object Telling::row(const Seen& seen) const {
    return {{"id", seen.entry.public_id},
            {"version", std::to_string(seen.entry.since)},
            {"href", "/books/" + book_.public_id + "/entries/" + seen.entry.public_id},
            {"title", exemplars::title_in(seen.exemplar, language_)},
            {"unit_name", unit_name(reader_, seen.exemplar.unit, desk_.today(), language_)},
            {"field_title", field_title(seen.exemplar.field)},
            {"remarks", rights_.any() ? remarks(seen, language_) : json::array()}};
}

json::array Telling::moves(State state, bool own) const {
    json::array all;
    for (const Move& move : moves_from(state)) {
        if (move.verb == Verb::publish) continue;  // of the whole book
        if (!rights_.may(move.action) && !(own && move.by_unit)) continue;
        all.push_back(json::object{{"verb", code(move.verb)},
                                   {"title", say(language_, "books.verb." + std::string(code(move.verb)))},
                                   {"reason", move.needs == Needs::reason}});
    }
    return all;
}

json::array Telling::groups(const std::vector<Seen>& seen) const {
    json::array all;
    for (const State state : states) {
        json::array rows;
        for (const Seen& one : seen)
            if (one.entry.state == state) rows.push_back(row(one));
        if (rows.empty()) continue;
        json::array moves = rights_.any() ? this->moves(state, false) : json::array();
        json::object group{{"state", code(state)},      {"title", state_title(state, language_)},
                           {"count", rows.size()},      {"may_move", !moves.empty()},
                           {"moves", std::move(moves)}, {"entries", std::move(rows)}};
        all.push_back(std::move(group));
    }
    return all;
}

json::object Telling::tell() {
    const auto seen = seen_entries(reader_, viewer_, book_);
    const std::string href = "/books/" + book_.public_id;
    const bool nominates =
        !book_.published() && (rights_.edit || people::Gate::may_somewhere(viewer_, people::Action::register_exemplar));
    json::object document{{"title", pick(book_.title, language_)},
                          {"kicker", say(language_, "books.title")},
                          {"lede", years_text(book_)},
                          {"sample", has_samples(seen)},
                          {"book", about()},
                          {"may_edit", rights_.edit && !book_.published()},
                          {"may_publish", rights_.approve && !book_.published()},
                          {"may_nominate", nominates},
                          {"groups", groups(seen)}};
    if (rights_.any()) {
        document["progress"] = progress(seen);
        document["balance"] = balance(seen);
    }
    const bool readable = book_.published() || rights_.any();
    if (readable)
        document["files"] =
            json::object{{"print", href + "/print"}, {"pdf", href + "/book.pdf"}, {"docx", href + "/book.docx"}};
    return document;
}

json::object text_part(const Book& book, const Seen& seen, Language language, const std::vector<Text>& texts,
                       bool may) {
    json::object part{{"language", code(language)},
                      {"language_title", say(language, "books.language")},
                      {"direction", direction(language)},
                      {"title", ""},
                      {"body", ""},
                      {"editor", ""},
                      {"version", "0"},
                      {"written", false},
                      {"open", false},
                      {"may_write", may},
                      {"action", "/books/" + book.public_id + "/entries/" + seen.entry.public_id + "/texts/" +
                                     std::string(code(language))}};
    for (const Text& text : texts) {
        if (text.language != language) continue;
        part["title"] = text.title;
        part["body"] = text.body;
        part["editor"] = text.editor;
        part["version"] = std::to_string(text.since);
        part["written"] = part["open"] = !text.body.empty();
    }
    return part;
}

std::string who_text(const store::Reader& reader, const std::string& who, Language language) {
    const auto person = people::find_person(reader, who);
    if (!person) return who;
    return person->erased ? say(language, "people.erased-person") : person->name;
}

}  // namespace

int days_until(Day day, Day today) {
    return static_cast<int>((days(day) - days(today)).count());
}

json::object book_document(const Desk& desk, const store::Reader& reader, const Viewer* viewer, const Book& book,
                           Language language) {
    return Telling(desk, reader, viewer, book, language).tell();
}

json::object entry_document(const Desk& desk, const store::Reader& reader, const Viewer* viewer, const Book& book,
                            const Seen& seen, Language language) {
    const Rights allowed = rights(reader, viewer, book);
    const bool own = acts_for_unit(reader, viewer, seen.exemplar);
    const State state = seen.entry.state;
    const bool open = state >= State::requested && state <= State::checked;
    const bool may_write = open && (allowed.edit || (own && state == State::requested));
    const auto texts = texts_of(reader, seen.entry.id);
    json::array text_parts, moves, history, errata;
    for (const Language each : languages) text_parts.push_back(text_part(book, seen, each, texts, may_write));
    for (const Move& move : moves_from(state))
        if (move.verb != Verb::publish && (allowed.may(move.action) || (own && move.by_unit)))
            moves.push_back(json::object{{"verb", code(move.verb)},
                                         {"title", say(language, "books.verb." + std::string(code(move.verb)))},
                                         {"reason", move.needs == Needs::reason}});
    if (allowed.any())
        for (const Step& step : steps_of(reader, seen.entry.id))
            history.push_back(json::object{
                {"entry", step.seq},
                {"state_title", state_title(step.to, language)},
                {"date_text", date_text(language, Day::of_utc_ms(step.at_utc_ms).text(), DateStyle::medium)},
                {"who", who_text(reader, step.who, language)},
                {"reason", step.reason}});
    for (const Erratum& erratum : errata_of(reader, seen.entry.id))
        errata.push_back(json::object{{"date_text", date_text(language, erratum.on.text())},
                                      {"wrong", erratum.wrong},
                                      {"correct", erratum.correct}});
    const Consent& consent = seen.entry.consent;
    json::object document{{"title", exemplars::title_in(seen.exemplar, language)},
                          {"kicker", pick(book.title, language)},
                          {"sample", seen.exemplar.sample},
                          {"book", book_reference(book, language)},
                          {"id", seen.entry.public_id},
                          {"href", "/books/" + book.public_id + "/entries/" + seen.entry.public_id},
                          {"entry_reference", seen.entry.public_id + "@" + std::to_string(seen.entry.since)},
                          {"version", std::to_string(seen.entry.since)},
                          {"state", code(state)},
                          {"state_title", state_title(state, language)},
                          {"exemplar", exemplars::exemplar_reference(seen.exemplar, language)},
                          {"unit_name", unit_name(reader, seen.exemplar.unit, desk.today(), language)},
                          {"has_moves", !moves.empty()},
                          {"moves", std::move(moves)},
                          {"texts", std::move(text_parts)},
                          {"history", std::move(history)},
                          {"errata", std::move(errata)},
                          {"remarks", allowed.any() ? remarks(seen, language) : json::array()},
                          {"may_consent", allowed.edit && open},
                          {"may_correct", allowed.edit && state == State::published}};
    if (allowed.any() || own)
        document["consent"] = json::object{{"given", consent.given()},
                                           {"by", consent.by},
                                           {"how", consent.how},
                                           {"on", consent.on.text()},
                                           {"on_text", date_text(language, consent.on.text())},
                                           {"facts_by", consent.facts_by}};
    return document;
}

}  // namespace guidon::books

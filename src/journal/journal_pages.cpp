#include "journal/journal_pages.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <memory>

#include "base/moment.h"
#include "files/qr_code.h"
#include "files/table.h"
#include "journal/journal_sight.h"
#include "journal/journal_words.h"
#include "people/people_list_store.h"
#include "people/people_pages.h"
#include "web/address.h"

namespace guidon::journal {

namespace json = boost::json;
using people::viewer_of;
using web::Answer;
using web::Request;

namespace {

constexpr int rows_per_page = 50;
constexpr int most_exported = 20'000;

/// Kinds that the filter offers, by noun; others are found by typing them into the address.
constexpr const char* kinds[] = {"value.",    "values.",      "standings.", "units.",      "groups.",     "movement.",
                                 "exemplar.", "replication.", "review.",    "book.",       "book-entry.", "import.",
                                 "person.",   "office.",      "role.",      "delegation.", "council.",    "account.",
                                 "session.",  "token.",       "article.",   "comment.",    "thread."};

std::int64_t start_of(const std::string& text, const char* field, bool day_after) {
    if (text.empty()) return 0;
    auto day = Day::parse(text);
    if (!day) throw Problem("people.day", {{"day", text}}, field);
    if (day_after) day = day->next();
    const int number = day->number();
    const std::chrono::year_month_day date{std::chrono::year(number / 10000),
                                           std::chrono::month(static_cast<unsigned>(number / 100 % 100)),
                                           std::chrono::day(static_cast<unsigned>(number % 100))};
    return std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::sys_days(date)).time_since_epoch().count();
}

std::int64_t read_seq(const std::string& text, const char* field) {
    std::int64_t seq = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), seq);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || seq < 1)
        throw Problem("journal.bad-number", {{"text", text}}, field);
    return seq;
}

/// The first of them, to choose from.
std::string names_of(const std::vector<people::Person>& persons) {
    constexpr std::size_t most = 6;
    std::string names;
    for (std::size_t i = 0; i < std::min(persons.size(), most); ++i) names += (i ? " · " : "") + persons[i].name;
    return names + (persons.size() > most ? " …" : "");
}

/// Somebody by id, name or a part of it; as it is, where nobody is called so ("terminal").
std::string read_person(const store::Reader& reader, const std::string& text, const char* field, Day today) {
    if (text.empty() || people::find_person(reader, text)) return text;
    auto named = people::persons_named(reader, text);
    if (named.empty())
        for (const auto id : people::list_persons(reader, {text, {}, {}, today}, {.all = true, .units = {}}))
            named.push_back(people::person(reader, id));
    if (named.size() > 1) throw Problem("journal.several", {{"text", text}, {"names", names_of(named)}}, field);
    return named.empty() ? text : named.front().public_id;
}

/// The only unit that is called so in some language, case and marks aside.
std::optional<units::Unit> unit_named(const store::Reader& reader, const std::string& text, Day today) {
    std::vector<units::Unit> named;
    for (auto& unit : units::search(reader, text, today))
        if (std::any_of(unit.names.begin(), unit.names.end(),
                        [&](const auto& name) { return folded(name.second) == folded(text); }))
            named.push_back(std::move(unit));
    return named.size() == 1 ? std::optional(named.front()) : std::nullopt;
}

/// A unit by code or name, a person by name; else the id itself.
std::string read_subject(const store::Reader& reader, const std::string& text, Day today) {
    if (text.empty()) return text;
    if (const auto unit = units::find_unit_by_code(reader, text, today)) return unit->public_id;
    if (people::persons_named(reader, text).empty())
        if (const auto unit = unit_named(reader, text, today)) return unit->public_id;
    return read_person(reader, text, "about", today);
}

/// Names are looked up for those who read the whole journal; others ask by id, and learn nothing about names.
store::Filter asked_of(const store::Reader& reader, const Request& request, Day today, bool whole) {
    store::Filter filter;
    filter.who = whole ? read_person(reader, request.asked("who"), "who", today) : request.asked("who");
    filter.what = request.asked("what");
    filter.subject = whole ? read_subject(reader, request.asked("about"), today) : request.asked("about");
    filter.from_utc_ms = start_of(request.asked("from"), "from", false);
    filter.to_utc_ms = start_of(request.asked("to"), "to", true);
    if (const auto before = request.asked("before"); !before.empty()) filter.before_seq = read_seq(before, "before");
    return filter;
}

std::string query_of(const Request& request) {
    std::string query;
    for (const char* name : {"who", "what", "about", "from", "to"})
        if (const std::string value = request.asked(name); !value.empty())
            query += std::string(query.empty() ? "?" : "&") + name + "=" + web::percent_encoded(value);
    return query;
}

web::Download export_of(const store::Reader& reader, const Request& request, const std::vector<store::Entry>& entries,
                        const JournalSight& sight, const Names& names) {
    files::Table table{.columns = {{"seq"},
                                   {"at"},
                                   {"who"},
                                   {"name"},
                                   {"capacity"},
                                   {"capacity_text"},
                                   {"what"},
                                   {"subject"},
                                   {"subject_name"},
                                   {"document"}},
                       .rows = {}};
    const auto text = [](const json::value& value) { return std::string(value.as_string()); };
    for (const store::Entry& entry : entries) {
        const auto told = entry_document(reader, viewer_of(request), entry, sight, names, request.language);
        table.rows.push_back({std::to_string(entry.seq), text(told.at("at")), entry.who,
                              text(told.at("who").at("name")), entry.capacity, text(told.at("capacity_text")),
                              entry.what, entry.subject,
                              entry.subject.empty() ? "" : text(told.at("subject").at("name")),
                              sight.shows_details(entry) ? entry.document : ""});
    }
    return {files::csv_text(table), "text/csv; charset=utf-8", "journal.csv"};
}

json::array kind_choices(const Request& request) {
    json::array choices;
    for (const std::string kind : kinds)
        choices.push_back(
            json::object{{"code", kind},
                         {"title", say(request.language, "journal.kind." + kind.substr(0, kind.size() - 1))},
                         {"selected", request.asked("what") == kind}});
    return choices;
}

Answer list(const Request& request, store::Store& store, const Names& names) {
    const auto reader = store.read();
    const auto* viewer = viewer_of(request);
    const Day today = Day::of_utc_ms(store.now_utc_ms());
    const bool whole = people::Gate::may(reader, viewer, people::Action::read_journal, {});
    const auto filter = asked_of(reader, request, today, whole);
    const JournalSight sight(reader, viewer, filter.subject);
    const bool as_file = request.asked("format") == "csv";
    auto entries = store::entries_matching(reader, filter, as_file ? most_exported : rows_per_page + 1);

    Answer answer{.template_name = "journal/list"};
    if (as_file) {
        answer.download = export_of(reader, request, entries, sight, names);
        return answer;
    }
    const bool more = entries.size() > rows_per_page;
    if (more) entries.pop_back();
    json::array rows;
    for (const auto& entry : entries)
        rows.push_back(entry_document(reader, viewer, entry, sight, names, request.language));
    const std::string query = query_of(request);
    answer.document = {{"title", say(request.language, "journal.title")},
                       {"lede", say(request.language, sight.whole() ? "journal.lede" : "journal.lede-part")},
                       {"href", "/journal"},
                       {"whole", sight.whole()},
                       {"who", request.asked("who")},
                       {"about", request.asked("about")},
                       {"from", request.asked("from")},
                       {"to", request.asked("to")},
                       {"kinds", kind_choices(request)},
                       {"entries", std::move(rows)},
                       {"links", json::object{{"csv", "/journal.csv" + query}, {"json", "/journal.json" + query}}}};
    const std::string joint = query.empty() ? "?" : "&";
    if (more)
        answer.document["older_href"] = "/journal" + query + joint + "before=" + std::to_string(entries.back().seq);
    if (!filter.subject.empty())
        answer.document["of"] = subject_part(reader, viewer, filter.subject, names, today, request.language);
    if (filter.before_seq > 0) answer.document["newest_href"] = "/journal" + query;
    return answer;
}

void tell_proof(json::object& document, const store::Reader& reader, const store::Entry& entry) {
    document["hash"] = entry.hash;
    const auto proof = store::inclusion_proof(reader, entry.seq);
    const auto head = store::newest_checkpoint(reader);
    if (!proof || !head) return;
    json::array path;
    for (const auto& one : proof->path) path.push_back(json::value(store::hex(one)));
    const bool holds = store::is_included(proof->leaf, proof->seq - 1, proof->size, proof->path,
                                          store::digest_of(head->root).value_or(store::Digest{}));
    document["proof"] =
        json::object{{"leaf", store::hex(proof->leaf)}, {"index", proof->seq - 1}, {"size", proof->size},
                     {"path", std::move(path)},         {"root", head->root},      {"holds", holds}};
}

Answer one_entry(const Request& request, store::Store& store, const Names& names) {
    const auto reader = store.read();
    const auto* viewer = viewer_of(request);
    if (!viewer) throw Problem("gate.sign-in", {}, "", 401);
    const std::int64_t seq = read_seq(request.place.at("seq"), "");
    const auto found = store::entries_since(reader, seq - 1, 1);
    const bool there = !found.empty() && found.front().seq == seq;
    // Whoever does not read the whole journal is refused alike whether there is such an entry or not.
    const JournalSight sight(reader, viewer, there ? found.front().subject : std::string());
    if (!there) throw Problem("journal.unknown", {{"seq", std::to_string(seq)}}, "", 404);

    Answer answer{.template_name = "journal/entry"};
    json::object& document = answer.document;
    document["title"] = say(request.language, "journal.entry-title", {{"seq", std::to_string(seq)}});
    document["kicker"] = say(request.language, "journal.title");
    document["entry"] = entry_document(reader, viewer, found.front(), sight, names, request.language);
    if (sight.shows_details(found.front())) document["document"] = found.front().document;
    tell_proof(document, reader, found.front());
    document["json_href"] = "/journal/" + std::to_string(seq) + ".json";
    return answer;
}

Answer checkpoint(const Request& request, store::Store& store) {
    const auto reader = store.read();
    const auto* viewer = viewer_of(request);
    if (!people::Gate::may_somewhere(viewer, people::Action::read_journal))
        throw people::Gate::refusal(reader, viewer, people::Action::read_journal, {});
    const auto head = store::newest_checkpoint(reader);
    if (!head) throw Problem("journal.unsigned", {}, "", 404);
    Answer answer{.template_name = "journal/checkpoint"};
    answer.document = {{"title", say(request.language, "journal.checkpoint-title")},
                       {"kicker", say(request.language, "journal.title")},
                       {"lede", say(request.language, "journal.checkpoint-lede")},
                       {"size", head->size},
                       {"at", iso_moment_ms(head->at_utc_ms)},
                       {"at_text", exact_moment_text(request.language, head->at_utc_ms)},
                       {"root", head->root},
                       {"note", head->text},
                       {"qr_svg", files::qr_svg(head->text)}};
    if (const auto key = store::public_key(reader)) {
        answer.document["key"] = key->text();
        answer.document["fingerprint"] = key->fingerprint();
    }
    return answer;
}

}  // namespace

units::UnitPart unit_part() {
    return [](json::object& document, const store::Reader& reader, const units::Unit& unit, const Request& request) {
        try {
            const JournalSight sight(reader, viewer_of(request), unit.public_id);
            document["history_href"] = "/journal?about=" + unit.public_id;
        } catch (const Problem&) {  // not for this reader
        }
    };
}

void add_routes(web::Routes& routes, store::Store& store, Names names) {
    const auto known = std::make_shared<const Names>(std::move(names));
    routes.get("/journal", [&store, known](const Request& request) { return list(request, store, *known); });
    routes.get("/journal/checkpoint", [&store](const Request& request) { return checkpoint(request, store); });
    routes.get("/journal/:seq", [&store, known](const Request& request) { return one_entry(request, store, *known); });
}

}  // namespace guidon::journal

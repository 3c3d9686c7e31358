#include "exemplars/exemplar_document.h"

#include <algorithm>
#include <map>

#include "base/partial_date.h"
#include "exemplars/step_forms.h"
#include "people/people_pages.h"
#include "units/units_pages.h"

namespace guidon::exemplars {

namespace json = boost::json;
using people::Action;
using people::Gate;
using web::Answer;
using web::Request;

namespace {

/// Units by id, each read once for a page.
class Places {
public:
    Places(const store::Reader& reader, Day today, Language language)
        : reader_(reader), today_(today), language_(language) {}
    const json::object& reference(UnitId id) {
        const auto [at, fresh] = known_.emplace(id, json::object());
        if (fresh) at->second = units::unit_reference(units::unit(reader_, id, today_), language_);
        return at->second;
    }

private:
    const store::Reader& reader_;
    Day today_;
    Language language_;
    std::map<UnitId, json::object> known_;
};

struct Page {
    const Desk& desk;
    const Looking& looking;
    const Exemplar& it;
    const OpenCycle& cycle;
    Places& places;
    bool works;  // the viewer writes or judges it

    const store::Reader& reader() const { return looking.reader; }
    Language language() const { return looking.request.language; }
};

/// {key, title} of a catalogue's entry; the key itself where the movement's file has it no longer.
json::object entitled(const movements::Entitled* entry, const std::string& key, Language language) {
    const std::string& title = entry ? pick(entry->title, language) : key;
    return {{"key", key}, {"title", title.empty() ? key : title}};
}

json::array paragraphs(const std::string& text) {
    json::array all;
    std::size_t at = 0;
    while (at < text.size()) {
        const auto end = std::min(text.find('\n', at), text.size());
        if (end > at) all.push_back(json::value(std::string_view(text).substr(at, end - at)));
        at = end + 1;
    }
    return all;
}

json::array story_of(const Content& content, Language language) {
    json::array parts;
    for (const auto& [key, text] : {std::pair{"situation", &content.situation},
                                    {"aim", &content.aim},
                                    {"result", &content.result},
                                    {"method", &content.method},
                                    {"product", &content.product},
                                    {"upkeep", &content.upkeep}})
        if (!text->empty())
            parts.push_back(json::object{{"key", key},
                                         {"title", say(language, std::string("exemplars.head.") + key)},
                                         {"paragraphs", paragraphs(*text)}});
    return parts;
}

std::string beneficiaries_text(const Beneficiaries& all, Language language) {
    if (!all.number) return all.who;
    return say(language, "exemplars.beneficiaries",
               {{"qualifier", std::string(code(all.qualifier))},
                {"number", number_text(language, std::to_string(*all.number))},
                {"who", all.who}});
}

std::string time_text(const Content& content, Language language) {
    if (content.starts.empty()) return {};
    return say(language, content.ends.empty() ? "exemplars.since" : "exemplars.span",
               {{"starts", date_text(language, content.starts)}, {"ends", date_text(language, content.ends)}});
}

json::array facts_of(const Page& page) {
    const Content& content = page.it.content;
    const Language language = page.language();
    std::string in_kind = content.in_kind;
    if (!content.in_kind_note.empty()) in_kind += " (" + content.in_kind_note + ")";
    json::array facts;
    for (const auto& [key, text] : {std::pair{"place", content.place},
                                    {"beneficiaries", beneficiaries_text(content.beneficiaries, language)},
                                    {"time", time_text(content, language)},
                                    {"forces", content.forces},
                                    {"money", number_text(language, content.money)},
                                    {"in_kind", in_kind},
                                    {"labour_days", number_text(language, content.labour_days)}})
        if (!text.empty())
            facts.push_back(json::object{
                {"key", key}, {"title", say(language, std::string("exemplars.fact.") + key)}, {"text", text}});
    return facts;
}

json::array documents_of(const Content& content, Language language) {
    json::array rows;
    for (const CitedDocument& one : content.documents) {
        json::object row;
        for (const auto& [name, text] :
             {std::pair{"number", &one.number}, {"issued_by", &one.issuer}, {"subject", &one.title}})
            if (!text->empty()) row[name] = *text;
        if (!one.date.empty()) row["date_text"] = partial_date_text(language, one.date);
        rows.push_back(std::move(row));
    }
    return rows;
}

/// Why a decision was taken everybody may read; why something was sent back is between the two sides.
bool tells_why(Verb verb) {
    return verb != Verb::send_back && verb != Verb::decline && verb != Verb::transfer;
}

json::object event_part(const Page& page, const Event& event) {
    const Language language = page.language();
    const std::string verb(code(event.verb));
    json::object part{{"verb", verb},
                      {"text", say(language, "exemplars.done." + verb)},
                      {"on", event.on.text()},
                      {"on_text", date_text(language, event.on.text())},
                      {"state", code(event.to)},
                      {"entry", event.seq}};
    if (event.by_unit) part["by"] = page.places.reference(*event.by_unit);
    if (!event.level.empty()) part["reached"] = entitled(page.cycle.rules.level(event.level), event.level, language);
    if (event.unit != event.unit_before) {
        part["moved_from"] = page.places.reference(event.unit_before);
        part["moved_to"] = page.places.reference(event.unit);
    }
    if (!event.decision.empty()) part["decision"] = event.decision;
    if (page.works || tells_why(event.verb)) {
        if (!event.reason.empty())
            part["reason"] = entitled(page.cycle.rules.reason(event.reason), event.reason, language);
        if (!event.note.empty()) part["note"] = event.note;
    }
    if (page.works)
        if (std::string office = office_of(page.reader(), event.capacity, event.on, language); !office.empty())
            part["office"] = std::move(office);
    return part;
}

/// Earlier texts, for those who work on it.
json::array versions_of(const Page& page) {
    json::array rows;
    if (!page.works) return rows;
    for (const Past& past : past_of(page.reader(), page.it.id)) {
        const auto kept = json::parse(past.document).as_object();
        json::object row{{"until_entry", past.until},
                         {"text", say(page.language(), "exemplars.version", {{"entry", std::to_string(past.until)}})},
                         {"story", story_of(content_of(kept.at("content").as_object()), page.language())}};
        row["old_title"] = kept.at("title");
        rows.push_back(std::move(row));
    }
    return rows;
}

void tell_files(json::object& document, const Page& page) {
    json::array photos, papers;
    for (const Attached& one : attached_to(page.reader(), page.it.id)) {
        const auto file = evidence::find(page.reader(), one.evidence);
        if (!file) continue;
        json::object part = evidence::evidence_part(*file, page.language());
        if (!one.caption.empty()) part["caption"] = one.caption;
        if (!one.credit.empty()) part["credit"] = one.credit;
        part["change_action"] = "/exemplars/" + page.it.public_id + "/evidence/" + one.evidence;
        (file->kind() == evidence::Kind::photo ? photos : papers).push_back(std::move(part));
    }
    document["photos"] = std::move(photos);
    document["papers"] = std::move(papers);
}

void tell_owner(json::object& document, const Page& page) {
    document["unit"] = page.places.reference(page.it.unit);
    if (page.it.person)
        document["owner"] = people::person_reference(page.reader(), page.looking.viewer,
                                                     people::person(page.reader(), *page.it.person), page.language());
    if (page.it.place) document["place_unit"] = page.places.reference(*page.it.place);
}

void tell_catalogue(json::object& document, const Page& page) {
    const auto& rules = page.cycle.rules;
    const Language language = page.language();
    if (!page.it.field.empty()) document["field"] = entitled(rules.field(page.it.field), page.it.field, language);
    json::array side, topics;
    for (const auto& key : page.it.side_fields) side.push_back(entitled(rules.field(key), key, language));
    for (const auto& key : page.it.topics) topics.push_back(entitled(rules.topic(key), key, language));
    document["side_fields"] = std::move(side);
    document["topics"] = std::move(topics);
    if (!page.it.level.empty()) document["level"] = entitled(rules.level(page.it.level), page.it.level, language);
}

const char* tone_of(State state) {
    switch (state) {
        case State::recognised:
        case State::kept:
            return "best";
        case State::removed:
            return "flag";
        case State::proposed:
        case State::council:
        case State::not_recognised:
            return "middle";
        default:
            return "base";
    }
}

/// What those see who work on it.
void tell_work(json::object& document, const Page& page, const std::vector<Event>& events) {
    document["works"] = page.works;
    document["versions"] = versions_of(page);
    document["steps"] = step_forms(page.desk, page.looking, page.it, page.cycle);
    const std::string at = "/exemplars/" + page.it.public_id;
    const bool writes =
        page.works && Gate::may(page.reader(), page.looking.viewer, Action::register_exemplar, owner_place(page.it)) &&
        (is_active(page.it.state) || page.it.state == State::draft);
    if (writes) document["edit_href"] = at + "/edit";
    if (writes) document["evidence_action"] = at + "/evidence";
    document["writes"] = writes;
    document["steps_action"] = at + "/steps";
    if (page.works) document["similar_href"] = at + "/similar";
    if (page.works && page.it.state == State::draft && !events.empty() && events.back().verb == Verb::send_back)
        document["returned_text"] =
            say(page.language(), "exemplars.returned",
                {{"date", date_text(page.language(), events.back().on.text())}, {"note", events.back().note}});
    if (page.works && page.it.swept_on != Day::always())
        document["swept_text"] =
            say(page.language(), "exemplars.swept", {{"date", date_text(page.language(), page.it.swept_on.text())}});
}

std::string lede_of(const Page& page) {
    const Exemplar& it = page.it;
    const Language language = page.language();
    const std::string kind = say(language, "exemplars.kind." + std::string(code(it.kind)));
    const std::string& unit = std::string(page.places.reference(it.unit).at("name").as_string());
    if (it.level.empty()) return say(language, "exemplars.lede", {{"kind", kind}, {"unit", unit}});
    const auto level = entitled(page.cycle.rules.level(it.level), it.level, language);
    return say(language, "exemplars.lede-recognised",
               {{"kind", kind},
                {"unit", unit},
                {"level", std::string(level.at("title").as_string())},
                {"date", date_text(language, it.recognised_on.text())}});
}

}  // namespace

json::object exemplar_document(const Desk& desk, const Looking& looking, const Exemplar& exemplar) {
    const Language language = looking.request.language;
    const auto cycle = desk.cycles.of(looking.reader, exemplar);
    Places places(looking.reader, desk.today(), language);
    const Page page{desk, looking, exemplar, *cycle, places, works_on(looking.reader, looking.viewer, exemplar)};
    json::object document = exemplar_reference(exemplar, language);
    document["kicker"] = title_of(*cycle, language) + " · " + exemplar.period;
    document["lede"] = lede_of(page);
    document["movement"] = cycle_reference(*cycle, language);
    document["version"] = std::to_string(exemplar.since);
    document["owner_kind"] = code(exemplar.owner_kind);
    document["owner_kind_title"] = say(language, "exemplars.owner-kind." + std::string(code(exemplar.owner_kind)));
    document["state_tone"] = tone_of(exemplar.state);
    document["open"] = exemplar.open;
    document["sample"] = exemplar.sample;
    document["language"] = code(exemplar.language);
    document["direction"] = direction(exemplar.language);
    if (title_in(exemplar, language) != exemplar.title) document["own_title"] = exemplar.title;
    for (const auto& [name, day] : {std::pair{"registered", exemplar.registered_on},
                                    {"recognised", exemplar.recognised_on},
                                    {"looked", exemplar.looked_on}})
        if (day != Day::always())
            document[name] = json::object{{"on", day.text()}, {"on_text", date_text(language, day.text())}};
    tell_owner(document, page);
    tell_catalogue(document, page);
    document["story"] = story_of(exemplar.content, language);
    document["facts"] = facts_of(page);
    document["documents"] = documents_of(exemplar.content, language);
    tell_files(document, page);
    json::array timeline;
    const auto events = events_of(looking.reader, exemplar.id);
    for (const Event& event : events) timeline.push_back(event_part(page, event));
    if ((exemplar.state == State::ended || exemplar.state == State::removed) && !timeline.empty())
        document["over"] = timeline.back();
    document["timeline"] = std::move(timeline);
    tell_work(document, page, events);
    document["json_href"] = "/exemplars/" + exemplar.public_id + ".json";
    for (const ExemplarPart& part : desk.parts.page) part(document, exemplar, looking);
    return document;
}

namespace {

json::object document_for(const Desk& desk, const Request& request, const people::Viewer* viewer) {
    const auto reader = desk.store.read();
    return exemplar_document(desk, {reader, viewer, request},
                             must_find_exemplar(reader, viewer, request.place.at("id")));
}

}  // namespace

Answer exemplar_page(const Desk& desk, const Request& request) {
    const auto* viewer = people::viewer_of(request);
    Answer answer{.template_name = "exemplars/exemplar"};
    if (!viewer && desk.parts.version) answer.version = desk.parts.version(request.place.at("id"));
    if (!answer.version.empty()) {
        answer.fill = [&desk, request] { return document_for(desk, request, nullptr); };
        return answer;
    }
    answer.document = document_for(desk, request, viewer);
    return answer;
}

}  // namespace guidon::exemplars

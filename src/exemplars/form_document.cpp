#include "exemplars/form_document.h"

#include <algorithm>

#include "exemplars/form.h"
#include "people/people_pages.h"
#include "units/units_pages.h"
#include "web/address.h"

namespace guidon::exemplars {

namespace json = boost::json;
using people::Action;
using people::Gate;
using web::Answer;
using web::Request;

namespace {

/// What stands in the fields: of a stored exemplar, or as somebody typed it.
struct Filled {
    std::map<std::string, std::string> values;
    std::vector<std::string> side_fields, topics;
    std::vector<CitedDocument> documents;

    std::string value(const std::string& name, const std::string& otherwise = "") const {
        const auto found = values.find(name);
        return found == values.end() ? otherwise : found->second;
    }
};

constexpr const char* typed_names[] = {"kind",
                                       "title",
                                       "title_en",
                                       "title_vi",
                                       "title_ur",
                                       "language",
                                       "field",
                                       "unit",
                                       "open",
                                       "person",
                                       "owner_kind",
                                       "place",
                                       "place_unit",
                                       "situation",
                                       "aim",
                                       "result",
                                       "method",
                                       "forces",
                                       "starts",
                                       "ends",
                                       "product",
                                       "upkeep",
                                       "money",
                                       "in_kind",
                                       "in_kind_note",
                                       "labour_days",
                                       "person_name",
                                       "beneficiaries_number",
                                       "beneficiaries_qualifier",
                                       "beneficiaries_who"};

Filled as_typed(const Request& request) {
    Filled filled;
    for (const char* name : typed_names)
        if (std::string text = request.field(name); !text.empty()) filled.values[name] = std::move(text);
    filled.side_fields = all_sent(request, "side_fields");
    filled.topics = all_sent(request, "topics");
    for (const auto& [name, column] : {std::pair{"document_number", &CitedDocument::number},
                                       {"document_issuer", &CitedDocument::issuer},
                                       {"document_date", &CitedDocument::date},
                                       {"document_title", &CitedDocument::title}}) {
        const auto all = all_sent(request, name);
        if (filled.documents.size() < all.size()) filled.documents.resize(all.size());
        for (std::size_t i = 0; i < all.size(); ++i) filled.documents[i].*column = all[i];
    }
    std::erase(filled.documents, CitedDocument{});
    return filled;
}

Filled as_stored(const store::Reader& reader, const Writing& it, Day today, Language language) {
    Filled filled;
    const Content& content = it.content;
    const auto put = [&](const char* name, const std::string& text) {
        if (!text.empty()) filled.values[name] = text;
    };
    put("kind", std::string(code(it.kind)));
    put("owner_kind", std::string(code(it.owner_kind)));
    put("language", std::string(code(it.language)));
    put("title", it.title);
    for (const auto& [of, title] : it.titles) put(("title_" + of).c_str(), title);
    put("field", it.field);
    put("open", it.open ? "true" : "false");
    put("unit", units::unit(reader, it.unit, today).code);
    if (it.place) put("place_unit", units::unit(reader, *it.place, today).code);
    if (it.person) put("person", people::person(reader, *it.person).public_id);
    for (const auto& [name, text] : to_json(content))  // the form's fields have the names under which they are kept
        if (text.is_string()) put(std::string(name).c_str(), std::string(text.as_string()));
    for (const auto& [name, number] : {std::pair{"money", &content.money}, {"labour_days", &content.labour_days}})
        put(name, typed_number(language, *number));
    if (content.beneficiaries.number) put("beneficiaries_number", std::to_string(*content.beneficiaries.number));
    put("beneficiaries_qualifier", std::string(code(content.beneficiaries.qualifier)));
    put("beneficiaries_who", content.beneficiaries.who);
    filled.side_fields = it.side_fields;
    filled.topics = it.topics;
    filled.documents = content.documents;
    return filled;
}

bool holds(const std::vector<std::string>& all, const std::string& key) {
    return std::find(all.begin(), all.end(), key) != all.end();
}

/// Rows {key, title, chosen} of a catalogue.
json::array choices(const std::vector<movements::Entitled>& entries, const std::vector<std::string>& chosen,
                    Language language) {
    json::array rows;
    for (const auto& one : entries) {
        const std::string& title = pick(one.title, language);
        rows.push_back(json::object{
            {"key", one.key}, {"title", title.empty() ? one.key : title}, {"chosen", holds(chosen, one.key)}});
    }
    return rows;
}

/// The same of words of the program.
json::array choices(const std::string& area, std::initializer_list<std::string_view> keys, const std::string& chosen,
                    Language language) {
    json::array rows;
    for (const std::string_view key : keys)
        rows.push_back(
            json::object{{"key", key}, {"title", say(language, area + std::string(key))}, {"chosen", key == chosen}});
    return rows;
}

json::array document_rows(const std::vector<CitedDocument>& documents) {
    constexpr int empty_rows = 2;
    json::array rows;
    for (const CitedDocument& one : documents) {
        json::object row;
        for (const auto& [name, text] :
             {std::pair{"number", &one.number}, {"issuer", &one.issuer}, {"date", &one.date}, {"subject", &one.title}})
            if (!text->empty()) row[name] = *text;
        rows.push_back(std::move(row));
    }
    for (int i = 0; i < empty_rows; ++i) rows.push_back(json::object());
    return rows;
}

void tell_faults(json::object& document, const std::vector<Problem>& faults, Language language) {
    json::object errors;
    json::array list;
    for (const Problem& one : faults) {
        const std::string text = sentence(language, one);
        if (!one.field.empty() && !errors.contains(one.field)) errors[one.field] = text;
        list.push_back(json::object{{"text", text}, {"href", one.field.empty() ? "#main" : "#f-" + one.field}});
    }
    document["errors"] = std::move(errors);
    document["faults"] = std::move(list);
    if (!faults.empty())
        document["faults_text"] = say(language, "problem.web.problems", {{"count", std::to_string(faults.size())}});
}

void tell_choices(json::object& document, const store::Reader& reader, const OpenCycle& cycle, const Filled& filled,
                  const people::Viewer* viewer, Day today, Language language) {
    const auto& rules = cycle.rules;
    json::array kinds;
    for (const auto& kind : rules.kinds)
        kinds.push_back(json::object{{"key", kind},
                                     {"title", say(language, "exemplars.kind." + kind)},
                                     {"chosen", kind == filled.value("kind", rules.kinds.front())}});
    document["kinds"] = std::move(kinds);
    document["owner_kinds"] = choices("exemplars.owner-kind.", {"collective", "individual"},
                                      filled.value("owner_kind", "collective"), language);
    document["tongues"] = choices("exemplars.language.", {"vi", "en", "ur"},
                                  filled.value("language", std::string(code(language))), language);
    document["qualifiers"] = choices("exemplars.qualifier.", {"exact", "at_least", "about"},
                                     filled.value("beneficiaries_qualifier", "exact"), language);
    document["audiences"] = choices("exemplars.open.", {"true", "false"}, filled.value("open", "true"), language);
    document["fields"] = choices(rules.fields, {filled.value("field")}, language);
    document["side_fields"] = choices(rules.fields, filled.side_fields, language);
    document["topics"] = choices(rules.topics, filled.topics, language);
    json::array persons;
    if (const auto unit = units::find_unit_by_code(reader, filled.value("unit"), today)) {
        document["unit"] = units::unit_reference(*unit, language);
        // who holds office there is for those to know who may see people there
        const bool all = Gate::may(reader, viewer, Action::read_people, {.unit = unit->id});
        for (const auto& one : all ? persons_of(reader, unit->id, today) : owners_of(reader, unit->id))
            persons.push_back(json::object{
                {"id", one.public_id}, {"name", one.name}, {"chosen", one.public_id == filled.value("person")}});
    }
    document["persons"] = std::move(persons);
}

std::string window_text(const movements::ExemplarRules& rules, Language language) {
    if (rules.closes.empty()) return {};
    return say(language, rules.opens.empty() ? "exemplars.until" : "exemplars.between",
               {{"opens", date_text(language, rules.opens)}, {"closes", date_text(language, rules.closes)}});
}

Answer form(const Desk& desk, const store::Reader& reader, const Request& request, const OpenCycle& cycle,
            const Exemplar* exemplar, const Filled& filled, const std::vector<Problem>& faults) {
    const Language language = request.language;
    const bool draft = !exemplar || exemplar->state == State::draft;
    Answer answer{.template_name = "exemplars/form"};
    answer.cache_control = "no-store";
    json::object& document = answer.document;
    document = {{"title", say(language, exemplar ? "exemplars.edit-title" : "exemplars.new-title")},
                {"kicker", title_of(cycle, language) + " · " + cycle.stored.period},
                {"movement", cycle_reference(cycle, language)},
                {"action", exemplar ? "/exemplars/" + exemplar->public_id : "/exemplars"},
                {"stored", exemplar != nullptr},
                {"draft", draft},
                {"longest_title", longest_title},
                {"longest_text", longest_text}};
    if (const auto window = window_text(cycle.rules, language); !window.empty()) document["window_text"] = window;
    if (exemplar) {
        document["exemplar"] = exemplar_reference(*exemplar, language);
        document["version"] = std::to_string(exemplar->since);
        const bool discarded = draft && events_of(reader, exemplar->id).empty();
        if (discarded) document["discard_action"] = "/exemplars/" + exemplar->public_id + "/discard";
    }
    json::object values;
    for (const auto& [name, text] : filled.values) values[name] = text;
    document["values"] = std::move(values);
    document["documents"] = document_rows(filled.documents);
    tell_choices(document, reader, cycle, filled, people::viewer_of(request), desk.today(), language);
    tell_faults(document, faults, language);
    return answer;
}

/// The unit for which the form begins: the one that is asked for, or the viewer's own.
std::string first_unit(const Request& request, const people::Viewer& viewer, const store::Reader& reader) {
    if (const std::string asked = request.asked("unit"); !asked.empty()) return asked;
    if (!viewer.capacity || !viewer.capacity->unit) return {};
    return units::unit(reader, *viewer.capacity->unit, viewer.today).code;
}

/// The cycles that concern the viewer: in which their unit takes part, or units below it do. Those first in which
/// registration is not over.
std::vector<OpenCycleRef> cycles_for(const Desk& desk, const store::Reader& reader, const people::Viewer& viewer) {
    auto all = desk.cycles.taking(reader);
    const auto own = viewer.capacity ? viewer.capacity->unit : std::nullopt;
    std::erase_if(all, [&](const OpenCycleRef& cycle) {
        if (!own || takes_part(reader, *cycle, *own, desk.today())) return false;
        return !units::stands_below(reader, *root_of(reader, *cycle), *own, desk.today());
    });
    std::stable_partition(all.begin(), all.end(), [&](const auto& cycle) { return !is_over(*cycle, desk.today()); });
    return all;
}

Answer choose_cycle(const Desk& desk, const std::vector<OpenCycleRef>& cycles, const Request& request) {
    Answer answer{.template_name = "exemplars/cycles"};
    json::array rows;
    for (const auto& cycle : cycles) {
        json::object row = cycle_reference(*cycle, request.language);
        row["new_href"] = "/exemplars/new?movement=" + web::percent_encoded(cycle->stored.key) +
                          "&period=" + web::percent_encoded(cycle->stored.period);
        if (const auto window = window_text(cycle->rules, request.language); !window.empty())
            row["window_text"] = window;
        row["over"] = is_over(*cycle, desk.today());
        rows.push_back(std::move(row));
    }
    answer.document = {
        {"title", say(request.language, "exemplars.new-title")},
        {"lede", say(request.language, "exemplars.choose-cycle", {{"count", std::to_string(rows.size())}})},
        {"cycles", std::move(rows)}};
    return answer;
}

}  // namespace

OpenCycleRef asked_cycle(const Desk& desk, const store::Reader& reader, const std::string& key,
                         const std::string& period) {
    auto cycle = desk.cycles.find(reader, key, period);
    if (!cycle) throw Problem("exemplar.no-cycle", {{"movement", key}, {"period", period}}, "movement", 404);
    if (cycle->stored.state == movements::CycleState::closed)
        throw Problem("exemplar.cycle-closed", {{"movement", key}, {"period", period}}, "movement", 409);
    return cycle;
}

Answer new_form(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const auto* viewer = people::viewer_of(request);
    if (!viewer || !Gate::may_somewhere(viewer, Action::register_exemplar))
        throw Gate::refusal(reader, viewer, Action::register_exemplar, {});
    OpenCycleRef cycle;
    if (request.asked("movement").empty()) {
        const auto all = cycles_for(desk, reader, *viewer);
        if (all.size() != 1) return choose_cycle(desk, all, request);
        cycle = all.front();
    } else {
        cycle = asked_cycle(desk, reader, request.asked("movement"), request.asked("period"));
    }
    Filled filled;
    filled.values["unit"] = first_unit(request, *viewer, reader);
    return form(desk, reader, request, *cycle, nullptr, filled, {});
}

Answer edit_form(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const auto* viewer = &signed_in(request);
    const Exemplar exemplar = must_find_exemplar(reader, viewer, request.place.at("id"));
    if (!Gate::may(reader, viewer, Action::register_exemplar, owner_place(exemplar)))
        throw Gate::refusal(reader, viewer, Action::register_exemplar, owner_place(exemplar));
    return form(desk, reader, request, *desk.cycles.of(reader, exemplar), &exemplar,
                as_stored(reader, exemplar, desk.today(), request.language), {});
}

Answer form_again(const Desk& desk, const Request& request, const std::vector<Problem>& faults, int status) {
    const auto reader = desk.store.read();
    Answer answer;
    const auto at = request.place.find("id");
    if (at == request.place.end()) {
        const auto cycle = asked_cycle(desk, reader, request.field("movement"), request.field("period"));
        answer = form(desk, reader, request, *cycle, nullptr, as_typed(request), faults);
    } else {
        const Exemplar it = must_find_exemplar(reader, people::viewer_of(request), at->second);
        answer = form(desk, reader, request, *desk.cycles.of(reader, it), &it, as_typed(request), faults);
    }
    answer.status = status;
    return answer;
}

}  // namespace guidon::exemplars

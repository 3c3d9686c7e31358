#include "exemplars/form.h"

#include <algorithm>
#include <charconv>

#include "base/decimal.h"
#include "base/partial_date.h"
#include "base/plain_text.h"

namespace guidon::exemplars {

using web::Request;

namespace {

/// Reads single fields; what is wrong is remembered instead of thrown.
class Fields {
public:
    Fields(const Request& request, std::vector<Problem>& faults) : request_(request), faults_(faults) {}

    std::string line(const std::string& name, std::size_t most = longest_line) const {
        return cleaned(name, request_.field(name),
                       [&](const std::string& text) { return clean_line(text, most, name); });
    }
    std::string number(const std::string& name) const {
        return cleaned(name, request_.number(name),
                       [&](const std::string& text) { return clean_line(text, longest_line, name); });
    }
    std::string text(const std::string& name) const {
        return cleaned(name, request_.field(name),
                       [&](const std::string& text) { return clean_text(text, longest_text, name); });
    }
    std::string day(const std::string& name) const {
        std::string text = line(name);
        if (!text.empty() && !Day::parse(text)) fault("exemplar.bad-day", name, text);
        return text;
    }
    /// Not negative, plain ("1250000.50").
    std::string decimal(const std::string& name) const {
        const std::string text = number(name);
        if (text.empty()) return text;
        const auto read = Decimal::parse(text);
        if (read && !text.starts_with('-')) return read->text();
        fault("exemplar.bad-number", name, text);
        return text;
    }
    std::optional<std::int64_t> count(const std::string& name) const {
        const std::string text = number(name);
        if (text.empty()) return std::nullopt;
        std::int64_t number = 0;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
        if (read.ec == std::errc{} && read.ptr == text.data() + text.size() && number >= 0) return number;
        fault("exemplar.bad-count", name, text);
        return std::nullopt;
    }
    /// Keys of a catalogue, without doubles; whether they are in it the rules say.
    std::vector<std::string> keys(const std::string& name) const {
        std::vector<std::string> all;
        for (const std::string& sent : all_sent(request_, name)) {
            auto key =
                cleaned(name, sent, [&](const std::string& text) { return clean_line(text, longest_line, name); });
            if (key.find('|') != std::string::npos) fault("exemplar.unknown-field", name, key);
            if (!key.empty() && std::find(all.begin(), all.end(), key) == all.end()) all.push_back(std::move(key));
        }
        return all;
    }
    /// One of a few words; the first of them where nothing was sent.
    template <class Enum>
    Enum choice(const std::string& name, std::optional<Enum> (*of)(std::string_view), Enum otherwise) const {
        const std::string text = request_.field(name);
        if (text.empty()) return otherwise;
        if (const auto known = of(text)) return *known;
        fault("exemplar.bad-choice", name, text.substr(0, longest_line));
        return otherwise;
    }
    template <class Clean>
    std::string cleaned(const std::string& name, const std::string& sent, const Clean& clean) const {
        try {
            return clean(sent);
        } catch (const Problem& problem) {
            faults_.push_back(problem);
            faults_.back().field = name;
            return {};
        }
    }
    void fault(const char* problem, const std::string& name, const std::string& value) const {
        faults_.emplace_back(problem, Arguments{{"value", value}}, name);
    }

private:
    const Request& request_;
    std::vector<Problem>& faults_;
};

std::string text_in(const boost::json::object& object, const char* name) {
    const auto* value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

/// Rows of four columns; empty ones are left out.
std::vector<CitedDocument> read_documents(const Request& request, const Fields& fields) {
    std::vector<CitedDocument> sent;
    const boost::json::value* list = nullptr;
    if (request.json && request.json->is_object()) list = request.json->as_object().if_contains("documents");
    if (list && list->is_array()) {
        for (const auto& one : list->as_array())
            if (const auto* row = one.if_object())
                sent.push_back(
                    {text_in(*row, "number"), text_in(*row, "issuer"), text_in(*row, "date"), text_in(*row, "title")});
    } else {
        for (const auto& [name, column] : {std::pair{"document_number", &CitedDocument::number},
                                           {"document_issuer", &CitedDocument::issuer},
                                           {"document_date", &CitedDocument::date},
                                           {"document_title", &CitedDocument::title}}) {
            const auto all = all_sent(request, name);
            if (sent.size() < all.size()) sent.resize(all.size());
            for (std::size_t i = 0; i < all.size(); ++i) sent[i].*column = all[i];
        }
    }
    std::vector<CitedDocument> documents;
    for (CitedDocument& one : sent) {
        for (std::string* text : {&one.number, &one.issuer, &one.date, &one.title})
            *text = fields.cleaned("documents", *text,
                                   [](const std::string& it) { return clean_line(it, longest_line, "documents"); });
        if (const auto date = read_partial_date(one.date); date)
            one.date = *date;
        else if (!one.date.empty())
            fields.fault("exemplar.document-date", "documents", one.date);
        if (one != CitedDocument{}) documents.push_back(std::move(one));
    }
    if (documents.size() > most_documents) fields.fault("exemplar.too-many-documents", "documents", "");
    return documents;
}

Content read_content(const Request& request, const Fields& fields) {
    Content content;
    content.situation = fields.text("situation");
    content.aim = fields.text("aim");
    content.result = fields.text("result");
    content.method = fields.text("method");
    content.place = fields.text("place");
    content.beneficiaries.number = fields.count("beneficiaries_number");
    content.beneficiaries.qualifier = fields.choice("beneficiaries_qualifier", qualifier_of, Qualifier::exact);
    content.beneficiaries.who = fields.line("beneficiaries_who");
    content.forces = fields.text("forces");
    content.money = fields.decimal("money");
    content.in_kind = fields.text("in_kind");
    content.in_kind_note = fields.text("in_kind_note");
    content.labour_days = fields.decimal("labour_days");
    content.starts = fields.day("starts");
    content.ends = fields.day("ends");
    content.product = fields.text("product");
    content.upkeep = fields.text("upkeep");
    content.documents = read_documents(request, fields);
    return content;
}

/// An individual's owner: somebody known at the unit, or a name that is not known there yet.
void read_person(Typed& typed, const store::Reader& reader, const Request& request, const Fields& fields, Day today) {
    if (typed.writing.owner_kind != OwnerKind::individual) return;
    const auto known = persons_of(reader, typed.writing.unit, today);
    if (const std::string id = request.field("person"); !id.empty()) {
        const auto found =
            std::find_if(known.begin(), known.end(), [&](const auto& one) { return one.public_id == id; });
        if (found == known.end()) return fields.fault("exemplar.unknown-person", "person", id.substr(0, longest_line));
        typed.writing.person = found->id;
        return;
    }
    typed.new_person = fields.line("person_name", 200);
    const auto same = std::find_if(known.begin(), known.end(), [&](const auto& one) {
        return !one.erased && folded(one.name) == folded(typed.new_person);
    });
    if (typed.new_person.empty() || same == known.end()) return;
    typed.writing.person = same->id;
    typed.new_person.clear();
}

}  // namespace

std::vector<std::string> all_sent(const Request& request, const std::string& name) {
    std::vector<std::string> all;
    if (request.json && request.json->is_object())
        if (const auto* list = request.json->as_object().if_contains(name); list && list->is_array()) {
            for (const auto& one : list->as_array())
                if (one.is_string()) all.emplace_back(one.as_string());
            return all;
        }
    const auto [begin, end] = request.fields.equal_range(name);
    for (auto at = begin; at != end; ++at) all.push_back(at->second);
    return all;
}

namespace {

/// Units of exactly this name in one of its languages, whatever its case and accents.
std::vector<units::Unit> units_called(const store::Reader& reader, const std::string& name, Day today) {
    auto found = units::search(reader, name, today);
    const std::string wanted = folded(name);
    std::erase_if(found, [&](const units::Unit& unit) {
        return !unit.exists.holds_on(today) ||
               std::none_of(unit.names.begin(), unit.names.end(),
                            [&](const auto& text) { return folded(text.second) == wanted; });
    });
    return found;
}

}  // namespace

std::optional<UnitId> read_unit_field(const store::Reader& reader, const std::string& text, const std::string& field,
                                      Day today, std::vector<Problem>& faults) {
    auto unit = units::find_unit_by_code(reader, text, today);
    if (!unit) unit = units::find_unit(reader, text, today);
    if (unit && unit->exists.holds_on(today)) return unit->id;
    const auto called = units_called(reader, text, today);
    if (called.size() == 1) return called.front().id;
    if (!called.empty()) {
        std::string codes;
        for (const auto& one : called) codes += (codes.empty() ? "" : ", ") + one.code;
        faults.emplace_back("exemplar.several-units",
                            Arguments{{"value", text.substr(0, longest_line)}, {"codes", codes}}, field);
        return std::nullopt;
    }
    faults.emplace_back("exemplar.unknown-unit", Arguments{{"value", text.substr(0, longest_line)}}, field);
    return std::nullopt;
}

namespace {

std::vector<people::Person> by_name(const store::Reader& reader, std::vector<PersonId> ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::vector<people::Person> all;
    for (const PersonId id : ids)
        if (auto one = people::person(reader, id); !one.erased) all.push_back(std::move(one));
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return folded(a.name) < folded(b.name); });
    return all;
}

}  // namespace

std::vector<people::Person> owners_of(const store::Reader& reader, UnitId unit) {
    return by_name(reader, owners_at(reader, unit));
}

std::vector<people::Person> persons_of(const store::Reader& reader, UnitId unit, Day today) {
    std::vector<PersonId> ids = owners_at(reader, unit);
    for (const auto& office : people::offices_at(reader, unit, today)) ids.push_back(office.person);
    return by_name(reader, std::move(ids));
}

Typed read_form(const store::Reader& reader, const Request& request, Day today) {
    Typed typed;
    const Fields fields(request, typed.faults);
    Writing& writing = typed.writing;
    writing.kind = fields.choice("kind", kind_of, Kind::model);
    writing.owner_kind = fields.choice("owner_kind", owner_kind_of, OwnerKind::collective);
    writing.language = fields.choice("language", language_of, request.language);
    writing.title = fields.line("title", longest_title);
    for (const char* language : {"en", "vi", "ur"})
        if (auto title = fields.line(std::string("title_") + language, longest_title); !title.empty())
            writing.titles[language] = std::move(title);
    writing.field = fields.line("field");
    writing.side_fields = fields.keys("side_fields");
    std::erase(writing.side_fields, writing.field);
    writing.topics = fields.keys("topics");
    writing.open = request.field("open", "true") != "false";
    if (const std::string text = fields.line("unit"); text.empty())
        typed.faults.emplace_back("exemplar.missing", Arguments{{"field", "unit"}}, "unit");
    else if (const auto unit = read_unit_field(reader, text, "unit", today, typed.faults))
        writing.unit = *unit;
    if (const std::string text = fields.line("place_unit"); !text.empty())
        writing.place = read_unit_field(reader, text, "place_unit", today, typed.faults);
    writing.content = read_content(request, fields);
    if (writing.unit != UnitId{}) read_person(typed, reader, request, fields, today);
    return typed;
}

}  // namespace guidon::exemplars

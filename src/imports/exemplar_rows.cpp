#include "imports/exemplar_rows.h"

#include <algorithm>
#include <charconv>

#include "base/decimal.h"
#include "base/plain_text.h"
#include "store/columns.h"

namespace guidon::imports {

using namespace exemplars;

namespace {

constexpr std::size_t most_line = 300, most_text = 20'000;  // characters of a title, of a text

/// Content's plain texts by column.
constexpr std::pair<const char*, std::string Content::*> content_texts[] = {
    {"situation", &Content::situation}, {"aim", &Content::aim},
    {"result", &Content::result},       {"method", &Content::method},
    {"place", &Content::place},         {"forces", &Content::forces},
    {"in_kind", &Content::in_kind},     {"in_kind_note", &Content::in_kind_note},
    {"product", &Content::product},     {"upkeep", &Content::upkeep}};
constexpr std::pair<const char*, std::string Content::*> content_numbers[] = {{"money", &Content::money},
                                                                              {"labour_days", &Content::labour_days}};
constexpr std::pair<const char*, std::string Content::*> content_days[] = {{"starts", &Content::starts},
                                                                           {"ends", &Content::ends}};

/// Words that were typed into one cell, parted by '|'.
std::vector<std::string> words_of(std::string_view cell) {
    std::vector<std::string> words = store::parted(cell);
    std::erase(words, "");
    return words;
}

std::string title_column(Language language) {
    return "title:" + std::string(code(language));
}

/// The step by which it last came into `to`.
const Event* step_into(const std::vector<Event>& events, Verb verb) {
    const Event* found = nullptr;
    for (const Event& event : events)
        if (event.verb == verb) found = &event;
    return found;
}

}  // namespace

const std::vector<ExemplarColumn>& exemplar_columns() {
    using enum Choice;
    static const std::vector<ExemplarColumn> columns{{"id", false},
                                                     {"movement", true, cycle},
                                                     {"period", true},
                                                     {"kind", true, Choice::kind},
                                                     {"owner_kind", false, Choice::owner_kind},
                                                     {"unit", true, unit},
                                                     {"person", false},
                                                     {"title", true},
                                                     {"title:en", false},
                                                     {"title:vi", false},
                                                     {"title:ur", false},
                                                     {"language", false, language},
                                                     {"field", false, field},
                                                     {"side_fields", false},
                                                     {"topics", false, topic},
                                                     {"place_unit", false, unit},
                                                     {"open", false, yes_no},
                                                     {"situation", false},
                                                     {"aim", false},
                                                     {"result", false},
                                                     {"method", false},
                                                     {"place", false},
                                                     {"beneficiaries", false},
                                                     {"qualifier", false, qualifier},
                                                     {"beneficiaries_who", false},
                                                     {"forces", false},
                                                     {"money", false},
                                                     {"in_kind", false},
                                                     {"in_kind_note", false},
                                                     {"labour_days", false},
                                                     {"starts", false},
                                                     {"ends", false},
                                                     {"product", false},
                                                     {"upkeep", false},
                                                     {"state", false, state},
                                                     {"registered_on", false},
                                                     {"level", false, level},
                                                     {"recognised_on", false},
                                                     {"decision", false}};
    return columns;
}

ExemplarRows::ExemplarRows(files::Rows& rows, files::FaultList& faults) : rows_(rows), faults_(faults) {
    std::vector<files::ColumnName> wanted;
    for (const auto& column : exemplar_columns())
        wanted.push_back({column.name, column.required ? files::Need::required : files::Need::optional});
    const auto found = files::find_columns(rows, wanted, "", faults);
    for (std::size_t i = 0; i < found.size(); ++i)
        if (found[i] >= 0) at_.emplace(wanted[i].name, found[i]);
}

std::string_view ExemplarRows::text(std::string_view column) const {
    const auto at = at_.find(column);
    return at == at_.end() ? std::string_view() : rows_.field(at->second);
}

files::Place ExemplarRows::place(std::string_view column) const {
    const auto at = at_.find(column);
    return rows_.place(at == at_.end() ? at_.at("title") : at->second);
}

void ExemplarRows::refuse(std::string_view column, const char* code, std::string_view expected) {
    faults_.error(place(column), code,
                  {{"column", std::string(column)},
                   {"value", std::string(text(column).substr(0, 60))},
                   {"expected", std::string(expected)}});
}

Day ExemplarRows::day(std::string_view column) {
    const auto written = text(column);
    if (written.empty()) return Day::always();
    const auto day = Day::parse(written);
    if (!day) refuse(column, "exemplar-file.day");
    return day.value_or(Day::always());
}

std::string ExemplarRows::cleaned(std::string_view column, Clean clean, std::size_t most) {
    try {
        return clean(text(column), most, std::string(column));
    } catch (const Problem& problem) {
        faults_.error(place(column), problem.code, problem.arguments);
        return {};
    }
}

void ExemplarRows::read_content(Content& content) {
    for (const auto& [column, member] : content_texts) content.*member = cleaned(column, clean_text, most_text);
    for (const auto& [column, member] : content_numbers) {
        content.*member = std::string(text(column));
        if (const auto number = Decimal::parse(text(column)); !text(column).empty() && (!number || *number < Decimal()))
            refuse(column, "exemplar-file.number");
    }
    for (const auto& [column, member] : content_days) content.*member = day(column).text();
    auto& all = content.beneficiaries;
    all.who = cleaned("beneficiaries_who", clean_line, most_line);
    if (const auto number = text("beneficiaries"); !number.empty()) {
        std::int64_t value = 0;
        const auto [end, fault] = std::from_chars(number.data(), number.data() + number.size(), value);
        if (fault != std::errc() || end != number.data() + number.size() || value < 0)
            refuse("beneficiaries", "exemplar-file.number");
        else
            all.number = value;
    }
    if (const auto word = text("qualifier"); !word.empty()) {
        const auto qualifier = qualifier_of(word);
        if (!qualifier) refuse("qualifier", "exemplar-file.word", "exact, at_least, about");
        all.qualifier = qualifier.value_or(Qualifier::exact);
    }
}

void ExemplarRows::read_writing(ExemplarRow& row) {
    Writing& writing = row.writing;
    const auto kind = kind_of(text("kind"));
    if (!kind) refuse("kind", "exemplar-file.word", "model, example");
    writing.kind = kind.value_or(Kind::model);
    writing.owner_kind = row.person.empty() ? OwnerKind::collective : OwnerKind::individual;
    if (const auto word = text("owner_kind"); !word.empty()) {
        const auto owner = owner_kind_of(word);
        if (!owner) refuse("owner_kind", "exemplar-file.word", "collective, individual");
        if (owner && *owner != writing.owner_kind) refuse("owner_kind", "exemplar-file.owner");
    }
    writing.title = cleaned("title", clean_line, most_line);
    if (writing.title.empty()) refuse("title", "exemplar-file.no-title");
    for (const Language language : languages) {
        const auto column = title_column(language);
        if (auto title = cleaned(column, clean_line, most_line); !title.empty())
            writing.titles[std::string(code(language))] = std::move(title);
    }
    if (const auto word = text("language"); !word.empty()) {
        const auto language = language_of(word);
        if (!language) refuse("language", "exemplar-file.word", "en, vi, ur");
        writing.language = language.value_or(Language::vi);
    }
    writing.field = std::string(text("field"));
    writing.side_fields = words_of(text("side_fields"));
    writing.topics = words_of(text("topics"));
    const auto open = text("open");
    if (!open.empty() && open != "yes" && open != "no") refuse("open", "exemplar-file.word", "yes, no");
    writing.open = open != "no";
    read_content(writing.content);
}

void ExemplarRows::read_standing(ExemplarRow& row) {
    row.state = std::string(text("state"));
    const auto state = row.state.empty() ? std::optional(State::registered) : state_of(row.state);
    if (!state) refuse("state", "exemplar-file.word", "draft, registered, recognised");
    row.standing = {state.value_or(State::registered), day("registered_on"), day("recognised_on"),
                    std::string(text("level")), std::string(text("decision"))};
}

std::optional<ExemplarRow> ExemplarRows::next() {
    if (at_.find("title") == at_.end() || !rows_.next()) return std::nullopt;
    ExemplarRow row;
    row.place = place("title");
    for (const auto& [column, member] : {std::pair{"id", &ExemplarRow::id},
                                         {"movement", &ExemplarRow::movement},
                                         {"period", &ExemplarRow::period},
                                         {"unit", &ExemplarRow::unit},
                                         {"person", &ExemplarRow::person},
                                         {"place_unit", &ExemplarRow::place_unit}})
        row.*member = std::string(text(column));
    read_writing(row);
    read_standing(row);
    return row;
}

std::vector<std::string> cells_of(const Exemplar& it, const std::vector<Event>& events, const std::string& person,
                                  const CodeBook& codes) {
    const Content& content = it.content;
    const auto* decided = step_into(events, Verb::recognise);
    std::unordered_map<std::string_view, std::string> cells{
        {"id", it.public_id},
        {"movement", it.movement},
        {"period", it.period},
        {"kind", std::string(code(it.kind))},
        {"owner_kind", std::string(code(it.owner_kind))},
        {"unit", codes.code(it.unit, it.period)},
        {"person", person},
        {"title", it.title},
        {"language", std::string(code(it.language))},
        {"field", it.field},
        {"side_fields", store::joined(it.side_fields)},
        {"topics", store::joined(it.topics)},
        {"place_unit", it.place ? codes.code(*it.place, it.period) : ""},
        {"open", it.open ? "yes" : "no"},
        {"beneficiaries", content.beneficiaries.number ? std::to_string(*content.beneficiaries.number) : ""},
        {"qualifier", std::string(code(content.beneficiaries.qualifier))},
        {"beneficiaries_who", content.beneficiaries.who},
        {"state", std::string(code(it.state))},
        {"registered_on", it.registered_on.text()},
        {"level", it.level},
        {"recognised_on", it.recognised_on.text()},
        {"decision", decided ? decided->decision : ""}};
    for (const auto& [language, title] : it.titles) {
        for (const auto& column : exemplar_columns())
            if (column.name == "title:" + language) cells[column.name] = title;
    }
    for (const auto& [column, member] : content_texts) cells[column] = content.*member;
    for (const auto& [column, member] : content_numbers) cells[column] = content.*member;
    for (const auto& [column, member] : content_days) cells[column] = content.*member;
    std::vector<std::string> row;
    for (const auto& column : exemplar_columns()) row.push_back(cells[column.name]);
    return row;
}

}  // namespace guidon::imports

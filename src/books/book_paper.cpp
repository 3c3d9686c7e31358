#include "books/book_paper.h"

#include <algorithm>
#include <chrono>

namespace guidon::books {

namespace json = boost::json;
using exemplars::Exemplar;
using files::Chapter;
using files::Paper;
using files::Said;

namespace {

std::int64_t utc_ms(Day day) {
    using namespace std::chrono;
    const int n = day.number();
    const year_month_day date{year(n / 10'000), month(static_cast<unsigned>(n / 100 % 100)),
                              std::chrono::day(static_cast<unsigned>(n % 100))};
    return duration_cast<milliseconds>(sys_days(date).time_since_epoch()).count();
}

/// Paragraphs stand apart by an empty line; a single line break is a blank.
std::vector<Said> paragraphs_of(const std::string& body, Language language) {
    std::vector<Said> all;
    std::string paragraph;
    const auto end = [&] {
        if (!paragraph.empty()) all.push_back({paragraph, language});
        paragraph.clear();
    };
    for (std::size_t at = 0; at <= body.size();) {
        const auto stop = std::min(body.find('\n', at), body.size());
        std::string line = body.substr(at, stop - at);
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
        if (line.empty())
            end();
        else
            paragraph += (paragraph.empty() ? "" : " ") + line;
        at = stop + 1;
    }
    end();
    return all;
}

/// In `language`, else as its owner wrote, else in any.
const Text* text_for(const std::vector<Text>& texts, Language language, const Exemplar& exemplar) {
    for (const Language wanted : {language, exemplar.language})
        for (const Text& text : texts)
            if (text.language == wanted && !text.body.empty()) return &text;
    for (const Text& text : texts)
        if (!text.body.empty()) return &text;
    return nullptr;
}

/// Writes one book in one language.
class Making {
public:
    Making(const store::Reader& reader, const Desk& desk, const Book& book, Language language)
        : reader_(reader), desk_(desk), book_(book), language_(language) {}
    Paper make();

private:
    Said own(const std::string& text) const { return {text, language_}; }
    Chapter chapter(const Seen& seen, const Text& text) const;
    void pictures(Chapter& chapter, const Exemplar& exemplar) const;
    void index(Chapter& chapter, const Exemplar& exemplar) const;
    void add(Paper& paper, const Said& heading, const std::string& field);
    std::string field_title(const std::string& key) const;

    const store::Reader& reader_;
    const Desk& desk_;
    const Book& book_;
    Language language_;
    std::vector<movements::Entitled> fields_;
    std::vector<std::pair<std::string, Chapter>> chapters_;  // by field
};

std::string Making::field_title(const std::string& key) const {
    for (const auto& field : fields_)
        if (field.key == key) return pick(field.title, language_);
    return key;
}

void Making::pictures(Chapter& chapter, const Exemplar& exemplar) const {
    if (!desk_.parts.picture) return;
    for (const auto& attached : exemplars::attached_to(reader_, exemplar.id)) {
        std::string bytes = desk_.parts.picture(reader_, attached.evidence);
        if (bytes.empty()) continue;
        const Said credit =
            own(attached.credit.empty() ? "" : say(language_, "books.photo", {{"name", attached.credit}}));
        chapter.pictures.push_back({std::move(bytes), {attached.caption, exemplar.language}, credit});
    }
}

void Making::index(Chapter& chapter, const Exemplar& exemplar) const {
    chapter.terms.push_back({own(unit_name(reader_, exemplar.unit, desk_.today(), language_)), 0});
    if (!exemplar.person) return;
    const auto person = people::person(reader_, *exemplar.person);
    if (!person.erased) chapter.terms.push_back({own(person.name), 1});
}

Chapter Making::chapter(const Seen& seen, const Text& text) const {
    const Exemplar& exemplar = seen.exemplar;
    Chapter chapter;
    chapter.heading = {text.title, text.language};
    if (!text.editor.empty()) chapter.byline = own(say(language_, "books.edited-by", {{"name", text.editor}}));
    const std::string unit = unit_name(reader_, exemplar.unit, desk_.today(), language_);
    chapter.facts.push_back({own(say(language_, "books.fact.kind")),
                             own(say(language_, "exemplars.kind." + std::string(code(exemplar.kind))))});
    chapter.facts.push_back({own(say(language_, "books.fact.unit")), own(unit)});
    if (exemplar.person)
        if (const auto person = people::person(reader_, *exemplar.person); !person.erased)
            chapter.facts.push_back({own(say(language_, "books.fact.person")), own(person.name)});
    if (exemplar.recognised_on != Day::always())
        chapter.facts.push_back(
            {own(say(language_, "books.fact.recognised")), own(date_text(language_, exemplar.recognised_on.text()))});
    chapter.paragraphs = paragraphs_of(text.body, text.language);
    for (const Erratum& erratum : errata_of(reader_, seen.entry.id))
        chapter.paragraphs.push_back(own(say(language_, "books.erratum-text",
                                             {{"date", date_text(language_, erratum.on.text())},
                                              {"wrong", erratum.wrong},
                                              {"correct", erratum.correct}})));
    pictures(chapter, exemplar);
    index(chapter, exemplar);
    return chapter;
}

void Making::add(Paper& paper, const Said& heading, const std::string& field) {
    files::Part part;
    part.heading = heading;
    for (auto& [of, chapter] : chapters_)
        if (of == field) part.chapters.push_back(std::move(chapter));
    std::erase_if(chapters_, [&](const auto& one) { return one.first == field; });
    if (!part.chapters.empty()) paper.parts.push_back(std::move(part));
}

Paper Making::make() {
    fields_ = fields_of(reader_, book_.movement);
    bool samples = false;
    for (const Seen& seen : all_entries(reader_, book_)) {
        if (book_.published() ? seen.entry.state != State::published : !is_chosen(seen.entry.state)) continue;
        const auto texts = texts_of(reader_, seen.entry.id);
        if (const Text* text = text_for(texts, language_, seen.exemplar))
            chapters_.emplace_back(seen.exemplar.field, chapter(seen, *text));
        samples = samples || seen.exemplar.sample;
    }
    Paper paper;
    paper.language = language_;
    paper.title = own(pick(book_.title, language_));
    paper.subtitle = own(years_text(book_));
    const std::string issuer = unit_name(reader_, book_.unit, desk_.today(), language_);
    paper.author = own(issuer);
    paper.imprint.push_back(own(issuer));
    if (!book_.plan_number.empty())
        paper.imprint.push_back(
            own(say(language_, "books.by-plan", {{"number", book_.plan_number}, {"issuer", book_.plan_issuer}})));
    paper.imprint.push_back(
        own(book_.published() ? date_text(language_, book_.published_on.text()) : say(language_, "books.proof")));
    if (samples) paper.imprint.push_back(own(say(language_, "books.samples")));
    paper.contents = own(say(language_, "books.contents"));
    paper.indexes = {own(say(language_, "books.index-units")), own(say(language_, "books.index-persons"))};
    paper.at_utc_ms = utc_ms(book_.published() ? book_.published_on : desk_.today());
    for (const auto& field : fields_) add(paper, own(pick(field.title, language_)), field.key);
    while (!chapters_.empty()) {  // a field that the catalogue no longer has
        const std::string field = chapters_.front().first;
        add(paper, own(field.empty() ? say(language_, "books.no-field") : field_title(field)), field);
    }
    if (files::index_lines(paper, 1).empty()) paper.indexes.pop_back();
    return paper;
}

json::object said(const Said& text) {
    return {{"text", text.text}, {"language", code(text.language)}, {"direction", direction(text.language)}};
}

json::object chapter_part(const Chapter& chapter, std::size_t number) {
    json::array facts, paragraphs;
    for (const auto& fact : chapter.facts)
        facts.push_back(json::object{{"name", fact.name.text}, {"value", fact.value.text}});
    for (const Said& paragraph : chapter.paragraphs) paragraphs.push_back(said(paragraph));
    return {{"anchor", "chapter-" + std::to_string(number)},
            {"heading", said(chapter.heading)},
            {"byline", chapter.byline.text},
            {"facts", std::move(facts)},
            {"paragraphs", std::move(paragraphs)}};
}

}  // namespace

Paper paper_of(const store::Reader& reader, const Desk& desk, const Book& book, Language language) {
    return Making(reader, desk, book, language).make();
}

json::object print_document(const Paper& paper, const Book& book, Language language) {
    json::array parts, indexes, imprint;
    std::vector<std::string> headings;
    for (const files::Part& part : paper.parts) {
        json::array chapters;
        for (const Chapter& chapter : part.chapters) {
            headings.push_back(chapter.heading.text);
            chapters.push_back(chapter_part(chapter, headings.size()));
        }
        parts.push_back(json::object{{"heading", part.heading.text}, {"chapters", std::move(chapters)}});
    }
    for (std::size_t i = 0; i < paper.indexes.size(); ++i) {
        json::array lines;
        for (const auto& line : files::index_lines(paper, i)) {
            json::array chapters;
            for (const std::size_t chapter : line.chapters)
                chapters.push_back(
                    json::object{{"anchor", "chapter-" + std::to_string(chapter + 1)}, {"heading", headings[chapter]}});
            lines.push_back(json::object{{"term", line.term.text}, {"chapters", std::move(chapters)}});
        }
        indexes.push_back(json::object{{"heading", paper.indexes[i].text}, {"lines", std::move(lines)}});
    }
    for (const Said& line : paper.imprint) imprint.push_back(json::string(line.text));
    return {{"title", paper.title.text},
            {"subtitle", paper.subtitle.text},
            {"imprint", std::move(imprint)},
            {"contents_heading", paper.contents.text},
            {"book", book_reference(book, language)},
            {"proof", !book.published()},
            {"parts", std::move(parts)},
            {"indexes", std::move(indexes)}};
}

}  // namespace guidon::books

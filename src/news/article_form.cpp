#include "news/article_form.h"

#include <array>

#include "base/partial_date.h"
#include "base/plain_text.h"
#include "base/problems.h"
#include "web/address.h"

namespace guidon::news {

namespace json = boost::json;
using web::Request;

namespace {

constexpr std::array list_names{"authors", "sources", "documents", "about"};

using Row = std::vector<std::string>;  // one text for each of the wanted parts

/// A line `one | two` of a form.
Row row_of_line(std::string_view line, std::size_t parts) {
    Row row;
    while (row.size() + 1 < parts) {
        const auto bar = line.find('|');
        row.emplace_back(line.substr(0, bar));
        line = bar == std::string_view::npos ? std::string_view() : line.substr(bar + 1);
    }
    row.emplace_back(line);
    return row;
}

/// An object of JSON, or a text for a row of one part.
Row row_of_json(const json::value& value, const std::vector<const char*>& parts, const std::string& field) {
    if (value.is_string()) {
        Row row(parts.size());
        row.front() = value.as_string();
        return row;
    }
    if (!value.is_object()) throw Problem("news.empty-row", {}, field);
    Row row;
    for (const char* part : parts) {
        const auto* found = value.as_object().if_contains(part);
        row.emplace_back(found && found->is_string() ? std::string(found->as_string()) : std::string());
    }
    return row;
}

/// The rows of a list, cleaned; empty ones are left out.
std::vector<Row> rows_of(const Request& request, const std::string& field, const std::vector<const char*>& parts) {
    std::vector<Row> sent;
    const auto* object = request.json && request.json->is_object() ? &request.json->as_object() : nullptr;
    if (const auto* list = object ? object->if_contains(field) : nullptr; list && list->is_array()) {
        for (const auto& value : list->as_array()) sent.push_back(row_of_json(value, parts, field));
    } else {
        std::string_view lines;
        const std::string text = clean_text(request.field(field), longest_body, field);
        for (lines = text; !lines.empty();) {
            const auto end = std::min(lines.find('\n'), lines.size());
            sent.push_back(row_of_line(lines.substr(0, end), parts.size()));
            lines.remove_prefix(std::min(end + 1, lines.size()));
        }
    }
    std::vector<Row> rows;
    for (Row& row : sent) {
        bool any = false;
        for (std::string& part : row) {
            part = clean_line(part, longest_address, field);
            any = any || !part.empty();
        }
        if (any) rows.push_back(std::move(row));
    }
    if (rows.size() > most_of_each) throw Problem("news.too-many", {{"most", std::to_string(most_of_each)}}, field);
    return rows;
}

std::string short_enough(const std::string& text, const char* field) {
    return clean_line(text, longest_field, field);
}

std::vector<std::string> read_authors(const Request& request) {
    std::vector<std::string> authors;
    for (const Row& row : rows_of(request, "authors", {"name"})) authors.push_back(short_enough(row[0], "authors"));
    return authors;
}

std::vector<Source> read_sources(const Request& request) {
    std::vector<Source> sources;
    for (const Row& row : rows_of(request, "sources", {"label", "address"})) {
        Source one{short_enough(row[0], "sources"), row[1]};
        if (one.address.empty() && is_web_address(one.label)) std::swap(one.label, one.address);
        if (one.label.empty()) one.label = one.address;  // the address is a label, too
        if (!one.address.empty() && !is_web_address(one.address))
            throw Problem("news.address", {{"address", one.address}}, "sources");
        sources.push_back(std::move(one));
    }
    return sources;
}

std::vector<CitedDocument> read_documents(const Request& request) {
    std::vector<CitedDocument> documents;
    for (const Row& row : rows_of(request, "documents", {"number", "issuer", "dated", "title"})) {
        CitedDocument one{short_enough(row[0], "documents"), short_enough(row[1], "documents"), row[2],
                          short_enough(row[3], "documents")};
        if (one.number.empty() && one.title.empty()) throw Problem("news.empty-row", {}, "documents");
        if (!one.dated.empty()) {
            const auto date = read_partial_date(one.dated);
            if (!date) throw Problem("news.date", {{"date", one.dated}}, "documents");
            one.dated = *date;
        }
        documents.push_back(std::move(one));
    }
    return documents;
}

std::vector<About> read_about(const Request& request) {
    std::vector<About> about;
    for (const Row& row : rows_of(request, "about", {"subject", "label"})) {
        if (!web::is_local(row[0]) || !web::read_address(row[0]) || row[0].size() > longest_field)
            throw Problem("news.subject", {{"address", row[0]}}, "about");
        about.push_back({row[0], short_enough(row[1], "about")});
    }
    return about;
}

}  // namespace

ArticleText read_article(const Request& request) {
    FormFaults faults;
    ArticleText text;
    text.title = faults.of([&] {
        std::string title = clean_line(request.field("title"), longest_title, "title");
        if (title.empty()) throw Problem("news.no-title", {}, "title");
        return title;
    });
    const auto language = language_of(request.field("language", std::string(code(request.language))));
    if (!language) faults.add(Problem("news.language", {{"language", request.field("language")}}, "language"));
    text.language = language.value_or(request.language);
    text.lede = faults.of([&] { return clean_line(request.field("lede"), longest_lede, "lede"); });
    text.body = faults.of([&] { return clean_text(request.field("body"), longest_body, "body"); });
    text.authors = faults.of([&] { return read_authors(request); });
    text.sources = faults.of([&] { return read_sources(request); });
    text.documents = faults.of([&] { return read_documents(request); });
    text.about = faults.of([&] { return read_about(request); });
    faults.end();
    return text;
}

json::object form_fields(const ArticleText& text) {
    const auto line = [](std::string& lines, std::initializer_list<const std::string*> parts) {
        std::string one;
        std::size_t last = 0;  // empty parts at the end are not written
        for (const auto* part : parts) {
            one += (one.empty() && part == *parts.begin() ? "" : " | ") + *part;
            if (!part->empty()) last = one.size();
        }
        one.resize(last);
        lines += (lines.empty() ? "" : "\n") + one;
    };
    std::string authors, sources, documents, about;
    for (const auto& one : text.authors) line(authors, {&one});
    for (const auto& one : text.sources) line(sources, {&one.label, &one.address});
    for (const auto& one : text.documents) line(documents, {&one.number, &one.issuer, &one.dated, &one.title});
    for (const auto& one : text.about) line(about, {&one.subject, &one.label});
    return {{"title", text.title}, {"lede", text.lede},  {"body", text.body},      {"language", code(text.language)},
            {"authors", authors},  {"sources", sources}, {"documents", documents}, {"about", about}};
}

json::object typed_fields(const Request& request) {
    json::object typed;
    for (const char* name : {"title", "lede", "body", "language"}) typed[name] = request.field(name);
    for (const char* name : list_names) typed[name] = request.field(name);
    return typed;
}

}  // namespace guidon::news

#include "exemplars/content.h"

#include <utility>

#include "base/states.h"

namespace guidon::exemplars {

namespace json = boost::json;

namespace {

constexpr Names<Qualifier, 3> qualifiers{"exact", "at_least", "about"};

/// The plain texts and the names under which they are kept.
constexpr std::pair<const char*, std::string Content::*> texts[] = {{"situation", &Content::situation},
                                                                    {"aim", &Content::aim},
                                                                    {"result", &Content::result},
                                                                    {"method", &Content::method},
                                                                    {"place", &Content::place},
                                                                    {"forces", &Content::forces},
                                                                    {"money", &Content::money},
                                                                    {"in_kind", &Content::in_kind},
                                                                    {"in_kind_note", &Content::in_kind_note},
                                                                    {"labour_days", &Content::labour_days},
                                                                    {"starts", &Content::starts},
                                                                    {"ends", &Content::ends},
                                                                    {"product", &Content::product},
                                                                    {"upkeep", &Content::upkeep}};

constexpr std::pair<const char*, std::string CitedDocument::*> document_texts[] = {{"number", &CitedDocument::number},
                                                                                   {"issuer", &CitedDocument::issuer},
                                                                                   {"date", &CitedDocument::date},
                                                                                   {"title", &CitedDocument::title}};

template <class Thing, class Names>
json::object texts_of(const Thing& thing, const Names& names) {
    json::object kept;
    for (const auto& [name, text] : names)
        if (!(thing.*text).empty()) kept[name] = thing.*text;
    return kept;
}

template <class Thing, class Names>
void read_texts(Thing& thing, const json::object& kept, const Names& names) {
    for (const auto& [name, text] : names)
        if (const auto* value = kept.if_contains(name); value && value->is_string())
            thing.*text = std::string(value->as_string());
}

}  // namespace

std::string_view code(Qualifier qualifier) {
    return qualifiers[qualifier];
}

std::optional<Qualifier> qualifier_of(std::string_view code) {
    return qualifiers.find(code);
}

json::object to_json(const Content& content) {
    json::object kept = texts_of(content, texts);
    const Beneficiaries& all = content.beneficiaries;
    if (all != Beneficiaries{}) {
        json::object part{{"qualifier", code(all.qualifier)}};
        if (all.number) part["number"] = *all.number;
        if (!all.who.empty()) part["who"] = all.who;
        kept["beneficiaries"] = std::move(part);
    }
    if (content.documents.empty()) return kept;
    json::array documents;
    for (const CitedDocument& document : content.documents) documents.push_back(texts_of(document, document_texts));
    kept["documents"] = std::move(documents);
    return kept;
}

Content content_of(const json::object& kept) {
    Content content;
    read_texts(content, kept, texts);
    if (const auto* part = kept.if_contains("beneficiaries"); part && part->is_object()) {
        const auto& all = part->as_object();
        if (const auto* number = all.if_contains("number"); number && number->is_int64())
            content.beneficiaries.number = number->as_int64();
        if (const auto* word = all.if_contains("qualifier"); word && word->is_string())
            content.beneficiaries.qualifier = qualifier_of(word->as_string()).value_or(Qualifier::exact);
        if (const auto* who = all.if_contains("who"); who && who->is_string())
            content.beneficiaries.who = std::string(who->as_string());
    }
    if (const auto* list = kept.if_contains("documents"); list && list->is_array())
        for (const auto& one : list->as_array()) {
            if (!one.is_object()) continue;
            read_texts(content.documents.emplace_back(), one.as_object(), document_texts);
        }
    return content;
}

std::string all_text(const Content& content) {
    std::string all;
    for (const std::string* text : {&content.situation, &content.aim, &content.result, &content.method, &content.place,
                                    &content.forces, &content.product, &content.upkeep}) {
        if (text->empty()) continue;
        if (!all.empty()) all += '\n';
        all += *text;
    }
    return all;
}

}  // namespace guidon::exemplars

#include "gallery/list_page.h"

#include "gallery/facet_document.h"
#include "gallery/place.h"
#include "gallery/search.h"
#include "gallery/selection.h"

namespace guidon::gallery {

namespace json = boost::json;

namespace {

/// What the look leaves behind.
struct Looked {
    std::size_t total = 0;
    std::vector<CardFacts> cards;
    AllOffered offered;
    std::string narrowed_title[std::size(facets)];
    bool sample = false;
};

/// Found for a search; among more of them when these are narrowed further.
constexpr int most_found = 200, most_found_narrowed = 2000;

std::vector<Columns::Row> rows_of(const View& view, const std::vector<ExemplarId>& ids) {
    std::vector<Columns::Row> rows;
    for (const ExemplarId id : ids)
        if (const auto row = view.all.find(id)) rows.push_back(*row);
    return rows;
}

/// `found` null: nothing was searched.
Looked look(Register& all, const Wish& wish, const Place& place, const Eyes& eyes, const Found* found,
            Language language) {
    return all.with([&](const View& view) {
        const auto rows = found ? rows_of(view, found->ids) : std::vector<Columns::Row>();
        Selection selection = select(view, wish, place, eyes, found ? &rows : nullptr);
        const FacetTitles titles(language, view.catalogue);
        Looked looked;
        looked.total = selection.rows.size();
        looked.offered = offered(selection, titles);
        for (const Facet facet : facets)
            if (!wish[facet].empty())
                looked.narrowed_title[static_cast<std::size_t>(facet)] = titles.title(facet, wish[facet]);
        const auto skip = static_cast<std::size_t>(wish.page - 1) * cards_per_page;
        for (const Columns::Row row : page_of(view, std::move(selection.rows), wish.sort, skip, cards_per_page)) {
            looked.cards.push_back(card_facts(view, row, language));
            looked.sample = looked.sample || looked.cards.back().sample;
        }
        return looked;
    });
}

/// Units get their public ids and names.
void name_units(Register& all, AllOffered& offered, Language language) {
    for (Offered& one : offered[static_cast<std::size_t>(Facet::unit)]) {
        const auto unit = all.unit(std::stoi(one.key));
        one.key = unit->public_id;
        one.title = pick(unit->names, language).empty() ? unit->code : pick(unit->names, language);
    }
}

std::string lede(const Wish& wish, const Found& found, std::size_t total, Language language) {
    const char* key = wish.q.empty()     ? "gallery.lede"
                      : total == 0       ? "gallery.lede-search"
                      : found.more       ? "gallery.lede-more"
                      : found.beginnings ? "gallery.lede-beginning"
                                         : "gallery.lede-search";
    return say(language, key, {{"count", std::to_string(total)}, {"text", wish.q}});
}

/// Where the text of `id` says what was looked for.
json::array snippet_part(const store::Reader& reader, ExemplarId id, const std::vector<Term>& terms) {
    json::array pieces;
    const auto text = shown_text(reader, id);
    if (!text) return pieces;
    for (const Piece& piece : snippet(text->folded, text->shown, terms))
        pieces.push_back(json::object{{"text", piece.text}, {"hit", piece.hit}});
    return pieces;
}

std::string number(Language language, std::size_t value) {
    return number_text(language, std::to_string(value));
}

json::object pages_part(const Wish& wish, std::size_t total, std::size_t shown, Language language) {
    const std::size_t from = static_cast<std::size_t>(wish.page - 1) * cards_per_page;
    json::object pages{{"from", shown ? from + 1 : 0},
                       {"to", from + shown},
                       {"total", total},
                       {"text", say(language, "gallery.pages",
                                    {{"from", number(language, shown ? from + 1 : 0)},
                                     {"to", number(language, from + shown)},
                                     {"total", number(language, total)}})}};
    if (wish.page > 1) pages["previous_href"] = wish.on_page(wish.page - 1).href();
    if (from + shown < total) pages["next_href"] = wish.on_page(wish.page + 1).href();
    return pages;
}

/// What the list is narrowed to, each with the address without it.
json::array narrowed_part(Register& all, const Wish& wish, const Place& place, const Looked& looked,
                          Language language) {
    json::array parts;
    for (const Facet facet : facets) {
        if (wish[facet].empty()) continue;
        std::string title = looked.narrowed_title[static_cast<std::size_t>(facet)];
        if (facet == Facet::unit && place.unit)
            title = units::unit_reference(*all.unit(*place.unit), language).at("name").as_string();
        parts.push_back(json::object{{"key", code(facet)},
                                     {"facet_title", say(language, "gallery.facet." + std::string(code(facet)))},
                                     {"title", title},
                                     {"href", wish.with(facet, "").href()}});
    }
    if (!wish.counted) return parts;
    Wish without = wish.on_page(1);
    without.counted.reset();
    without.stood.reset();
    const std::string what =
        wish.stood ? say(language, "gallery.count.stood",
                         {{"state", say(language, "exemplars.state." + std::string(exemplars::code(*wish.stood)))}})
                   : say(language, "gallery.count." + std::string(code(*wish.counted)));
    parts.push_back(json::object{{"key", "count"},
                                 {"facet_title", say(language, "gallery.days",
                                                     {{"from", date_text(language, wish.days.first.text())},
                                                      {"to", date_text(language, wish.days.last.text())}})},
                                 {"title", what},
                                 {"href", without.href()}});
    return parts;
}

}  // namespace

json::object list_document(store::Store& store, Register& all, const Parts& parts, const Wish& wish,
                           const Asker& asker) {
    const Language language = asker.language;
    const auto reader = store.read();
    const Place place = find_place(reader, all, wish, Day::of_utc_ms(store.now_utc_ms()));
    const bool searching = !wish.q.empty();
    const Found found =
        searching ? find(reader, wish.q, wish.anything_narrowed() ? most_found_narrowed : most_found) : Found();
    Looked looked = look(all, wish, place, Eyes(reader, asker.viewer), searching ? &found : nullptr, language);
    name_units(all, looked.offered, language);
    json::array cards;
    for (const CardFacts& facts : looked.cards) {
        cards.push_back(card(reader, all, facts, language, parts.photo));
        if (searching) cards.back().as_object()["snippet"] = snippet_part(reader, facts.id, found.terms);
    }
    const std::size_t shown = cards.size();
    json::object document{{"title", say(language, "gallery.title")},
                          {"lede", lede(wish, found, looked.total, language)},
                          {"more", found.more},
                          {"by_date", wish.sort == Sort::date},
                          {"description", say(language, "gallery.description")},
                          {"q", wish.q},
                          {"href", "/exemplars"},
                          {"count", looked.total},
                          {"sample", looked.sample},
                          {"exemplars", std::move(cards)},
                          {"facets", facet_document(looked.offered, wish, language)},
                          {"narrowed", narrowed_part(all, wish, place, looked, language)},
                          {"pages", pages_part(wish, looked.total, shown, language)},
                          {"links", json::object{{"json", wish.href("/exemplars.json")},
                                                 {"figures", "/exemplars/figures"},
                                                 {"atom", "/exemplars.atom"}}}};
    if (shown == 0 && looked.total > 0) {  // a page behind the last one
        const int last = static_cast<int>((looked.total - 1) / cards_per_page) + 1;
        document["past_end"] =
            json::object{{"text", say(language, "gallery.past-end", {{"count", std::to_string(last)}})},
                         {"href", wish.on_page(last).href()}};
    }
    json::array kept;  // what a new search keeps
    for (const Facet facet : facets)
        if (!wish[facet].empty()) kept.push_back(json::object{{"name", code(facet)}, {"value", wish[facet]}});
    document["kept"] = std::move(kept);
    return document;
}

}  // namespace guidon::gallery

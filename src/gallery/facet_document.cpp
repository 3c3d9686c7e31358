#include "gallery/facet_document.h"

#include <algorithm>

namespace guidon::gallery {

namespace json = boost::json;

namespace {

constexpr std::size_t most_values = 40;
constexpr std::size_t opened_facets = 3;  // the others open with a click

std::size_t place_in(const std::vector<Catalogue::Entry>& entries, const std::string& key) {
    return static_cast<std::size_t>(
        std::find_if(entries.begin(), entries.end(), [&](const auto& entry) { return entry.key == key; }) -
        entries.begin());
}

}  // namespace

std::string FacetTitles::title(Facet facet, const std::string& key) const {
    switch (facet) {
        case Facet::field:
            return Catalogue::title(catalogue_.fields, key, language_);
        case Facet::topic:
            return Catalogue::title(catalogue_.topics, key, language_);
        case Facet::level:
            return Catalogue::title(catalogue_.levels, key, language_);
        case Facet::kind:
            return say(language_, "exemplars.kind." + key);
        case Facet::owner:
            return say(language_, "exemplars.owner-kind." + key);
        case Facet::state:
            return say(language_, "exemplars.state." + key);
        case Facet::movement:
            for (const auto& cycle : catalogue_.cycles)
                if (cycle.movement == key && !pick(cycle.title, language_).empty()) return pick(cycle.title, language_);
            return key;
        default:
            return key;
    }
}

void FacetTitles::sort(Facet facet, std::vector<Counted>& values) const {
    const auto by = [&](auto key_of, bool last_first) {
        std::stable_sort(values.begin(), values.end(), [&](const Counted& a, const Counted& b) {
            return last_first ? key_of(b) < key_of(a) : key_of(a) < key_of(b);
        });
    };
    switch (facet) {
        case Facet::field:
            return by([&](const Counted& one) { return place_in(catalogue_.fields, one.key); }, false);
        case Facet::topic:
            return by([&](const Counted& one) { return place_in(catalogue_.topics, one.key); }, false);
        case Facet::level:
            return by([&](const Counted& one) { return place_in(catalogue_.levels, one.key); }, true);
        case Facet::year:
            return by([](const Counted& one) { return one.key; }, true);
        case Facet::unit:
        case Facet::movement:
            return by([](const Counted& one) { return one.number; }, true);
        default:
            return;
    }
}

AllOffered offered(const Selection& selection, const FacetTitles& titles) {
    AllOffered all;
    for (const Facet facet : facets) {
        auto values = selection.beside[static_cast<std::size_t>(facet)];
        titles.sort(facet, values);
        if (values.size() > most_values) values.resize(most_values);
        for (const Counted& value : values)
            all[static_cast<std::size_t>(facet)].push_back(
                {value.key, facet == Facet::unit ? "" : titles.title(facet, value.key), value.number});
    }
    return all;
}

json::array facet_document(const AllOffered& all, const Wish& wish, Language language) {
    json::array document;
    for (const Facet facet : facets) {
        json::array values;
        for (const Offered& one : all[static_cast<std::size_t>(facet)]) {
            const bool current = wish[facet] == one.key;
            values.push_back(json::object{{"key", one.key},
                                          {"title", one.title},
                                          {"count", one.number},
                                          {"count_text", number_text(language, std::to_string(one.number))},
                                          {"href", wish.with(facet, current ? "" : one.key).href()},
                                          {"current", current}});
        }
        if (values.empty() || (values.size() == 1 && wish[facet].empty() && facet != Facet::unit)) continue;
        const std::string key(code(facet));
        document.push_back(json::object{{"key", key},
                                        {"title", say(language, "gallery.facet." + key)},
                                        {"narrowed", !wish[facet].empty()},
                                        {"opened", !wish[facet].empty() || document.size() < opened_facets},
                                        {"values", std::move(values)}});
    }
    return document;
}

}  // namespace guidon::gallery

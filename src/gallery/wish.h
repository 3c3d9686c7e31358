// What does somebody want to see of the gallery? Words, filters, an order and a page, as the address says them.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "gallery/counts.h"
#include "web/resource.h"

namespace guidon::gallery {

/// What can be narrowed, each to one value. Wire form = name; the order of the page.
enum class Facet { field, topic, level, unit, year, kind, owner, state, movement };
constexpr Facet facets[] = {Facet::field, Facet::topic, Facet::level, Facet::unit,    Facet::year,
                            Facet::kind,  Facet::owner, Facet::state, Facet::movement};
std::string_view code(Facet facet);

enum class Sort { relevance, date };

struct Wish {
    std::string q;
    std::array<std::string, std::size(facets)> narrowed;  // "" = all; a unit by its public id
    std::optional<Count> counted;                         // those that this count of figures has counted
    Days days;                                            // between which
    std::optional<State> stood;                           // those that stood so on the last day, of the registered
    Sort sort = Sort::date;
    int page = 1;

    const std::string& operator[](Facet facet) const { return narrowed[static_cast<std::size_t>(facet)]; }
    std::string& operator[](Facet facet) { return narrowed[static_cast<std::size_t>(facet)]; }
    bool anything_narrowed() const;
    /// The address that shows it: "/exemplars?…", or of another `path`.
    std::string href(std::string_view path = "/exemplars") const;
    /// Another value of one facet, from the first page.
    Wish with(Facet facet, std::string value) const;
    Wish on_page(int number) const;
};

/// Throws Problem "gallery.filter" (400) for what cannot be read.
Wish read_wish(const web::Request& request);

/// A day of the query; Problem "gallery.filter".
std::optional<Day> asked_day(const web::Request& request, const std::string& name);
[[noreturn]] void refuse_filter(const std::string& name, const std::string& value);

}  // namespace guidon::gallery

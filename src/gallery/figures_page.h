// How are figures shown? In sentences and tables, each number with the list behind it; as a file exactly what is shown.
#pragma once

#include "files/table.h"
#include "gallery/figures.h"
#include "gallery/gallery_pages.h"

namespace guidon::gallery {

/// What the address asks for.
struct FiguresWish {
    Days days;
    std::string year, on;  // as asked; both "": this year until today, or the newest in which anything was registered
    std::string unit;      // public id; "" = all
    std::string movement, field;

    bool asks_no_day() const { return year.empty() && on.empty(); }
};
/// Problem "gallery.filter" (400).
FiguresWish read_figures_wish(const web::Request& request, Day today);

/// The document of gallery/figures.
boost::json::object figures_document(store::Store& store, Register& all, const FiguresWish& wish, const Asker& asker);
/// Its tables below each other.
files::Table figures_table(const boost::json::object& document, Language language);

/// {registered, recognised, active_end: {count, count_text, label, href}}, of a unit and all below it: in the newest
/// year in which there were any, and today.
boost::json::object few_figures(store::Store& store, Register& all, const std::string& unit, const Asker& asker);

}  // namespace guidon::gallery

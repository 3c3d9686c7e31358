#include "gallery/gallery_pages.h"

#include "gallery/figures_page.h"
#include "gallery/list_page.h"

namespace guidon::gallery {

namespace json = boost::json;
using web::Answer;
using web::Request;

namespace {

/// What everybody sees is the same until the register moves or the day ends; what an officer sees is their own.
std::string version_for(const Request& request, store::Store& store, Register& all) {
    if (people::viewer_of(request)) return "";
    return "gallery-" + std::to_string(all.version()) + "-" + Day::of_utc_ms(store.now_utc_ms()).text();
}

Answer list(const Request& request, store::Store& store, Register& all, const Parts& parts) {
    Answer answer{.template_name = "gallery/list"};
    answer.version = version_for(request, store, all);
    Wish wish = read_wish(request);
    if (parts.search && !wish.q.empty() && !answer.version.empty())  // the search reads on while lists stay the same
        answer.version += "-" + std::to_string(parts.search->version());
    answer.fill = [&store, &all, &parts, wish = std::move(wish), asker = Asker(request)] {
        return list_document(store, all, parts, wish, asker);
    };
    return answer;
}

web::Download download(const json::object& document, const std::string& format, Language language) {
    const files::Table table = figures_table(document, language);
    if (format == "csv") return {files::csv_text(table), "text/csv; charset=utf-8", "exemplars-figures.csv"};
    return {files::xlsx_bytes(table, "exemplars"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "exemplars-figures.xlsx"};
}

Answer figures(const Request& request, store::Store& store, Register& all) {
    Answer answer{.template_name = "gallery/figures"};
    const FiguresWish wish = read_figures_wish(request, Day::of_utc_ms(store.now_utc_ms()));
    const std::string format = request.asked("format");
    if (format == "csv" || format == "xlsx") {
        answer.download = download(figures_document(store, all, wish, Asker(request)), format, request.language);
        return answer;
    }
    answer.version = version_for(request, store, all);
    answer.fill = [&store, &all, wish, asker = Asker(request)] { return figures_document(store, all, wish, asker); };
    return answer;
}

constexpr int few_cards = 6;

json::array newest(store::Store& store, Register& all, const Parts& parts, Wish wish, const Asker& asker) {
    json::array cards = std::move(list_document(store, all, parts, wish, asker).at("exemplars").as_array());
    if (cards.size() > few_cards) cards.resize(few_cards);
    return cards;
}

}  // namespace

void add_routes(web::Routes& routes, store::Store& store, Register& all, Parts parts) {
    routes.get("/exemplars",
               [&store, &all, parts](const Request& request) { return list(request, store, all, parts); });
    routes.get("/exemplars/figures", [&store, &all](const Request& request) { return figures(request, store, all); });
}

units::UnitPart unit_part(store::Store& store, Register& all, Parts parts) {
    return [&store, &all, parts = std::move(parts)](json::object& document, const store::Reader&,
                                                    const units::Unit& unit, const Request& request) {
        const Asker asker(request);
        Wish wish;
        wish[Facet::unit] = unit.public_id;
        json::array cards = newest(store, all, parts, wish, asker);
        if (cards.empty()) return;
        document["exemplars"] = std::move(cards);
        document["exemplar_figures"] = few_figures(store, all, unit.public_id, asker);
        document["exemplars_href"] = wish.href();
        document["exemplar_figures_href"] = "/exemplars/figures?unit=" + unit.public_id;
    };
}

movements::FrontMore front_part(store::Store& store, Register& all, Parts parts) {
    return [&store, &all, parts = std::move(parts)](json::object& document, const Request& request) {
        const Asker asker(request);
        Wish wish;
        wish[Facet::state] = "recognised";
        json::array cards = newest(store, all, parts, wish, asker);
        if (cards.empty()) return;
        document["exemplars"] = std::move(cards);
        document["exemplar_figures"] = few_figures(store, all, "", asker);
    };
}

}  // namespace guidon::gallery

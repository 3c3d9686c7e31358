#include "gallery/feeds_pages.h"

#include <algorithm>
#include <charconv>

#include "base/escaped.h"
#include "gallery/selection.h"
#include "web/address.h"
#include "web/atom.h"

namespace guidon::gallery {

namespace json = boost::json;
using web::Answer;
using web::Request;

namespace {

constexpr std::size_t most_entries = 30;
constexpr std::size_t addresses_per_sitemap = 50'000;  // as sitemaps.org allows
constexpr const char* fixed_pages[] = {"/", "/movements", "/units", "/exemplars", "/exemplars/figures"};

Answer document(std::string content, std::string type) {
    Answer answer;
    answer.download = web::Download{std::move(content), std::move(type), ""};
    return answer;
}

Day newest_day(const CardFacts& facts) {
    return std::max(facts.registered_on, facts.recognised_on);
}

std::vector<CardFacts> newest(store::Store& store, Register& all, Language language) {
    const auto reader = store.read();
    return all.with([&](const View& view) {
        const Eyes eyes(reader, nullptr);
        std::vector<Columns::Row> rows;
        for (Columns::Row row = 0; row < view.all.size(); ++row)
            if (eyes.see(view, row)) rows.push_back(row);
        const auto newer = [&](Columns::Row a, Columns::Row b) {
            const auto day = [&](Columns::Row row) {
                return std::max(view.all.registered_on[row], view.all.recognised_on[row]);
            };
            return std::pair(day(a), a) > std::pair(day(b), b);
        };
        const auto end = rows.begin() + static_cast<std::ptrdiff_t>(std::min(most_entries, rows.size()));
        std::partial_sort(rows.begin(), end, rows.end(), newer);
        std::vector<CardFacts> facts;
        for (auto row = rows.begin(); row != end; ++row) facts.push_back(card_facts(view, *row, language));
        return facts;
    });
}

std::string summary_of(const CardFacts& facts, Register& all, Language language) {
    std::string summary(units::unit_reference(*all.unit(facts.unit), language).at("name").as_string());
    for (const std::string& part :
         {facts.field_title, exemplars::state_title(facts.state, language), facts.level_title})
        if (!part.empty()) summary += " · " + part;
    return summary;
}

Answer feed(const Request& request, store::Store& store, Register& all) {
    const Language language = request.language;
    const auto moment = [](Day day) { return (day == Day::always() ? "2000-01-01" : day.text()) + "T00:00:00Z"; };
    web::AtomFeed feed{.address = request.origin + "/exemplars",
                       .title = say(language, "gallery.feed-title"),
                       .language = language,
                       .updated = moment(Day::always())};
    const auto facts = newest(store, all, language);
    const auto reader = store.read();
    for (const CardFacts& one : facts) {
        const ShownTitle title = title_of(reader, one.id, language);
        feed.entries.push_back({.address = feed.address + "/" + one.public_id,
                                .title = title.text,
                                .language = title.language,
                                .published = moment(one.registered_on),
                                .updated = moment(newest_day(one)),
                                .summary = summary_of(one, all, language)});
    }
    return document(atom_text(feed), web::atom_type);
}

constexpr const char* sitemap_namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The addresses of all public exemplars, by id.
std::vector<std::string> public_addresses(Register& all, store::Store& store) {
    const auto reader = store.read();
    return all.with([&](const View& view) {
        const Eyes eyes(reader, nullptr);
        std::vector<std::string> addresses(std::begin(fixed_pages), std::end(fixed_pages));
        for (Columns::Row row = 0; row < view.all.size(); ++row)
            if (eyes.see(view, row)) addresses.push_back("/exemplars/" + std::string(view.all.public_id(row)));
        return addresses;
    });
}

std::string sitemap(const std::string& origin, const std::vector<std::string>& addresses, std::size_t from,
                    std::size_t to) {
    std::string text =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"" + std::string(sitemap_namespace) + "\">\n";
    for (std::size_t i = from; i < to; ++i) text += "<url><loc>" + escaped(origin + addresses[i]) + "</loc></url>\n";
    return text + "</urlset>\n";
}

Answer sitemap_or_index(const Request& request, store::Store& store, Register& all) {
    const auto addresses = public_addresses(all, store);
    if (addresses.size() <= addresses_per_sitemap)
        return document(sitemap(request.origin, addresses, 0, addresses.size()), "application/xml; charset=utf-8");
    std::string text =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"" + std::string(sitemap_namespace) + "\">\n";
    for (std::size_t i = 0; i * addresses_per_sitemap < addresses.size(); ++i)
        text +=
            "<sitemap><loc>" + escaped(request.origin) + "/sitemap/" + std::to_string(i + 1) + ".xml</loc></sitemap>\n";
    return document(text + "</sitemapindex>\n", "application/xml; charset=utf-8");
}

Answer one_sitemap(const Request& request, store::Store& store, Register& all) {
    const std::string& name = request.place.at("number");
    std::size_t number = 0;
    const auto read = std::from_chars(name.data(), name.data() + name.size(), number);
    const auto addresses = public_addresses(all, store);
    if (read.ec != std::errc{} || std::string_view(read.ptr) != ".xml" || number < 1 ||
        (number - 1) * addresses_per_sitemap >= addresses.size())
        throw Problem("web.not-found", {{"path", request.path}}, {}, 404);
    return document(sitemap(request.origin, addresses, (number - 1) * addresses_per_sitemap,
                            std::min(number * addresses_per_sitemap, addresses.size())),
                    "application/xml; charset=utf-8");
}

/// At most `most` bytes, whole words.
std::string beginning_of(std::string text, std::size_t most) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    if (text.size() <= most) return text;
    const auto space = text.rfind(' ', most);
    return text.substr(0, space == std::string::npos ? 0 : space) + " …";
}

/// JSON that cannot end a script element.
std::string inside_script(const json::object& document) {
    std::string out;
    for (const char c : json::serialize(document)) out += c == '<' ? std::string("\\u003c") : std::string(1, c);
    return out;
}

}  // namespace

void add_feed_routes(web::Routes& routes, store::Store& store, Register& all) {
    routes.get("/exemplars.atom", [&](const Request& request) { return feed(request, store, all); });
    routes.get("/sitemap.xml", [&](const Request& request) { return sitemap_or_index(request, store, all); });
    routes.get("/sitemap/:number", [&](const Request& request) { return one_sitemap(request, store, all); });
    routes.get("/robots.txt", [](const Request& request) {
        return document(
            "User-agent: *\nDisallow: /me\nDisallow: /sign-in\nSitemap: " + request.origin + "/sitemap.xml\n",
            "text/plain; charset=utf-8");
    });
}

exemplars::ExemplarPart share_part(PhotoOf photo) {
    return [photo = std::move(photo)](json::object& document, const exemplars::Exemplar& exemplar,
                                      const exemplars::Looking& looking) {
        if (!exemplar.open || !exemplars::is_public(exemplar.state)) return;
        const std::string& origin = looking.request.origin;
        const std::string description =
            beginning_of(exemplar.content.result.empty() ? exemplar.content.aim : exemplar.content.result, 300);
        json::object data{{"@context", "https://schema.org"},
                          {"@type", exemplar.kind == Kind::model ? "CreativeWork" : "Article"},
                          {"name", exemplar.title},
                          {"headline", exemplar.title},
                          {"inLanguage", code(exemplar.language)},
                          {"url", origin + "/exemplars/" + exemplar.public_id}};
        if (!description.empty()) {
            document["description"] = description;
            data["description"] = description;
        }
        if (exemplar.registered_on != Day::always()) data["dateCreated"] = exemplar.registered_on.text();
        if (exemplar.recognised_on != Day::always()) data["datePublished"] = exemplar.recognised_on.text();
        if (photo)
            if (const auto address = photo(looking.reader, exemplar.id)) {
                document["image"] = origin + *address;
                data["image"] = origin + *address;
            }
        document["json_ld"] = inside_script(data);
    };
}

}  // namespace guidon::gallery

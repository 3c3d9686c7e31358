#include "news/news_pages.h"

#include <charconv>
#include <memory>

#include "base/moment.h"
#include "news/article_changes.h"
#include "news/photo_changes.h"
#include "web/atom.h"

namespace guidon::news {

namespace json = boost::json;
using people::Action;
using people::Gate;
using web::Answer;
using web::Method;
using web::Request;

namespace {

constexpr int rows_per_page = 20;
constexpr int most_in_feed = 30;
constexpr int most_drafts = 100;

/// A whole number from `least` to `most`; Problem `code` {NAME}.
int asked_number(const Request& request, const char* name, int fallback, int least, int most, const char* code) {
    const std::string text = request.asked(name, std::to_string(fallback));
    int number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || number < least || number > most)
        throw Problem(code, {{name, text}}, name);
    return number;
}

/// What the caller may go on writing.
json::array drafts_part(const Desk& desk, const store::Reader& reader, const Request& request) {
    json::array rows;
    if (!Gate::may_somewhere(people::viewer_of(request), Action::write_news)) return rows;
    for (const Row& row : being_written(reader, most_drafts)) {
        if (!may_write(reader, request, row.article)) continue;
        json::object part = article_row(desk, reader, row, request.language);
        part["href"] = row.article.href() + "/versions/" + std::to_string(row.article.draft);
        part["what_text"] = say(request.language, row.article.was_published() ? "news.correction" : "news.state.draft");
        rows.push_back(std::move(part));
    }
    return rows;
}

json::array years_part(const store::Reader& reader, int asked) {
    json::array all;
    for (const int year : years(reader))
        all.push_back(json::object{{"year", year},
                                   {"text", std::to_string(year)},
                                   {"href", "/news?year=" + std::to_string(year)},
                                   {"current", year == asked}});
    return all;
}

Answer list(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const int year = asked_number(request, "year", 0, 0, 9998, "news.year");
    const int page = asked_number(request, "page", 1, 1, 100'000, "units.bad-page");
    const auto found = published(reader, year, rows_per_page + 1, (page - 1) * rows_per_page);
    json::array rows;
    for (std::size_t i = 0; i < found.size() && i < rows_per_page; ++i)
        rows.push_back(article_row(desk, reader, found[i], request.language));
    Answer answer{.template_name = "news/list"};
    auto& document = answer.document;
    document = {{"title", say(request.language, "news.title")},
                {"lede", say(request.language, "news.lede")},
                {"articles", std::move(rows)},
                {"all_years", year == 0},
                {"years", years_part(reader, year)},
                {"drafts", drafts_part(desk, reader, request)},
                {"may_write", Gate::may_somewhere(people::viewer_of(request), Action::write_news)},
                {"links", json::object{{"atom", "/news.atom"}}}};
    const std::string query = "/news?" + (year > 0 ? "year=" + std::to_string(year) + "&" : std::string()) + "page=";
    if (page > 1) document["newer_href"] = query + std::to_string(page - 1);
    if (found.size() > rows_per_page) document["older_href"] = query + std::to_string(page + 1);
    return answer;
}

Answer feed(const Desk& desk, const Request& request) {
    const auto rows = published(desk.store.read(), 0, most_in_feed, 0);
    web::AtomFeed feed{.address = request.origin + "/news",
                       .title = say(request.language, "news.feed-title"),
                       .language = request.language,
                       .updated = rows.empty() ? iso_moment(desk.store.now_utc_ms()) : std::string()};
    for (const Row& row : rows)
        feed.entries.push_back({.address = request.origin + row.article.href(),
                                .title = row.title,
                                .language = row.language,
                                .published = iso_moment(row.article.published_utc_ms),
                                .updated = iso_moment(row.changed_utc_ms),
                                .summary = row.lede});
    Answer answer;
    answer.download = web::Download{atom_text(feed), web::atom_type, ""};
    return answer;
}

Answer article_page(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const Article found = visible_article(reader, request);
    Answer answer{.template_name = "news/article"};
    answer.document = article_document(desk, reader, request, found, found.was_published() ? found.shown : found.draft);
    return answer;
}

Answer version_page(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const Article found = visible_article(reader, request);
    const bool writes = may_write(reader, request, found);
    for (const Version& one : versions(reader, found.id)) {
        if (std::to_string(one.number) != request.place.at("number") || (one.published == 0 && !writes)) continue;
        Answer answer{.template_name = "news/article"};
        answer.document = article_document(desk, reader, request, found, one.number);
        return answer;
    }
    throw Problem("news.unknown", {{"id", request.place.at("id")}}, "", 404);
}

}  // namespace

void add_routes(web::Routes& routes, store::Store& store, const evidence::Depot& depot,
                const comments::Desk& comments) {
    const auto desk = std::make_shared<const Desk>(Desk{store, depot, comments});
    using Page = Answer (*)(const Desk&, const Request&);
    const auto get = [&](const char* path, Page handler) {
        routes.get(path, [desk, handler](const Request& request) { return handler(*desk, request); });
    };
    const auto change = [&](Method method, const char* path, Page handler) {
        routes.change(method, path, [desk, handler](const Request& request) { return handler(*desk, request); });
    };
    get("/news", list);
    get("/news.atom", feed);
    get("/news/new", new_article_page);
    change(Method::post, "/news", take_article);
    get("/news/:id", article_page);
    get("/news/:id/versions/:number", version_page);
    get("/news/:id/edit", edit_page);
    change(Method::put, "/news/:id", rewrite_article);
    change(Method::post, "/news/:id/correct", correct_article);
    change(Method::post, "/news/:id/drop", drop_article);
    routes.add({.method = Method::post,
                .path = "/news/:id/photos",
                .access = web::Access::files,
                .handler = [desk](const Request& request) { return add_photo(*desk, request); },
                .body_limit = web::upload_limit});
    change(Method::post, "/news/:id/photos/:photo", change_photo);
    change(Method::post, "/news/:id/publish", publish_article);
    change(Method::post, "/news/:id/withdraw", withdraw_article);
}

evidence::MaySee may_see_photos() {
    return [](const store::Reader& reader, const people::Viewer* viewer, const evidence::Evidence& file) {
        auto seen = evidence::Seen::nothing;
        for (const Showing& one : showing(reader, file.public_id)) {
            const Article shown = article(reader, one.article);
            if (Gate::may(reader, viewer, Action::write_news, {.unit = shown.unit})) return evidence::Seen::original;
            if (one.published > 0 && shown.state == ArticleState::published) seen = evidence::Seen::copies;
        }
        return seen;
    };
}

people::Naming naming() {
    return [](const store::Reader& reader, const people::Viewer* viewer, const std::string& id,
              Language) -> std::optional<people::Name> {
        const auto found = find_article(reader, id);
        if (!found) return std::nullopt;
        const bool writes = Gate::may(reader, viewer, Action::write_news, {.unit = found->unit});
        // what was withdrawn is told to its writers alone
        if (!writes && found->state != ArticleState::published) return std::nullopt;
        const int number = found->was_published() ? found->shown : found->draft;
        return people::Name{version(reader, found->id, number).text.title, found->href()};
    };
}

}  // namespace guidon::news

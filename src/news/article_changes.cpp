#include "news/article_changes.h"

#include "base/plain_text.h"
#include "comments/comments_rules.h"
#include "news/article_form.h"
#include "news/photo_changes.h"
#include "store/hash.h"
#include "web/again.h"
#include "web/precondition.h"

namespace guidon::news {

namespace json = boost::json;
using people::Action;
using people::Gate;
using people::Viewer;
using web::Answer;
using web::Request;

namespace {

/// The unit that publishes, by its code or id; Problem "news.unit".
UnitId read_unit(const store::Reader& reader, const std::string& text, Day today) {
    if (const auto unit = units::find_unit_by_code(reader, text, today)) return unit->id;
    const auto unit = units::find_unit(reader, text, today);
    if (!unit || !unit->exists.holds_on(today)) throw Problem("news.unit", {{"unit", text}}, "unit");
    return unit->id;
}

/// As the journal keeps it: names as hashes, long texts as their own.
json::object kept(const std::string& salt, const ArticleText& text) {
    json::array authors;
    for (const auto& name : text.authors) authors.push_back(json::value(people::personal_hash(salt, name)));
    json::object document{{"title", text.title},
                          {"language", code(text.language)},
                          {"lede", text.lede},
                          {"body", "sha256:" + store::sha256_hex(text.body)}};
    if (!authors.empty()) document["authors"] = std::move(authors);
    return document;
}

Answer form_page(const Request& request, json::object fields, json::object more) {
    Answer answer{.template_name = "news/edit"};
    json::array choices;
    for (const Language one : languages)
        choices.push_back(json::object{{"code", code(one)},
                                       {"title", say(request.language, "news.language." + std::string(code(one)))},
                                       {"selected", fields.at("language").as_string() == code(one)}});
    fields["languages"] = std::move(choices);
    answer.document = std::move(more);
    answer.document["fields"] = std::move(fields);
    return answer;
}

/// Who writes nowhere gets no form.
void must_write_somewhere(const store::Reader& reader, const Request& request) {
    const Viewer* viewer = people::viewer_of(request);
    if (!Gate::may_somewhere(viewer, Action::write_news)) throw Gate::refusal(reader, viewer, Action::write_news, {});
}

Answer new_form(const Request& request, json::object fields, const std::string& unit) {
    return form_page(request, std::move(fields),
                     {{"title", say(request.language, "news.new")},
                      {"lede", say(request.language, "news.new-lede")},
                      {"action", "/news"},
                      {"is_new", true},
                      {"unit", unit},
                      {"corrects", false}});
}

Answer edit_form(const Request& request, const Article& article, json::object fields, const std::string& note) {
    const std::string version = std::to_string(article.since);
    return form_page(request, std::move(fields),
                     {{"title", say(request.language, article.was_published() ? "news.correction" : "news.edit")},
                      {"action", article.href()},
                      {"back_href", article.href() + "/versions/" + std::to_string(article.draft)},
                      {"is_new", false},
                      {"if_match", version},
                      {"note", note},
                      {"corrects", article.was_published()}});
}

std::string read_note(const Request& request, const Article& article) {
    if (!article.was_published()) return "";
    return clean_line(request.field("note"), longest_lede, "note");
}

Answer store_new(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const Viewer* viewer = people::viewer_of(request);
    must_write_somewhere(reader, request);
    const UnitId unit = read_unit(reader, request.field("unit"), desk.today());
    const auto permit = Gate::permit(reader, viewer, Action::write_news, {.unit = unit});
    const ArticleText text = read_article(request);

    auto change = desk.store.change(permit);
    const Article added = article(change, add_article(change, unit, text));
    Answer answer = at_article(desk, change, request, added, 201);
    change.commit("article.added", added.public_id, {{"after", kept(added.salt, text)}});
    return answer;
}

Answer store_text(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const auto [before, permit] = open_article(reader, request);
    must_be_written(before);
    web::must_match(request, std::to_string(before.since));
    const ArticleText text = read_article(request);
    const std::string note = read_note(request, before);

    auto change = desk.store.change(permit);
    rewrite(change, before, text, note);
    Answer answer = at_article(desk, change, request, article(change, before.id));
    change.commit("article.changed", before.public_id, {{"after", kept(before.salt, text)}});
    return answer;
}

/// The thread of comments follows the article: it begins with it, is called as it is, and goes with it.
void follow(store::Change& change, const Article& article) {
    const auto thread = comments::thread_of(change, article.href());
    const std::string title = version(change, article.id, article.shown).text.title;
    if (thread)
        comments::retitle_thread(change, thread->id, title);
    else
        comments::begin_thread(change, article.href(), title, article.unit);
}

}  // namespace

Opened open_article(const store::Reader& reader, const Request& request) {
    if (const Viewer* viewer = people::viewer_of(request); !viewer)
        throw Gate::refusal(reader, viewer, Action::write_news, {});
    const Article found = visible_article(reader, request);
    return {found, Gate::permit(reader, people::viewer_of(request), Action::write_news, {.unit = found.unit})};
}

void must_be_written(const Article& article) {
    if (article.draft == 0 || article.state == ArticleState::withdrawn)
        throw Problem("news.state", {{"state", std::string(code(article.state))}}, "", 409);
}

Answer at_article(const Desk& desk, const store::Reader& reader, const Request& request, const Article& now,
                  int status) {
    const int number = now.draft > 0 ? now.draft : now.shown;
    Answer answer{.status = status, .template_name = "news/article"};
    answer.location = number == now.shown ? now.href() : now.href() + "/versions/" + std::to_string(number);
    answer.document = article_document(desk, reader, request, now, number);
    return answer;
}

Answer new_article_page(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    must_write_somewhere(reader, request);
    const Viewer* viewer = people::viewer_of(request);
    std::string unit;
    if (viewer->capacity && viewer->capacity->unit)
        unit = units::unit(reader, *viewer->capacity->unit, desk.today()).code;
    ArticleText empty;
    empty.language = request.language;
    return new_form(request, form_fields(empty), unit);
}

Answer edit_page(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const Article article = open_article(reader, request).article;
    must_be_written(article);
    const Version draft = version(reader, article.id, article.draft);
    return edit_form(request, article, form_fields(draft.text), draft.note);
}

Answer take_article(const Desk& desk, const Request& request) {
    try {
        return store_new(desk, request);
    } catch (const Problem& problem) {
        if (problem.status != 422) throw;
        return web::again(request, new_form(request, typed_fields(request), request.field("unit")), problem);
    }
}

Answer rewrite_article(const Desk& desk, const Request& request) {
    try {
        return store_text(desk, request);
    } catch (const Problem& problem) {
        if (problem.status != 422 && problem.status != 412) throw;
        const auto reader = desk.store.read();
        Article article = open_article(reader, request).article;
        // Who pressed the button on an old page sees what they typed, and presses again knowing it.
        return web::again(request, edit_form(request, article, typed_fields(request), request.field("note")), problem);
    }
}

Answer correct_article(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const auto [before, permit] = open_article(reader, request);
    web::must_match(request, std::to_string(before.since));
    if (before.state != ArticleState::published || before.draft > 0)
        throw Problem("news.state", {{"state", std::string(code(before.state))}}, "", 409);
    auto change = desk.store.change(permit);
    begin_correction(change, before);
    const Article now = article(change, before.id);
    Answer answer = at_article(desk, change, request, now);
    answer.location = now.href() + "/edit";
    change.commit("article.correction-begun", before.public_id, {{"version", now.draft}});
    return answer;
}

Answer drop_article(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const auto [before, permit] = open_article(reader, request);
    web::must_match(request, std::to_string(before.since));
    must_be_written(before);
    if (!before.was_published()) throw Problem("news.state", {{"state", std::string(code(before.state))}}, "", 409);
    auto change = desk.store.change(permit);
    const auto photos = version(change, before.id, before.draft).text.photos;
    drop_correction(change, before);
    forget_unshown(change, photos);
    Answer answer = at_article(desk, change, request, article(change, before.id));
    change.commit("article.correction-dropped", before.public_id, {{"version", before.draft}});
    return answer;
}

Answer publish_article(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const auto [before, permit] = open_article(reader, request);
    web::must_match(request, std::to_string(before.since));
    must_be_written(before);
    if (!before.was_published()) rule_of(before.state, ArticleMove::publish);
    const Version draft = version(reader, before.id, before.draft);
    if (draft.text.body.empty()) throw Problem("news.no-body", {}, "body");
    if (before.was_published() && draft.note.empty()) throw Problem("news.no-note", {}, "note");

    auto change = desk.store.change(permit);
    publish(change, before, desk.today());
    const Article now = article(change, before.id);
    follow(change, now);
    Answer answer = at_article(desk, change, request, now);
    json::object entry{{"version", now.shown}, {"after", kept(before.salt, draft.text)}};
    if (!draft.note.empty()) entry["note"] = draft.note;
    if (before.was_published()) entry["corrects"] = before.shown;
    change.commit(before.was_published() ? "article.corrected" : "article.published", before.public_id, entry);
    return answer;
}

Answer withdraw_article(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const auto [before, permit] = open_article(reader, request);
    web::must_match(request, std::to_string(before.since));
    rule_of(before.state, ArticleMove::withdraw);
    const std::string reason = comments::read_reason(request.field("reason"));

    auto change = desk.store.change(permit);
    withdraw(change, before, reason, desk.today());
    if (const auto thread = comments::thread_of(change, before.href()))
        comments::set_state(change, *thread, comments::ThreadState::hidden);
    Answer answer = at_article(desk, change, request, article(change, before.id));
    change.commit("article.withdrawn", before.public_id, {{"reason", reason}});
    return answer;
}

}  // namespace guidon::news

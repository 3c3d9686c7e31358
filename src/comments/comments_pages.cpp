#include "comments/comments_pages.h"

#include "comments/comment_changes.h"
#include "comments/thread_document.h"
#include "people/gate.h"
#include "people/people_list_store.h"

namespace guidon::comments {

namespace json = boost::json;
using people::Action;
using people::Gate;
using people::Viewer;
using web::Answer;
using web::Method;
using web::Request;

namespace {

constexpr std::size_t rows_per_page = 50;
constexpr int read_at_once = 200;

/// What waits within the moderator's scope, the oldest first; `more` says from where the next page goes on.
struct Waiting {
    std::vector<Comment> comments;
    bool more = false;
};
Waiting waiting_in(const store::Reader& reader, const people::Scope& scope, CommentId after) {
    Waiting found;
    while (true) {
        const auto some = waiting_comments(reader, after, read_at_once);
        for (const Comment& one : some) {
            after = one.id;
            if (!scope.holds(thread(reader, one.thread).unit)) continue;
            if (found.comments.size() == rows_per_page) {
                found.more = true;
                return found;
            }
            found.comments.push_back(one);
        }
        if (some.size() < read_at_once) return found;
    }
}

}  // namespace

Answer moderators_list(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const Viewer* viewer = people::viewer_of(request);
    if (!Gate::may_somewhere(viewer, Action::moderate)) throw Gate::refusal(reader, viewer, Action::moderate, {});
    const auto scope = people::scope_of(reader, viewer, Action::moderate);
    const auto after = find_comment(reader, request.asked("after"));
    const auto found = waiting_in(reader, scope, after ? after->id : CommentId(0));
    json::array rows;
    for (const Comment& one : found.comments) {
        const Thread of = thread(reader, one.thread);
        json::object row = comment_part(reader, request, of, one);
        row["subject"] = of.subject;
        row["subject_title"] = of.title;
        rows.push_back(std::move(row));
    }
    Answer answer{.template_name = "comments/list"};
    answer.document = {{"title", say(request.language, "comments.to-moderate")},
                       {"lede", say(request.language, "comments.to-moderate-lede")},
                       {"from", "list"},
                       {"comments", std::move(rows)}};
    if (found.more) answer.document["next_href"] = "/comments?after=" + found.comments.back().public_id;
    return answer;
}

json::value comments_part(const Desk& desk, const store::Reader& reader, const Request& request,
                          const std::string& subject) {
    const auto found = thread_of(reader, subject);
    if (!found || found->state == ThreadState::hidden) return nullptr;
    return thread_document(desk, reader, request, *found, std::nullopt);
}

people::WorkPart comments_to_moderate() {
    return
        [](std::vector<people::WorkItem>& work, const store::Reader& reader, const Viewer& viewer, Language language) {
            if (!Gate::may_somewhere(&viewer, Action::moderate)) return;
            const auto waiting = waiting_by_unit(reader);
            if (waiting.empty()) return;
            const auto scope = people::scope_of(reader, &viewer, Action::moderate);
            std::int64_t count = 0;
            for (const auto& [unit, here] : waiting)
                if (scope.holds(unit)) count += here;
            if (count == 0) return;
            work.push_back({.title = say(language, "comments.to-moderate"),
                            .about = {},
                            .count = count,
                            .due = Day::never(),
                            .href = "/comments"});
        };
}

people::PersonPart person_part() {
    people::PersonPart part;
    part.tell_all = [](json::object& data, const store::Reader& reader, const people::Person& person) {
        json::array written, reported;
        for (const Comment& one : comments_by(reader, person.id))
            written.push_back(json::object{{"id", one.public_id},
                                           {"about", thread(reader, one.thread).subject},
                                           {"text", one.body},
                                           {"state", code(one.state)},
                                           {"reason", one.reason},
                                           {"at_utc_ms", one.at_utc_ms}});
        for (const auto& [id, report] : reports_by(reader, person.id))
            reported.push_back(
                json::object{{"comment", id}, {"reason", report.reason}, {"at_utc_ms", report.at_utc_ms}});
        data["comments"] = std::move(written);
        data["reported_comments"] = std::move(reported);
    };
    part.erase = [](store::Change& change, const people::Person& person) { forget_person(change, person.id); };
    return part;
}

void add_routes(web::Routes& routes, Desk& desk) {
    const auto change = [&](const char* path, Answer (*handler)(Desk&, const Request&)) {
        routes.change(Method::post, path, [&desk, handler](const Request& request) { return handler(desk, request); });
    };
    routes.get("/threads/:id", [&desk](const Request& request) { return thread_page(desk, request); });
    change("/threads/:id/comments", write_comment);
    change("/threads/:id/close", close_thread);
    change("/threads/:id/reopen", reopen_thread);
    routes.get("/comments", [&desk](const Request& request) { return moderators_list(desk, request); });
    for (const Verdict verdict : {Verdict::show, Verdict::reject, Verdict::remove})
        routes.change(Method::post, "/comments/:id/" + std::string(code(verdict)),
                      [&desk, verdict](const Request& request) { return decide_comment(desk, request, verdict); });
    change("/comments/:id/keep", keep_comment);
    change("/comments/:id/report", report_comment);
}

}  // namespace guidon::comments

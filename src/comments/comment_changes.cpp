#include "comments/comment_changes.h"

#include "comments/thread_document.h"
#include "people/gate.h"
#include "web/again.h"
#include "web/peers.h"
#include "web/precondition.h"

namespace guidon::comments {

namespace json = boost::json;
using people::Action;
using people::Gate;
using people::Viewer;
using web::Answer;
using web::Request;

namespace {

/// The thread that the address names; hidden ones are there for their moderators alone. Problem "comments.unknown".
Thread visible_thread(const store::Reader& reader, const Request& request, const std::optional<Thread>& found) {
    if (found && (found->state != ThreadState::hidden || may_moderate(reader, request, *found))) return *found;
    throw Problem("comments.unknown", {{"id", request.place.at("id")}}, "", 404);
}
Thread asked_thread(const store::Reader& reader, const Request& request) {
    return visible_thread(reader, request, find_thread(reader, request.place.at("id")));
}

struct Asked {
    Comment comment;
    Thread thread;
};
/// The comment that the address of a change names: one that is shown, or any for moderators. The public is asked to
/// sign in, whether there is one or not.
Asked asked_comment(const store::Reader& reader, const Request& request) {
    auto found = find_comment(reader, request.place.at("id"));
    std::optional<Thread> of;
    if (found) of = thread(reader, found->thread);
    if (of && found->state != CommentState::shown && !may_moderate(reader, request, *of)) of.reset();
    if (!of && !people::viewer_of(request)) throw Problem("gate.sign-in", {}, "", 401);
    const Thread visible = visible_thread(reader, request, of);
    return {*std::move(found), visible};
}

/// Whoever writes: a person, or somebody of the public where that is permitted.
store::Permit permit_writing(const store::Reader& reader, const Viewer* viewer) {
    if (viewer || !open_to_public(reader)) return Gate::own(viewer);
    return Gate::program("public");
}
/// A report may come from everybody: it is often about somebody who has no account here.
store::Permit permit_reporting(const Viewer* viewer) {
    return viewer ? Gate::own(viewer) : Gate::program("public");
}

void must_be_rare(web::TokenBuckets& buckets, const Request& request, std::int64_t now_utc_ms) {
    const Viewer* viewer = people::viewer_of(request);
    const auto address = web::IpAddress::parse(request.client);
    const std::string client = address ? address->client_key() : request.client;
    const auto verdict = buckets.take(viewer ? "person " + viewer->person : client, now_utc_ms);
    if (verdict.allowed) return;
    const auto seconds = (verdict.wait.count() + 999) / 1000;
    throw Problem("comments.too-many", {{"seconds", std::to_string(seconds)}}, "", 429);
}

/// Of the public: the form was made here, some seconds ago.
void must_be_of_our_form(const Desk& desk, const Request& request, const Thread& thread) {
    if (people::viewer_of(request)) return;
    const auto moment = moment_of(desk, thread, request.field("moment"));
    if (!moment) throw Problem("comments.stale");
    must_take_time(*moment, desk.store.now_utc_ms());
}

/// A field that people do not see: whoever fills it is a program, and is told what it wants to hear.
bool is_trapped(const Request& request) {
    return !people::viewer_of(request) && !request.field("website").empty();
}

Answer led_back(const Thread& thread, const std::string& state, const std::string& anchor) {
    Answer answer{.status = 201, .template_name = "comments/thread"};
    answer.location = thread.subject + (state == "pending" ? "?comment=waiting" : "") + "#" + anchor;
    answer.document = {{"done", true}, {"state", state}};
    return answer;
}

Answer store_comment(Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const Thread of = asked_thread(reader, request);
    const Viewer* viewer = people::viewer_of(request);
    const auto permit = permit_writing(reader, viewer);
    if (of.state != ThreadState::open) throw Problem("comments.closed", {}, "", 409);
    if (is_trapped(request)) return led_back(of, "pending", "comments");
    Comment wish;
    wish.thread = of.id;
    wish.body = read_comment(request.field("text"));
    if (viewer) {
        wish.person = viewer->person_id;
        if (viewer->capacity) wish.office = viewer->capacity->office;
        if (may_moderate(reader, request, of)) wish.state = CommentState::shown;
    } else {
        wish.name = read_public_name(request.field("name"));
    }
    must_be_of_our_form(desk, request, of);
    if (const auto before = same_comment(reader, wish))
        return led_back(of, std::string(code(before->state)), "comment-" + before->public_id);
    must_be_rare(desk.writes, request, desk.store.now_utc_ms());

    auto change = desk.store.change(permit);
    const Comment added = comment(change, add_comment(change, wish));
    json::object entry{
        {"about", of.subject}, {"state", code(added.state)}, {"text", people::personal_hash(added.salt, added.body)}};
    if (!added.person) entry["name"] = people::personal_hash(added.salt, added.name);
    change.commit("comment.added", added.public_id, {{"after", std::move(entry)}});
    Answer answer =
        led_back(of, std::string(code(added.state)), viewer ? "comment-" + added.public_id : std::string("comments"));
    answer.document["id"] = added.public_id;
    return answer;
}

Answer store_report(Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const auto [what, of] = asked_comment(reader, request);
    const Viewer* viewer = people::viewer_of(request);
    const auto permit = permit_reporting(viewer);
    if (what.state != CommentState::shown)
        throw Problem("comments.state", {{"state", std::string(code(what.state))}}, "", 409);
    if (is_trapped(request)) return led_back(of, "reported", "comments");
    Report report;
    report.reason = read_reason(request.field("reason"));
    if (viewer) report.person = viewer->person_id;
    must_be_of_our_form(desk, request, of);
    must_be_rare(desk.reports, request, desk.store.now_utc_ms());

    auto change = desk.store.change(permit);
    if (add_report(change, what, report))
        change.commit("comment.reported", what.public_id,
                      {{"after", json::object{{"reason", people::personal_hash(what.salt, report.reason)}}}});
    Answer answer = led_back(of, "reported", "comments");
    answer.location = of.subject + "?comment=reported#comments";
    return answer;
}

/// The page of the thread again, with what was typed: of a new comment in its form, of a reason at the comment.
Answer refused(const Desk& desk, const Request& request, const std::optional<Thread>& of, const Problem& problem) {
    if (!of || (problem.status != 422 && problem.status != 429 && problem.status != 409 && problem.status != 412))
        throw;
    const auto reader = desk.store.read();
    Answer page{.template_name = "comments/thread"};
    json::object part = thread_document(desk, reader, request, *of, std::nullopt);
    json::object typed;
    for (const char* name : {"text", "name"}) typed[name] = request.field(name);
    part["typed"] = std::move(typed);
    for (auto& row : part.at("comments").as_array())
        if (row.at("id").as_string() == request.place.at("id"))
            row.as_object()["typed_reason"] = request.field("reason");
    page.document = {{"title", part.at("count_text")}, {"thread", std::move(part)}};
    return web::again(request, std::move(page), problem);
}

/// Where the moderator was: in their list, or at the comment.
Answer decided(const store::Reader& reader, const Request& request, const Thread& of, const Comment& now) {
    Answer answer{.template_name = "comments/thread"};
    answer.location = request.field("from") == "list" ? "/comments" : of.subject + "#comments";
    answer.document = {
        {"done", true}, {"comment", comment_part(reader, request, of, now)}, {"count", thread(reader, of.id).shown}};
    return answer;
}

Answer switch_thread(const Desk& desk, const Request& request, ThreadState state, const char* what) {
    const auto reader = desk.store.read();
    const Thread of = asked_thread(reader, request);
    auto change =
        desk.store.change(Gate::permit(reader, people::viewer_of(request), Action::moderate, {.unit = of.unit}));
    web::must_match(request, std::to_string(of.since));
    set_state(change, of, state);
    change.commit(what, of.public_id,
                  {{"about", of.subject},
                   {"before", json::object{{"state", code(of.state)}}},
                   {"after", json::object{{"state", code(state)}}}});
    Answer answer{.template_name = "comments/thread"};
    answer.location = of.subject + "#comments";
    answer.document = {{"done", true}, {"state", code(state)}};
    return answer;
}

}  // namespace

Answer thread_page(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const Thread of = asked_thread(reader, request);
    std::optional<CommentId> before;
    if (const auto found = find_comment(reader, request.asked("before")); found && found->thread == of.id)
        before = found->id;
    Answer answer{.template_name = "comments/thread"};
    json::object part = thread_document(desk, reader, request, of, before);
    answer.document = {{"title", part.at("count_text")}, {"thread", std::move(part)}};
    return answer;
}

Answer write_comment(Desk& desk, const Request& request) {
    try {
        return store_comment(desk, request);
    } catch (const Problem& problem) {
        return refused(desk, request, find_thread(desk.store.read(), request.place.at("id")), problem);
    }
}

Answer report_comment(Desk& desk, const Request& request) {
    try {
        return store_report(desk, request);
    } catch (const Problem& problem) {
        const auto reader = desk.store.read();
        const auto found = find_comment(reader, request.place.at("id"));
        return refused(desk, request, found ? std::optional(thread(reader, found->thread)) : std::nullopt, problem);
    }
}

namespace {

/// Another moderator was faster: says what became of it.
void must_be_current(const Request& request, const Comment& what) {
    if (!web::matches(request, std::to_string(what.since)))
        throw Problem("comments.overtaken", {{"state", std::string(code(what.state))}}, "", 412);
}

Answer decide(Desk& desk, const Request& request, Verdict verdict) {
    const auto reader = desk.store.read();
    const auto [what, of] = asked_comment(reader, request);
    auto change =
        desk.store.change(Gate::permit(reader, people::viewer_of(request), Action::moderate, {.unit = of.unit}));
    must_be_current(request, what);
    const Move& move = move_of(what.state, verdict);
    const std::string reason = move.reason == Reason::needed ? read_reason(request.field("reason")) : "";
    comments::decide(change, what, move, reason);
    json::object after{{"state", code(move.to)}};
    if (!reason.empty()) after["reason"] = reason;
    Answer answer = decided(change, request, of, comment(change, what.id));
    change.commit(
        "comment." + std::string(code(move.to)), what.public_id,
        {{"about", of.subject}, {"before", json::object{{"state", code(move.from)}}}, {"after", std::move(after)}});
    return answer;
}

Answer keep(Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const auto [what, of] = asked_comment(reader, request);
    auto change =
        desk.store.change(Gate::permit(reader, people::viewer_of(request), Action::moderate, {.unit = of.unit}));
    must_be_current(request, what);
    if (what.reports == 0) throw Problem("comments.state", {{"state", std::string(code(what.state))}}, "", 409);
    settle_reports(change, what);
    Answer answer = decided(change, request, of, comment(change, what.id));
    change.commit("comment.kept", what.public_id, {{"about", of.subject}, {"reports", what.reports}});
    return answer;
}

/// Where the moderator was, with the reason why nothing was decided.
Answer decided_again(const Desk& desk, const Request& request, const Problem& problem) {
    const auto reader = desk.store.read();
    const auto what = find_comment(reader, request.place.at("id"));
    if (request.field("from") != "list")
        return refused(desk, request, what ? std::optional(thread(reader, what->thread)) : std::nullopt, problem);
    if (problem.status != 422 && problem.status != 409 && problem.status != 412) throw;
    return web::again(request, moderators_list(desk, request), problem);
}

}  // namespace

Answer decide_comment(Desk& desk, const Request& request, Verdict verdict) {
    try {
        return decide(desk, request, verdict);
    } catch (const Problem& problem) {
        return decided_again(desk, request, problem);
    }
}

Answer keep_comment(Desk& desk, const Request& request) {
    try {
        return keep(desk, request);
    } catch (const Problem& problem) {
        return decided_again(desk, request, problem);
    }
}

Answer close_thread(Desk& desk, const Request& request) {
    return switch_thread(desk, request, ThreadState::closed, "thread.closed");
}

Answer reopen_thread(Desk& desk, const Request& request) {
    return switch_thread(desk, request, ThreadState::open, "thread.reopened");
}

}  // namespace guidon::comments

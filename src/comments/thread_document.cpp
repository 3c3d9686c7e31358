#include "comments/thread_document.h"

#include <charconv>

#include "accounts/secret.h"
#include "accounts/settings_store.h"
#include "base/moment.h"
#include "people/people_list_store.h"

namespace guidon::comments {

namespace json = boost::json;
using people::Action;
using people::Gate;
using people::Viewer;
using web::Request;

namespace {

constexpr int most_shown = 50;

/// Who wrote it: a person with the office in which they spoke, or a name that nobody has checked.
json::object author_part(const store::Reader& reader, const Request& request, const Comment& comment) {
    if (!comment.person)
        return {{"name", comment.name}, {"visible", false}, {"of_public", true}, {"has_office", false}};
    const auto person = people::person(reader, *comment.person);
    auto part = people::person_reference(reader, people::viewer_of(request), person, request.language);
    part["of_public"] = false;
    const bool has_office = comment.office && !person.erased;
    part["has_office"] = has_office;
    if (has_office)
        part["office_text"] = people::office_text(reader, people::office(reader, *comment.office),
                                                  Day::of_utc_ms(comment.at_utc_ms), request.language);
    return part;
}

json::array verdicts_part(const Comment& comment, Language language) {
    json::array verdicts;
    const std::string at = "/comments/" + comment.public_id + "/";
    for (const Move& move : moves) {
        if (move.from != comment.state) continue;
        const std::string verdict(code(move.verdict));
        verdicts.push_back(json::object{{"code", verdict},
                                        {"action", at + verdict},
                                        {"title", say(language, "comments.verdict." + verdict)},
                                        {"needs_reason", move.reason == Reason::needed}});
    }
    if (comment.state == CommentState::shown && comment.reports > 0)
        verdicts.push_back(json::object{{"code", "keep"},
                                        {"action", at + "keep"},
                                        {"title", say(language, "comments.verdict.keep")},
                                        {"needs_reason", false}});
    return verdicts;
}

json::array reports_part(const store::Reader& reader, const Comment& comment, Language language) {
    json::array reports;
    if (comment.reports == 0) return reports;
    for (const Report& report : open_reports(reader, comment.id))
        reports.push_back(json::object{{"reason", report.reason},
                                       {"at_text", moment_text(language, report.at_utc_ms, DateStyle::medium)}});
    return reports;
}

/// How the caller may write here: as themselves, as somebody of the public, or not.
void tell_form(json::object& document, const Desk& desk, const store::Reader& reader, const Request& request,
               const Thread& thread) {
    const Viewer* viewer = people::viewer_of(request);
    const bool open = thread.state == ThreadState::open;
    const bool as_public = !viewer && open_to_public(reader);
    const bool may_write = open && (as_public || (viewer && !viewer->token));
    document["may_write"] = may_write;
    document["as_public"] = as_public;
    document["must_sign_in"] = open && !viewer && !as_public;
    document["write_action"] = "/threads/" + thread.public_id + "/comments";
    if (!viewer) document["moment"] = moment_seal(desk, thread);  // a report of the public has one, too
    const std::string outcome = request.asked("comment");
    if (outcome == "waiting" || outcome == "reported")
        document["outcome_text"] = say(request.language, "comments.outcome." + outcome);
}

}  // namespace

bool may_moderate(const store::Reader& reader, const Request& request, const Thread& thread) {
    return Gate::may(reader, people::viewer_of(request), Action::moderate, {.unit = thread.unit});
}

bool open_to_public(const store::Reader& reader) {
    return accounts::setting(reader, "comments.public") == "1";
}

json::object comment_part(const store::Reader& reader, const Request& request, const Thread& thread,
                          const Comment& comment) {
    const Viewer* viewer = people::viewer_of(request);
    const bool moderates = may_moderate(reader, request, thread);
    const bool own = viewer && comment.person == viewer->person_id;
    const bool shown = comment.state == CommentState::shown;
    const std::string state(code(comment.state));
    json::object part{{"id", comment.public_id},
                      {"href", thread.subject + "#comment-" + comment.public_id},
                      {"author", author_part(reader, request, comment)},
                      {"at", Day::of_utc_ms(comment.at_utc_ms).text()},
                      {"at_text", moment_text(request.language, comment.at_utc_ms, DateStyle::medium)},
                      {"text", comment.body},
                      {"state", state},
                      {"shown", shown},
                      {"state_text", say(request.language, "comments.state." + state)},
                      {"version", std::to_string(comment.since)},
                      {"may_report", shown && !own && !moderates && !(viewer && viewer->token)},
                      {"report_action", "/comments/" + comment.public_id + "/report"},
                      {"moderates", moderates}};
    const bool told_why = !comment.reason.empty() && (own || moderates);
    part["has_reason"] = told_why;
    if (told_why) part["reason"] = comment.reason;
    part["verdicts"] = moderates ? verdicts_part(comment, request.language) : json::array();
    part["reports"] = moderates ? reports_part(reader, comment, request.language) : json::array();
    return part;
}

json::object thread_document(const Desk& desk, const store::Reader& reader, const Request& request,
                             const Thread& thread, std::optional<CommentId> before) {
    const Viewer* viewer = people::viewer_of(request);
    const bool moderates = may_moderate(reader, request, thread);
    Eyes eyes{.person = {}, .moderator = moderates};
    if (viewer) eyes.person = viewer->person_id;
    const auto found = comments_in(reader, thread.id, eyes, before, most_shown + 1);
    const std::size_t skipped = found.size() > most_shown ? 1 : 0;
    json::array rows;
    for (std::size_t i = skipped; i < found.size(); ++i)
        rows.push_back(comment_part(reader, request, thread, found[i]));
    const std::string href = "/threads/" + thread.public_id;
    json::object document{
        {"id", thread.public_id},
        {"href", href},
        {"subject", thread.subject},
        {"subject_title", thread.title},
        {"state", code(thread.state)},
        {"closed", thread.state != ThreadState::open},
        {"count", thread.shown},
        {"count_text", say(request.language, "comments.count", {{"count", std::to_string(thread.shown)}})},
        {"version", std::to_string(thread.since)},
        {"may_moderate", moderates},
        {"has_comments", !rows.empty()},
        {"comments", std::move(rows)}};
    if (skipped > 0) document["earlier_href"] = href + "?before=" + found[skipped].public_id;
    if (moderates && thread.state != ThreadState::hidden) {
        const bool open = thread.state == ThreadState::open;
        document["switch_action"] = href + (open ? "/close" : "/reopen");
        document["switch_text"] = say(request.language, open ? "comments.close" : "comments.reopen");
    }
    tell_form(document, desk, reader, request, thread);
    return document;
}

std::string moment_seal(const Desk& desk, const Thread& thread) {
    return accounts::sealed(desk.key, thread.public_id + " " + std::to_string(desk.store.now_utc_ms()));
}

std::optional<std::int64_t> moment_of(const Desk& desk, const Thread& thread, const std::string& seal) {
    const auto text = accounts::unsealed(desk.key, seal);
    const std::string begin = thread.public_id + " ";
    if (!text || !text->starts_with(begin)) return std::nullopt;
    std::int64_t moment = 0;
    const char* const end = text->data() + text->size();
    const auto read = std::from_chars(text->data() + begin.size(), end, moment);
    if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
    return moment;
}

}  // namespace guidon::comments

#include "comments/comments_store.h"

#include <algorithm>

#include "accounts/secret.h"
#include "base/assert.h"
#include "store/sql.h"

namespace guidon::comments {

using store::first_of;
using store::next_id;
using store::rows;
using store::run;

namespace {

template <class... Arguments>
std::vector<Thread> read_threads(const store::Reader& reader, const std::string& rest, const Arguments&... arguments) {
    std::vector<Thread> all;
    for (auto& [id, public_id, subject, title, unit, state, shown, since] :
         rows<ThreadId, std::string, std::string, std::string, UnitId, std::string, std::int64_t, std::int64_t>(
             reader, "SELECT id, public_id, subject, title, unit, state, shown, since_seq FROM comment_thread " + rest,
             arguments...))
        all.push_back({id, public_id, subject, title, unit, thread_state_of(state).value(), shown, since});
    return all;
}

template <class... Arguments>
std::vector<Comment> read_comments(const store::Reader& reader, const std::string& rest,
                                   const Arguments&... arguments) {
    std::vector<Comment> all;
    for (auto& [id, public_id, thread, state, body, person, office, name, salt, at, reason, reports, since] :
         rows<CommentId, std::string, ThreadId, std::string, std::string, std::optional<PersonId>,
              std::optional<OfficeId>, std::string, std::string, std::int64_t, std::string, std::int64_t, std::int64_t>(
             reader,
             "SELECT id, public_id, thread, state, body, person, office, name, salt, at_utc_ms, reason, reports,"
             " since_seq FROM comment " +
                 rest,
             arguments...))
        all.push_back({id, public_id, thread, comment_state_of(state).value(), body, person, office, name, salt, at,
                       reason, reports, since});
    return all;
}

void count_shown(store::Change& change, ThreadId thread, int more) {
    run(change, "UPDATE comment_thread SET shown = shown + :more WHERE id = :id", more, thread);
}

}  // namespace

std::optional<Thread> find_thread(const store::Reader& reader, std::string_view public_id) {
    return first_of(read_threads(reader, "WHERE public_id = :id", public_id));
}

std::optional<Thread> thread_of(const store::Reader& reader, std::string_view subject) {
    return first_of(read_threads(reader, "WHERE subject = :subject", subject));
}

Thread thread(const store::Reader& reader, ThreadId id) {
    return read_threads(reader, "WHERE id = :id", id).at(0);
}

ThreadId begin_thread(store::Change& change, const std::string& subject, const std::string& title, UnitId unit) {
    const ThreadId id(next_id(change, "comment_thread"));
    run(change,
        "INSERT INTO comment_thread (id, public_id, subject, title, unit, state, shown, since_seq)"
        " VALUES (:id, :public, :subject, :title, :unit, 'open', 0, :seq)",
        id, store::new_public_id(), subject, title, unit, change.next_seq());
    return id;
}

void retitle_thread(store::Change& change, ThreadId id, const std::string& title) {
    run(change, "UPDATE comment_thread SET title = :title WHERE id = :id", title, id);
}

void set_state(store::Change& change, const Thread& thread, ThreadState state) {
    if (!may_become(thread.state, state))
        throw Problem("comments.thread-state", {{"state", std::string(code(thread.state))}}, "", 409);
    run(change, "UPDATE comment_thread SET state = :state, since_seq = :seq WHERE id = :id", code(state),
        change.next_seq(), thread.id);
}

std::optional<Comment> find_comment(const store::Reader& reader, std::string_view public_id) {
    return first_of(read_comments(reader, "WHERE public_id = :id", public_id));
}

Comment comment(const store::Reader& reader, CommentId id) {
    return read_comments(reader, "WHERE id = :id", id).at(0);
}

std::optional<Comment> same_comment(const store::Reader& reader, const Comment& wish) {
    const std::string same = "WHERE thread = :thread AND state IN ('pending', 'shown') AND body = :body AND ";
    if (wish.person)
        return first_of(read_comments(reader, same + "person = :person", wish.thread, wish.body, *wish.person));
    return first_of(read_comments(reader, same + "person IS NULL AND name = :name", wish.thread, wish.body, wish.name));
}

std::vector<Comment> comments_in(const store::Reader& reader, ThreadId thread, const Eyes& eyes,
                                 std::optional<CommentId> before, int most) {
    const PersonId nobody(0);
    auto found = read_comments(reader,
                               "WHERE thread = :thread AND (state = 'shown' OR person = :own OR (state = 'pending' AND"
                               " :moderates = 1)) AND id < :before ORDER BY id DESC LIMIT :most",
                               thread, eyes.person.value_or(nobody), eyes.moderator ? 1 : 0,
                               before.value_or(CommentId(INT32_MAX)), most);
    std::reverse(found.begin(), found.end());
    return found;
}

CommentId add_comment(store::Change& change, const Comment& wish) {
    const CommentId id(next_id(change, "comment"));
    run(change,
        "INSERT INTO comment (id, public_id, thread, state, body, person, office, name, salt, at_utc_ms, reason,"
        " reports, waiting, since_seq) VALUES (:id, :public, :thread, :state, :body, :person, :office, :name, :salt,"
        " :at, '', 0, :waiting, :seq)",
        id, store::new_public_id(), wish.thread, code(wish.state), wish.body, wish.person, wish.office, wish.name,
        accounts::new_key(), change.at_utc_ms(), wish.waiting() ? 1 : 0, change.next_seq());
    if (wish.state == CommentState::shown) count_shown(change, wish.thread, 1);
    return id;
}

void decide(store::Change& change, const Comment& comment, const Move& move, const std::string& reason) {
    GUIDON_ASSERT(move.from == comment.state);
    settle_reports(change, comment);
    run(change, "UPDATE comment SET state = :state, reason = :reason, waiting = 0, since_seq = :seq WHERE id = :id",
        code(move.to), reason, change.next_seq(), comment.id);
    count_shown(change, comment.thread,
                (move.to == CommentState::shown ? 1 : 0) - (move.from == CommentState::shown ? 1 : 0));
}

void settle_reports(store::Change& change, const Comment& comment) {
    run(change, "UPDATE comment_report SET settled_seq = :seq WHERE comment = :comment AND settled_seq = 0",
        change.next_seq(), comment.id);
    run(change, "UPDATE comment SET reports = 0, waiting = :waiting, since_seq = :seq WHERE id = :id",
        comment.state == CommentState::pending ? 1 : 0, change.next_seq(), comment.id);
}

bool add_report(store::Change& change, const Comment& comment, const Report& report) {
    if (report.person) {
        const auto before =
            rows<std::int64_t>(change, "SELECT id FROM comment_report WHERE comment = :comment AND person = :person",
                               comment.id, *report.person);
        if (!before.empty()) return false;
    }
    run(change,
        "INSERT INTO comment_report (id, comment, reason, person, at_utc_ms, settled_seq)"
        " VALUES (:id, :comment, :reason, :person, :at, 0)",
        next_id(change, "comment_report"), comment.id, report.reason, report.person, change.at_utc_ms());
    run(change, "UPDATE comment SET reports = reports + 1, waiting = 1 WHERE id = :id", comment.id);
    return true;
}

std::vector<Report> open_reports(const store::Reader& reader, CommentId comment) {
    std::vector<Report> all;
    for (auto& [reason, person, at] : rows<std::string, std::optional<PersonId>, std::int64_t>(
             reader,
             "SELECT reason, person, at_utc_ms FROM comment_report WHERE comment = :comment AND settled_seq = 0"
             " ORDER BY id",
             comment))
        all.push_back({reason, person, at, true});
    return all;
}

std::vector<Comment> waiting_comments(const store::Reader& reader, CommentId after, int most) {
    return read_comments(reader, "WHERE waiting = 1 AND id > :after ORDER BY id LIMIT :most", after, most);
}

std::vector<std::pair<UnitId, std::int64_t>> waiting_by_unit(const store::Reader& reader) {
    std::vector<std::pair<UnitId, std::int64_t>> all;
    for (const auto& [unit, count] : rows<UnitId, std::int64_t>(
             reader,
             "SELECT t.unit, count(*) FROM comment c JOIN comment_thread t ON t.id = c.thread WHERE c.waiting = 1"
             " GROUP BY t.unit"))
        all.emplace_back(unit, count);
    return all;
}

std::vector<Comment> comments_by(const store::Reader& reader, PersonId person) {
    return read_comments(reader, "WHERE person = :person ORDER BY id", person);
}

std::vector<std::pair<std::string, Report>> reports_by(const store::Reader& reader, PersonId person) {
    std::vector<std::pair<std::string, Report>> all;
    for (auto& [comment, reason, at, settled] : rows<std::string, std::string, std::int64_t, std::int64_t>(
             reader,
             "SELECT c.public_id, r.reason, r.at_utc_ms, r.settled_seq FROM comment_report r"
             " JOIN comment c ON c.id = r.comment WHERE r.person = :person ORDER BY r.id",
             person))
        all.emplace_back(comment, Report{reason, person, at, settled == 0});
    return all;
}

void forget_person(store::Change& change, PersonId person) {
    run(change,
        "UPDATE comment SET body = '', waiting = 0, state = CASE WHEN state = 'pending' THEN 'rejected' ELSE state END,"
        " since_seq = :seq WHERE person = :person AND state <> 'shown'",
        change.next_seq(), person);
    run(change, "UPDATE comment SET salt = '' WHERE person = :person", person);
    run(change, "UPDATE comment_report SET reason = '' WHERE person = :person", person);
}

std::vector<Problem> check_comments(const store::Reader& reader) {
    std::vector<Problem> found;
    for (const auto& [subject, kept, counted] : rows<std::string, std::int64_t, std::int64_t>(
             reader,
             "SELECT t.subject, t.shown, (SELECT count(*) FROM comment c WHERE c.thread = t.id AND c.state = 'shown')"
             " FROM comment_thread t WHERE t.shown <>"
             " (SELECT count(*) FROM comment c WHERE c.thread = t.id AND c.state = 'shown') ORDER BY t.id LIMIT 100"))
        found.emplace_back(
            "doctor.thread-count",
            Arguments{{"subject", subject}, {"kept", std::to_string(kept)}, {"counted", std::to_string(counted)}});
    const std::string open_count =
        "(SELECT count(*) FROM comment_report r WHERE r.comment = c.id AND r.settled_seq = 0)";
    for (const auto& [id] : rows<std::string>(
             reader, "SELECT c.public_id FROM comment c WHERE c.reports <> " + open_count +
                         " OR c.waiting <> CASE WHEN c.state = 'pending' OR (c.state = 'shown' AND c.reports > 0)"
                         " THEN 1 ELSE 0 END ORDER BY c.id LIMIT 100"))
        found.emplace_back("doctor.comment-waiting", Arguments{{"comment", id}});
    return found;
}

}  // namespace guidon::comments

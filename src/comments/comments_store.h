// How are threads and comments kept, and their counter right? A thread hangs on the address of what is commented on, so
// that any noun can have one; its counter moves with each comment that is shown or removed, in the same transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/problem.h"
#include "comments/comments_rules.h"
#include "people/viewer.h"
#include "store/store.h"

namespace guidon::comments {

using ThreadId = Id<struct ThreadTag>;
using CommentId = Id<struct CommentTag>;
using people::OfficeId;
using people::PersonId;
using units::UnitId;

struct Thread {
    ThreadId id;
    std::string public_id;
    std::string subject;  // address of what is commented on: "/news/…"
    std::string title;    // what that is called
    UnitId unit;          // whose moderators decide
    ThreadState state = ThreadState::open;
    std::int64_t shown = 0;  // the counter
    std::int64_t since = 0;  // journal entry that last changed the thread itself: its version

    bool operator==(const Thread&) const = default;
};

std::optional<Thread> find_thread(const store::Reader& reader, std::string_view public_id);
std::optional<Thread> thread_of(const store::Reader& reader, std::string_view subject);
Thread thread(const store::Reader& reader, ThreadId id);  // must exist

/// For the noun that owns the subject, within its own change.
ThreadId begin_thread(store::Change& change, const std::string& subject, const std::string& title, UnitId unit);
void retitle_thread(store::Change& change, ThreadId id, const std::string& title);
/// Problem "comments.thread-state" (409) where the move is not permitted.
void set_state(store::Change& change, const Thread& thread, ThreadState state);

struct Comment {
    CommentId id;
    std::string public_id;
    ThreadId thread;
    CommentState state = CommentState::pending;
    std::string body;
    std::optional<PersonId> person;  // nothing: somebody of the public
    std::optional<OfficeId> office;  // in which they spoke
    std::string name;                // of somebody of the public
    std::string salt;
    std::int64_t at_utc_ms = 0;
    std::string reason;        // why it was rejected or removed
    std::int64_t reports = 0;  // that nobody has looked into
    std::int64_t since = 0;    // its version

    bool waiting() const { return state == CommentState::pending || (state == CommentState::shown && reports > 0); }
};

std::optional<Comment> find_comment(const store::Reader& reader, std::string_view public_id);
Comment comment(const store::Reader& reader, CommentId id);  // must exist
/// The same that the same author has written there before and that was not taken away: sent twice.
std::optional<Comment> same_comment(const store::Reader& reader, const Comment& wish);

/// What of a thread somebody sees besides what is shown.
struct Eyes {
    std::optional<PersonId> person;  // sees all of their own
    bool moderator = false;          // sees what waits
};
/// The newest `most` before `before` (nothing: from the end), the oldest of them first.
std::vector<Comment> comments_in(const store::Reader& reader, ThreadId thread, const Eyes& eyes,
                                 std::optional<CommentId> before, int most);

/// In the state that `wish` has; the salt and everything that follows from the change are made here.
CommentId add_comment(store::Change& change, const Comment& wish);
/// Moves the comment and the counter. Open reports are settled with it.
void decide(store::Change& change, const Comment& comment, const Move& move, const std::string& reason);
/// What was reported stays.
void settle_reports(store::Change& change, const Comment& comment);

struct Report {
    std::string reason;
    std::optional<PersonId> person;
    std::int64_t at_utc_ms = 0;
    bool open = true;
};
/// Gives whether it is a new one: a person reports a comment once.
bool add_report(store::Change& change, const Comment& comment, const Report& report);
std::vector<Report> open_reports(const store::Reader& reader, CommentId comment);

/// What waits for moderators, anywhere: pending comments, and shown ones with reports; the oldest first.
std::vector<Comment> waiting_comments(const store::Reader& reader, CommentId after, int most);
std::vector<std::pair<UnitId, std::int64_t>> waiting_by_unit(const store::Reader& reader);

/// Everything that a person wrote, the oldest first.
std::vector<Comment> comments_by(const store::Reader& reader, PersonId person);
std::vector<std::pair<std::string, Report>> reports_by(const store::Reader& reader, PersonId person);
/// The person is erased: what was never shown or is shown no more loses its words, what they reported its reason; all
/// hashes lose their salt. What is shown stays, under nobody's name.
void forget_person(store::Change& change, PersonId person);

/// Counters that do not fit, comments that wait unseen: codes "doctor.thread-count", "doctor.comment-waiting".
std::vector<Problem> check_comments(const store::Reader& reader);

}  // namespace guidon::comments

// What can become of a comment and of a thread, who has to give a reason, and what may be written? Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace guidon::comments {

/// Wire form = name.
enum class CommentState {
    pending,   // waits for a moderator
    shown,     // everybody reads it, and it is counted
    rejected,  // was never shown
    removed    // was shown
};
std::string_view code(CommentState state);
std::optional<CommentState> comment_state_of(std::string_view code);

/// What a moderator decides of a comment. Wire form = name; also the last part of the address.
enum class Verdict { show, reject, remove };
std::string_view code(Verdict verdict);

enum class Reason { none, needed };

/// The permitted moves: buttons, JSON and tests read them.
struct Move {
    Verdict verdict;
    CommentState from, to;
    Reason reason;
};
constexpr Move moves[] = {
    {Verdict::show, CommentState::pending, CommentState::shown, Reason::none},
    {Verdict::reject, CommentState::pending, CommentState::rejected, Reason::needed},
    {Verdict::remove, CommentState::shown, CommentState::removed, Reason::needed},
};
/// Problem "comments.state" (409) where the table has no such move.
const Move& move_of(CommentState from, Verdict verdict);

/// Whether one may write in it. Moderators close and reopen; a noun hides the thread of what is withdrawn, for good.
enum class ThreadState { open, closed, hidden };
std::string_view code(ThreadState state);
std::optional<ThreadState> thread_state_of(std::string_view code);
/// open ↔ closed, and to hidden from both.
bool may_become(ThreadState from, ThreadState to);

constexpr std::size_t longest_comment = 4'000;  // characters
constexpr std::size_t longest_reason = 500;
constexpr std::size_t longest_name = 80;

/// Problems "comments.empty", and those of base/plain_text.h.
std::string read_comment(const std::string& text);
/// Problem "comments.no-reason".
std::string read_reason(const std::string& text);
/// The name under which somebody of the public writes; Problem "comments.no-name".
std::string read_public_name(const std::string& text);

/// People need some seconds to read and to write, and do not come back to a page of yesterday: Problems
/// "comments.too-fast" {seconds} and "comments.stale".
void must_take_time(std::int64_t page_utc_ms, std::int64_t now_utc_ms);
constexpr std::int64_t least_ms = 3'000, most_ms = 12 * 3'600'000;

}  // namespace guidon::comments

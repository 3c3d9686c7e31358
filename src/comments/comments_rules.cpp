#include "comments/comments_rules.h"

#include "base/plain_text.h"
#include "base/problem.h"
#include "base/states.h"

namespace guidon::comments {
namespace {

constexpr Names<CommentState, 4> comment_states{"pending", "shown", "rejected", "removed"};
constexpr Names<Verdict, 3> verdicts{"show", "reject", "remove"};
constexpr Names<ThreadState, 3> thread_states{"open", "closed", "hidden"};

}  // namespace

std::string_view code(CommentState state) {
    return comment_states[state];
}

std::optional<CommentState> comment_state_of(std::string_view code) {
    return comment_states.find(code);
}

std::string_view code(Verdict verdict) {
    return verdicts[verdict];
}

std::string_view code(ThreadState state) {
    return thread_states[state];
}

std::optional<ThreadState> thread_state_of(std::string_view code) {
    return thread_states.find(code);
}

const Move& move_of(CommentState from, Verdict verdict) {
    for (const Move& move : moves)
        if (move.from == from && move.verdict == verdict) return move;
    throw Problem("comments.state", {{"state", std::string(code(from))}}, "", 409);
}

bool may_become(ThreadState from, ThreadState to) {
    return from != to && from != ThreadState::hidden;
}

std::string read_comment(const std::string& text) {
    std::string clean = clean_text(text, longest_comment, "text");
    if (clean.empty()) throw Problem("comments.empty", {}, "text");
    return clean;
}

std::string read_reason(const std::string& text) {
    std::string clean = clean_line(text, longest_reason, "reason");
    if (clean.empty()) throw Problem("comments.no-reason", {}, "reason");
    return clean;
}

std::string read_public_name(const std::string& text) {
    std::string clean = clean_line(text, longest_name, "name");
    if (clean.empty()) throw Problem("comments.no-name", {}, "name");
    return clean;
}

void must_take_time(std::int64_t page_utc_ms, std::int64_t now_utc_ms) {
    const std::int64_t passed = now_utc_ms - page_utc_ms;
    if (passed < 0 || passed > most_ms) throw Problem("comments.stale");
    if (passed < least_ms) throw Problem("comments.too-fast", {{"least", std::to_string(least_ms / 1000)}});
}

}  // namespace guidon::comments

#include "comments/comments_rules.h"

#include <gtest/gtest.h>

#include "base/problem.h"

namespace guidon::comments {
namespace {

template <class F>
std::string refusal(F work) {
    try {
        work();
        return "";
    } catch (const Problem& problem) {
        return problem.code;
    }
}

std::string after(CommentState from, Verdict verdict) {
    try {
        return std::string(code(move_of(from, verdict).to));
    } catch (const Problem& problem) {
        return problem.code + " " + std::to_string(problem.status);
    }
}

TEST(Comments, WaitThenAreShownOrRejectedAndWhatWasShownIsRemoved) {
    EXPECT_EQ(after(CommentState::pending, Verdict::show), "shown");
    EXPECT_EQ(after(CommentState::pending, Verdict::reject), "rejected");
    EXPECT_EQ(after(CommentState::shown, Verdict::remove), "removed");
    EXPECT_EQ(after(CommentState::pending, Verdict::remove), "comments.state 409");
    for (const Verdict verdict : {Verdict::show, Verdict::reject}) {
        EXPECT_EQ(after(CommentState::shown, verdict), "comments.state 409");
    }
    for (const CommentState end : {CommentState::rejected, CommentState::removed})
        for (const Verdict verdict : {Verdict::show, Verdict::reject, Verdict::remove})
            EXPECT_EQ(after(end, verdict), "comments.state 409");
}

TEST(Comments, AreTakenAwayForAReasonOnly) {
    for (const Move& move : moves) EXPECT_EQ(move.reason == Reason::needed, move.to != CommentState::shown);
    EXPECT_EQ(refusal([] { read_reason("  "); }), "comments.no-reason");
    EXPECT_EQ(read_reason(" not polite "), "not polite");
}

TEST(Comments, CodesReadBack) {
    for (const auto state : {CommentState::pending, CommentState::shown, CommentState::rejected, CommentState::removed})
        EXPECT_EQ(comment_state_of(code(state)), state);
    for (const auto state : {ThreadState::open, ThreadState::closed, ThreadState::hidden})
        EXPECT_EQ(thread_state_of(code(state)), state);
    EXPECT_EQ(comment_state_of("gone"), std::nullopt);
}

TEST(Threads, CloseAndReopenAndHideForGood) {
    using enum ThreadState;
    EXPECT_TRUE(may_become(open, closed) && may_become(closed, open) && may_become(open, hidden) &&
                may_become(closed, hidden));
    EXPECT_FALSE(may_become(hidden, open) || may_become(hidden, closed) || may_become(open, open));
}

TEST(Comments, AreTextAndNothingElse) {
    EXPECT_EQ(read_comment(" <b>Good</b>\u202E\r\n\r\n\r\nwork "), "<b>Good</b>\n\nwork");
    EXPECT_EQ(refusal([] { read_comment(" \n \u200B"); }), "comments.empty");
    EXPECT_EQ(refusal([] { read_comment(std::string(100'000, 'x')); }), "text.too-long");
    EXPECT_EQ(refusal([] { read_public_name("\u202E"); }), "comments.no-name");
    EXPECT_EQ(refusal([] { read_public_name("a\x07"); }), "text.control");
}

TEST(Comments, OfThePublicTakeSomeTimeToWrite) {
    constexpr std::int64_t page = 1'700'000'000'000;
    EXPECT_EQ(refusal([] { must_take_time(page, page + least_ms - 1); }), "comments.too-fast");
    EXPECT_EQ(refusal([] { must_take_time(page, page + least_ms); }), "");
    EXPECT_EQ(refusal([] { must_take_time(page, page + most_ms); }), "");
    EXPECT_EQ(refusal([] { must_take_time(page, page + most_ms + 1); }), "comments.stale");
    EXPECT_EQ(refusal([] { must_take_time(page, page - 1); }), "comments.stale");
}

}  // namespace
}  // namespace guidon::comments

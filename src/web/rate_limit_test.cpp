#include "web/rate_limit.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/assert.h"

namespace guidon::web {
namespace {

using std::chrono::milliseconds;

/// How many of `attempts` at `now_ms` are allowed.
int allowed(TokenBuckets& buckets, const char* key, std::int64_t now_ms, int attempts) {
    int count = 0;
    for (int i = 0; i < attempts; ++i) count += buckets.take(key, now_ms).allowed ? 1 : 0;
    return count;
}

TEST(TokenBuckets, ABurstIsAllowedUpToTheCapacityAndThenWhatComesBack) {
    TokenBuckets buckets(5, 2, 10);
    EXPECT_EQ(allowed(buckets, "a", 1000, 9), 5);
    EXPECT_EQ(buckets.take("a", 1000).wait, milliseconds(500));
    EXPECT_EQ(allowed(buckets, "a", 1499, 9), 0);
    EXPECT_EQ(allowed(buckets, "a", 1500, 9), 1);
    EXPECT_EQ(allowed(buckets, "a", 1000000, 9), 5);
}

TEST(TokenBuckets, KeysDoNotDisturbEachOther) {
    TokenBuckets buckets(2, 1, 10);
    EXPECT_EQ(allowed(buckets, "a", 0, 5), 2);
    EXPECT_EQ(allowed(buckets, "b", 0, 5), 2);
}

TEST(TokenBuckets, ATokenInManySecondsIsPossible) {
    TokenBuckets buckets(1, 0.1, 10);
    EXPECT_TRUE(buckets.take("a", 0).allowed);
    EXPECT_EQ(buckets.take("a", 0).wait, milliseconds(10000));
    EXPECT_FALSE(buckets.take("a", 9999).allowed);
    EXPECT_TRUE(buckets.take("a", 10000).allowed);
}

TEST(TokenBuckets, ADearAttemptTakesMore) {
    TokenBuckets buckets(10, 1, 10);
    EXPECT_TRUE(buckets.take("a", 0, 7).allowed);
    EXPECT_EQ(buckets.take("a", 0, 7).wait, milliseconds(4000));
    EXPECT_TRUE(buckets.take("a", 0, 3).allowed);
    EXPECT_THROW(buckets.take("a", 0, 11), BrokenPromise);
}

TEST(TokenBuckets, WhatWasGivenBackCanBeTakenAgainButNeverMoreThanTheCapacity) {
    TokenBuckets buckets(3, 1, 10);
    EXPECT_EQ(allowed(buckets, "a", 0, 3), 3);
    buckets.give_back("a", 2);
    EXPECT_EQ(allowed(buckets, "a", 0, 9), 2);
    buckets.give_back("a", 100);
    EXPECT_EQ(allowed(buckets, "a", 0, 9), 3);
    buckets.give_back("nobody");
    EXPECT_EQ(buckets.keys(), 1u);
}

TEST(TokenBuckets, TheKeyThatWasUsedLongestAgoIsForgottenFirst) {
    TokenBuckets buckets(1, 1, 2);
    buckets.take("a", 0);
    buckets.take("b", 0);
    buckets.take("a", 0);  // refused, and used
    buckets.take("c", 0);  // b goes
    EXPECT_EQ(buckets.keys(), 2u);
    EXPECT_FALSE(buckets.take("a", 0).allowed);
    EXPECT_TRUE(buckets.take("b", 0).allowed);
}

TEST(TokenBuckets, AClockThatJumpsBackLocksNobodyOut) {
    TokenBuckets buckets(2, 1, 10);
    EXPECT_EQ(allowed(buckets, "a", 1'000'000'000, 5), 2);
    EXPECT_LE(buckets.take("a", 5000).wait, milliseconds(2000));
    EXPECT_TRUE(buckets.take("a", 7000).allowed);
}

RC_GTEST_PROP(TokenBuckets, NoStretchOfTimeSeesMoreThanTheCapacityAndWhatCameBackInIt, ()) {
    const auto capacity = *rc::gen::inRange<std::int64_t>(1, 20);
    const auto refill = *rc::gen::inRange(1, 50);
    TokenBuckets buckets(capacity, refill, 3);
    std::vector<std::int64_t> times;
    std::int64_t now = 0;
    for (const int step : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 200))) {
        now += step;
        const auto verdict = buckets.take("a", now);
        RC_ASSERT(verdict.allowed == (verdict.wait.count() == 0));
        if (verdict.allowed) times.push_back(now);
    }
    for (std::size_t from = 0; from < times.size(); ++from) {
        for (std::size_t to = from; to < times.size(); ++to) {
            const auto count = static_cast<std::int64_t>(to - from + 1);
            RC_ASSERT(count * 1000 <= capacity * 1000 + (times[to] - times[from]) * refill + 1);
        }
    }
}

RC_GTEST_PROP(TokenBuckets, WhoWaitsAsLongAsToldIsAllowed, ()) {
    const auto capacity = *rc::gen::inRange<std::int64_t>(1, 20);
    TokenBuckets buckets(capacity, *rc::gen::inRange(1, 2000) / 7.0, 3);
    std::int64_t now = 0;
    for (const auto cost :
         *rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(1, capacity + 1))) {
        const auto verdict = buckets.take("a", now, cost);
        if (verdict.allowed) continue;
        now += verdict.wait.count();
        RC_ASSERT(buckets.take("a", now, cost).allowed);
    }
}

}  // namespace
}  // namespace guidon::web

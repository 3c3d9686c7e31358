#include "accounts/throttle.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <vector>

#include "base/problem.h"

namespace guidon::accounts {
namespace {

using Attempt = Throttle::Attempt;

constexpr std::int64_t begin_ms = 1'700'000'000'000;

bool admitted(Throttle& throttle, const Attempt& attempt, std::int64_t now_ms) {
    try {
        throttle.admit(attempt, now_ms);
        return true;
    } catch (const Problem& problem) {
        EXPECT_EQ(problem.code, "account.too-many-tries");
        EXPECT_EQ(problem.status, 429);
        EXPECT_GE(std::stoi(problem.arguments.at("seconds")), 1);
        return false;
    }
}

int admitted_of(Throttle& throttle, int tries, const Attempt& attempt, std::int64_t now_ms) {
    int count = 0;
    for (int i = 0; i < tries; ++i) count += admitted(throttle, attempt, now_ms) ? 1 : 0;
    return count;
}

TEST(Throttle, GuessingOneAccountFromOneAddressIsSlow) {
    Throttle throttle;
    EXPECT_EQ(admitted_of(throttle, 1000, {"clerk", "192.0.2.1", ""}, begin_ms), 8);
    int in_an_hour = 0;
    for (int second = 1; second <= 3600; ++second)
        in_an_hour += admitted_of(throttle, 10, {"clerk", "192.0.2.1", ""}, begin_ms + second * 1000);
    EXPECT_EQ(in_an_hour, 180);
}

TEST(Throttle, GuessingManyAccountsFromOneAddressIsSlow) {
    Throttle throttle;
    int count = 0;
    for (int i = 0; i < 1000; ++i)
        count += admitted(throttle, {"clerk" + std::to_string(i), "192.0.2.1", ""}, begin_ms) ? 1 : 0;
    EXPECT_EQ(count, 30);
    EXPECT_TRUE(admitted(throttle, {"clerk", "192.0.2.2", ""}, begin_ms)) << "another address";
}

TEST(Throttle, GuessingOneAccountFromManyAddressesIsSlow) {
    Throttle throttle;
    int count = 0;
    for (int i = 0; i < 1000; ++i)
        count += admitted(throttle, {"clerk", "192.0.2." + std::to_string(i), ""}, begin_ms) ? 1 : 0;
    EXPECT_EQ(count, 40);
    EXPECT_TRUE(admitted(throttle, {"other", "192.0.2.1", ""}, begin_ms)) << "another account";
}

TEST(Throttle, ABrowserThatTheAccountKnowsIsCountedByItself) {
    Throttle throttle;
    EXPECT_EQ(admitted_of(throttle, 1000, {"clerk", "192.0.2.1", "known"}, begin_ms), 10);
    EXPECT_TRUE(admitted(throttle, {"clerk", "192.0.2.1", "known too"}, begin_ms));
    EXPECT_TRUE(admitted(throttle, {"clerk", "192.0.2.1", ""}, begin_ms));
}

TEST(Throttle, WhatSucceedsCostsNothing) {
    Throttle throttle;
    for (const Attempt& attempt : {Attempt{"clerk", "192.0.2.1", ""}, Attempt{"clerk", "192.0.2.1", "known"}})
        for (int i = 0; i < 200; ++i) {
            ASSERT_TRUE(admitted(throttle, attempt, begin_ms)) << i;
            throttle.succeeded(attempt);
        }
}

/// Attempts of anybody, from anywhere, while the clock goes as it likes. Gives where the clock stands at the end.
std::int64_t any_history(Throttle& throttle) {
    std::int64_t now_ms = begin_ms;
    const auto name = rc::gen::element<std::string>("clerk", "other");
    const auto address = rc::gen::element<std::string>("192.0.2.1", "192.0.2.2", "2001:db8::");
    const auto device = rc::gen::element<std::string>("", "", "somebody's");
    for (const auto& [who, jump] : *rc::gen::container<std::vector<std::pair<Attempt, int>>>(
             rc::gen::pair(rc::gen::construct<Attempt>(name, address, device), rc::gen::inRange(-100'000, 100'000)))) {
        now_ms += jump % 3 == 0 ? std::int64_t{jump} * 1000 : 10;
        for (int i = 0; i < 20; ++i) admitted(throttle, who, now_ms);
    }
    return now_ms;
}

/// How long somebody waits who comes back each time when they were told to.
std::int64_t wait_ms(Throttle& throttle, const Attempt& attempt, std::int64_t now_ms) {
    const std::int64_t begin = now_ms;
    for (int i = 0; i < 100; ++i) {
        try {
            throttle.admit(attempt, now_ms);
            break;
        } catch (const Problem& problem) {
            now_ms += std::stoll(problem.arguments.at("seconds")) * 1000;
        }
    }
    return now_ms - begin;
}

RC_GTEST_PROP(Throttle, NobodyIsEverLockedOutForGood, ()) {
    Throttle throttle;
    const std::int64_t now_ms = any_history(throttle) + *rc::gen::inRange(-1'000'000'000, 1'000'000'000);
    for (const char* device : {"", "somebody's"})
        RC_ASSERT(wait_ms(throttle, {"clerk", "192.0.2.1", device}, now_ms) <= 30'000);
}

RC_GTEST_PROP(Throttle, NoAttackOfOthersReachesABrowserThatTheAccountKnows, ()) {
    Throttle throttle;
    const std::int64_t now_ms = any_history(throttle);
    for (int i = 0; i < 10; ++i) RC_ASSERT(admitted(throttle, {"clerk", "192.0.2.1", "the clerk's own"}, now_ms));
}

}  // namespace
}  // namespace guidon::accounts

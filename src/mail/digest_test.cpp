#include "mail/digest.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace guidon::mail {
namespace {

Day day(const char* iso) {
    return *Day::parse(iso);
}

/// Milliseconds of a moment in UTC, `2024-03-14 05:59`.
std::int64_t at(const std::string& text) {
    std::int64_t days = 19'797;  // 2024-03-15
    for (const Day wanted = day(text.substr(0, 10).c_str()); Day::of_utc_ms(days * 86'400'000) > wanted;) --days;
    for (const Day wanted = day(text.substr(0, 10).c_str()); Day::of_utc_ms(days * 86'400'000) < wanted;) ++days;
    return (days * 1440 + std::stoi(text.substr(11, 2)) * 60 + std::stoi(text.substr(14, 2))) * 60'000;
}

/// The day whose digest is due in Hanoi (UTC+7); "-" = none.
std::string due(Rhythm rhythm, const char* utc, const char* last) {
    const auto found = due_digest(rhythm, {7 * 60, 6}, at(utc), Day::parse(last));
    return found ? found->text() : "-";
}

TEST(DueDigest, DailyComesAtSixWhereThePeopleAre) {
    EXPECT_EQ(due(Rhythm::daily, "2024-03-13 22:59", "2024-03-13"), "-");
    EXPECT_EQ(due(Rhythm::daily, "2024-03-13 23:00", "2024-03-13"), "2024-03-14");
    EXPECT_EQ(due(Rhythm::daily, "2024-03-14 20:00", "2024-03-14"), "-");
}

TEST(LocalDay, ChangesAtMidnightWhereThePeopleAre) {
    EXPECT_EQ(local_day({7 * 60, 6}, at("2024-03-13 16:59")), day("2024-03-13"));
    EXPECT_EQ(local_day({7 * 60, 6}, at("2024-03-13 17:00")), day("2024-03-14"));
    EXPECT_EQ(local_day({-5 * 60, 6}, at("2024-03-14 04:59")), day("2024-03-13"));
}

TEST(DueDigest, WeeklyComesOnMondayAndLaterIfNobodyWasAwake) {
    EXPECT_EQ(due(Rhythm::weekly, "2024-03-17 22:59", "2024-03-11"), "-");
    EXPECT_EQ(due(Rhythm::weekly, "2024-03-17 23:00", "2024-03-11"), "2024-03-18");
    EXPECT_EQ(due(Rhythm::weekly, "2024-03-21 02:00", "2024-03-11"), "2024-03-18");
    EXPECT_EQ(due(Rhythm::weekly, "2024-03-21 02:00", "2024-03-18"), "-");
    EXPECT_EQ(due(Rhythm::weekly, "2024-03-21 02:00", "2024-03-20"), "-") << "chosen on a Wednesday: next Monday";
}

TEST(DueDigest, SkippedDaysAreOneDigest) {
    EXPECT_EQ(due(Rhythm::daily, "2024-03-14 03:00", "2024-03-09"), "2024-03-14");
    EXPECT_EQ(due(Rhythm::daily, "2024-03-14 03:01", "2024-03-14"), "-");
}

TEST(DueDigest, AClockSetBackSendsNothingTwice) {
    EXPECT_EQ(due(Rhythm::daily, "2024-03-13 23:00", "2024-03-14"), "-");
    EXPECT_EQ(due(Rhythm::daily, "2024-03-11 23:00", "2024-03-14"), "-");
}

TEST(DueDigest, AClockThatWasYearsAheadDoesNotSilenceAnybodyForYears) {
    EXPECT_EQ(due(Rhythm::daily, "2024-03-14 01:00", "2031-01-01"), "2024-03-14");
}

TEST(DueDigest, WhoeverWantsNoneOrEachAtOnceGetsNone) {
    EXPECT_EQ(due(Rhythm::never, "2024-03-14 03:00", ""), "-");
    EXPECT_EQ(due(Rhythm::at_once, "2024-03-14 03:00", ""), "-");
    EXPECT_EQ(due(Rhythm::daily, "2024-03-14 03:00", ""), "2024-03-14");
}

TEST(DueDigest, WhateverTheClockDoesWithinDaysNoDayComesTwice) {
    rc::check([] {
        const auto rhythm = *rc::gen::element(Rhythm::daily, Rhythm::weekly);
        std::optional<Day> last;
        std::int64_t now = at("2024-03-14 00:00");
        for (const auto minutes : *rc::gen::container<std::vector<int>>(rc::gen::inRange(-1000, 4000))) {
            now += minutes * 60'000LL;
            const auto found = due_digest(rhythm, {330, 6}, now, last);
            if (!found) continue;
            RC_ASSERT(!last || *found > *last || Day::of_utc_ms(now + 6 * 86'400'000LL) < *last);
            last = found;
        }
    });
}

TEST(DueDigests, NamesThoseWhoseTimeHasCome) {
    const std::vector<Subscriber> all{{"a", Language::vi, Rhythm::daily, day("2024-03-13")},
                                      {"b", Language::ur, Rhythm::weekly, day("2024-03-13")},
                                      {"c", Language::en, Rhythm::daily, day("2024-03-14")}};
    const auto found = due_digests(all, {0, 6}, at("2024-03-14 06:00"));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].whose.account + " " + found[0].day.text(), "a 2024-03-14");
}

const std::vector<WorkItem> work{{"Figures to verify", 2, day("2024-03-20"), "/verify"},
                                 {"A vote", 1, day("2024-03-14"), "/votes/1"},
                                 {"Remarks", 5, Day::never(), "/remarks"},
                                 {"Figures to report", 12, day("2024-03-10"), "/report"},
                                 {"Nothing of this", 0, day("2024-03-01"), "/none"}};

TEST(DigestText, GroupsByDateEarliestFirst) {
    const auto text = digest_text(Language::en, work, day("2024-03-14"), "https://guidon.example", "/preferences");
    EXPECT_EQ(text->subject, "Guidon: 20 tasks wait for you, the first overdue since 10 March 2024");
    EXPECT_EQ(text->body,
              "This waits for you:\n"
              "\nOverdue, was due on 10 March 2024\n– Figures to report: 12\n  https://guidon.example/report\n"
              "\nToday, 14 March 2024\n– A vote: 1\n  https://guidon.example/votes/1\n"
              "\nBy 20 March 2024\n– Figures to verify: 2\n  https://guidon.example/verify\n"
              "\nWithout a date\n– Remarks: 5\n  https://guidon.example/remarks\n"
              "\nYou choose how often you get this mail, or that you get none, here:\n"
              "  https://guidon.example/preferences\n");
}

TEST(DigestText, SpeaksThePersonsLanguageWithItsPlurals) {
    const auto subject = [](Language language, int count, Day due) {
        return digest_text(language, {{"x", count, due, "/"}}, day("2024-03-14"), "", "")->subject;
    };
    const Day later = day("2024-03-20");
    EXPECT_EQ(subject(Language::en, 1, later), "Guidon: 1 task waits for you, due 20 March 2024");
    EXPECT_EQ(subject(Language::vi, 1, later), "Guidon: 1 việc đang chờ bạn, hạn 20 tháng 3, 2024");
    EXPECT_EQ(subject(Language::vi, 2, Day::never()), "Guidon: 2 việc đang chờ bạn");
    EXPECT_EQ(subject(Language::ur, 1, Day::never()), "Guidon: 1 کام آپ کا منتظر ہے");
    EXPECT_EQ(subject(Language::ur, 2, later), "Guidon: 2 کام آپ کے منتظر ہیں، پہلی آخری تاریخ 20 مارچ، 2024");
}

TEST(DigestText, NothingToDoIsNoMail) {
    EXPECT_EQ(digest_text(Language::vi, {}, day("2024-03-14"), "", ""), std::nullopt);
    EXPECT_EQ(digest_text(Language::vi, {{"x", 0, Day::never(), "/"}}, day("2024-03-14"), "", ""), std::nullopt);
}

}  // namespace
}  // namespace guidon::mail

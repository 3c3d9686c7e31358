// The outbox: queued with its change, sent once, put off, given up, forgotten.
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <future>
#include <map>
#include <mutex>

#include "contract.h"
#include "mail/digest_round.h"
#include "mail/mail_store.h"
#include "mail/postman.h"
#include "mail/smtp.h"
#include "store/journal.h"
#include "store/writer.h"

namespace guidon::contract {
namespace {

/// Longer than several rounds: what is busy in one is done in the next.
constexpr auto patience = std::chrono::minutes(5);

using mail::count_mail;
using mail::Delivered;
using mail::find_mail;
using mail::Mail;
using mail::mail_of;
using mail::MailState;
using mail::NotSent;
using mail::Trouble;

constexpr std::int64_t minute = 60'000;

class MailContract : public OnBoth {
protected:
    std::vector<std::string> taken;  // what the mail server has
    std::optional<NotSent> trouble;  // what it says instead
    std::atomic<bool> stop{false};

    mail::Rounds rounds() {
        mail::Rounds all;
        all.send = [this](const mail::Message& message, const std::atomic<bool>&) {
            if (trouble) throw *trouble;
            taken.push_back(message.to + " " + message.subject);
        };
        all.address_of = [](const store::Reader&, const std::string& account) -> std::optional<std::string> {
            if (account == "nobody") return std::nullopt;
            return account + "@example.org";
        };
        return all;
    }
    Delivered deliver(store::Store& store) { return mail::deliver_due(store, rounds(), stop); }
    static std::string queue(store::Store& store, Mail mail) {
        auto change = store.change(permit());
        const auto id = mail::queue_mail(change, mail);
        change.keep();
        return id.value_or("");
    }
    static Mail about(const std::string& subject, const std::string& account = "hoa") {
        Mail mail;
        mail.account = account;
        mail.subject = subject;
        mail.body = "text";
        mail.kind = "test";
        return mail;
    }
    static NotSent says(Trouble trouble) {
        return {trouble, "mail.test", "mail.example.org:25", "hoa@example.org: no"};
    }
};
ON_BOTH(MailContract);

TEST_P(MailContract, WhatIsKeptIsDurableAndNotJournalled) {
    {
        auto store = open();
        queue(store, about("A"));
    }
    auto store = open();
    EXPECT_EQ(mail_of(store.read(), "hoa").size(), 1U);
    EXPECT_EQ(store.read().seq(), 0);
}

TEST_P(MailContract, KeepingInsideAWritersGroupUndoesNothingAndNumbersGoOn) {
    auto store = open();
    store::Writer writer(store);
    const auto seq = writer.run([&] {
        queue(store, about("A"));
        auto change = store.change(permit());
        return change.commit("thing.done", "x");
    });
    EXPECT_EQ(seq, 1);
    EXPECT_EQ(mail_of(store.read(), "hoa").size(), 1U);
    EXPECT_EQ(store::entries_since(store.read(), 0).size(), 1U);
}

TEST_P(MailContract, AMailAboutAChangeThatIsUndoneDoesNotExist) {
    auto store = open();
    {
        auto change = store.change(permit());
        mail::queue_mail(change, about("A"));
    }
    EXPECT_EQ(deliver(store), Delivered{});
    EXPECT_TRUE(mail_of(store.read(), "hoa").empty());
}

TEST_P(MailContract, WhatIsDueIsSentOnceOldestFirst) {
    auto store = open();
    queue(store, about("A"));
    now += minute;
    Mail given = about("B", "");
    given.address = "office@example.org";
    const auto id = queue(store, given);
    EXPECT_EQ(deliver(store), (Delivered{.sent = 2}));
    EXPECT_EQ(deliver(store), Delivered{});
    EXPECT_EQ(taken, (std::vector<std::string>{"hoa@example.org A", "office@example.org B"}));
    EXPECT_EQ(find_mail(store.read(), id)->state, MailState::sent);
}

TEST_P(MailContract, TheSameOccasionIsQueuedOnceWhateverProcessAsks) {
    auto store = open();
    auto other = open();
    Mail mail = about("A");
    mail.once = "digest:hoa:2024-03-14";
    EXPECT_NE(queue(store, mail), "");
    EXPECT_EQ(queue(other, mail), "");
    EXPECT_EQ(deliver(store), (Delivered{.sent = 1}));
    EXPECT_EQ(queue(other, mail), "") << "sent is queued, too";
    EXPECT_NE(queue(store, about("B")), "");
    EXPECT_NE(queue(store, about("B")), "") << "without a key it may be repeated";
}

TEST_P(MailContract, WhoeverIsToldAtOnceIsRefusedAtOnce) {
    auto store = open();
    Mail mail = about("A", "");
    mail.address = "no address";
    EXPECT_EQ(refusal([&] { queue(store, mail); }), "mail.address");
    EXPECT_EQ(refusal([&] { queue(store, about("A\r\nBcc: x@example.org")); }), "mail.header");
}

TEST_P(MailContract, AServerThatIsDownEndsTheRoundAndIsTriedAgainMoreAndMoreSeldom) {
    auto store = open();
    const auto id = queue(store, about("A"));
    now += 1;
    queue(store, about("B"));
    trouble = says(Trouble::server);
    EXPECT_EQ(deliver(store), (Delivered{.later = 1, .trouble = "mail.test"}));
    const auto kept = find_mail(store.read(), id);
    EXPECT_EQ(kept->next_try_utc_ms, now + minute);
    EXPECT_EQ(kept->last_error, "mail.test hoa@example.org: no");
    now += minute;
    trouble.reset();
    EXPECT_EQ(deliver(store), (Delivered{.sent = 2}));
}

TEST_P(MailContract, AfterTenTriesAMailHasFailed) {
    auto store = open();
    const auto id = queue(store, about("A"));
    trouble = says(Trouble::later);
    const auto begin = now;
    int tries = 0;
    while (find_mail(store.read(), id)->state == MailState::waiting) {
        now = find_mail(store.read(), id)->next_try_utc_ms;
        deliver(store);
        ++tries;
    }
    EXPECT_EQ(tries, 10);
    EXPECT_EQ(now - begin, (1 + 2 + 5 + 15 + 30 + 60 + 120 + 240 + 360) * minute);
    EXPECT_EQ(count_mail(store.read(), now), (mail::MailCounts{.failed = 1}));
}

TEST_P(MailContract, ARefusalForGoodIsNotRepeated) {
    auto store = open();
    const auto id = queue(store, about("A"));
    trouble = says(Trouble::refused);
    EXPECT_EQ(deliver(store), (Delivered{.failed = 1}));
    EXPECT_EQ(find_mail(store.read(), id)->state, MailState::failed);
}

TEST_P(MailContract, AnAccountWithoutAnAddressHoldsUpNobody) {
    auto store = open();
    queue(store, about("A", "nobody"));
    queue(store, about("B"));
    EXPECT_EQ(deliver(store), (Delivered{.sent = 1, .dropped = 1}));
}

TEST_P(MailContract, WhatOneProcessHoldsNoOtherSendsUntilTheClaimIsOver) {
    auto store = open();
    queue(store, about("A"));
    {
        auto change = store.change(mail::mail_permit());
        EXPECT_TRUE(mail::claim_due(change, "a process that dies"));
        change.keep();
    }
    auto other = open();
    EXPECT_EQ(deliver(other), Delivered{});
    now += mail::longest_claim_ms;
    EXPECT_EQ(deliver(other), (Delivered{.sent = 1}));
}

TEST_P(MailContract, ALateNoteOfALostClaimChangesNothing) {
    auto store = open();
    const auto id = queue(store, about("A"));
    auto change = store.change(mail::mail_permit());
    const auto first = mail::claim_due(change, "first");
    change.keep();
    now += mail::longest_claim_ms;
    deliver(store);
    auto late = store.change(mail::mail_permit());
    mail::mark_unsent(late, *first, "first", "mail.test");
    late.keep();
    EXPECT_EQ(find_mail(store.read(), id)->state, MailState::sent);
}

TEST_P(MailContract, AClockThatWasAheadKeepsNothingWaiting) {
    auto store = open();
    const auto right = now;
    now += 365LL * 24 * 60 * minute;
    queue(store, about("A"));
    {
        auto change = store.change(mail::mail_permit());
        mail::claim_due(change, "a process that dies");
        change.keep();
    }
    now = right;
    EXPECT_EQ(deliver(store), (Delivered{.sent = 1}));
}

TEST_P(MailContract, WhenTheProgramStopsWhatDidNotLeaveIsAsIfNobodyHadTried) {
    auto store = open();
    const auto id = queue(store, about("A"));
    auto ending = rounds();
    ending.send = [this](const mail::Message&, const std::atomic<bool>&) {
        stop = true;
        throw says(Trouble::server);
    };
    EXPECT_EQ(mail::deliver_due(store, ending, stop), Delivered{});
    EXPECT_EQ(find_mail(store.read(), id)->tries, 0);
    stop = false;
    EXPECT_EQ(deliver(store), (Delivered{.sent = 1})) << "at once, not when the claim is over";
}

TEST_P(MailContract, AddressesAndTextsAreForgottenAfterSendingNotBefore) {
    auto store = open();
    Mail given = about("A", "");
    given.address = "office@example.org";
    const auto sent = queue(store, given);
    deliver(store);
    EXPECT_EQ(find_mail(store.read(), sent)->mail.body, "") << "it may hold a link: gone with the mail";
    EXPECT_EQ(find_mail(store.read(), sent)->mail.address, "office@example.org");
    now += minute;
    const auto waiting = queue(store, given);
    const auto forget = [&](std::int64_t blank, std::int64_t remove) {
        auto change = store.change(mail::mail_permit());
        const auto count = mail::forget_mail(change, blank, remove);
        change.keep();
        return count;
    };
    EXPECT_EQ(forget(now, 0), 1);
    EXPECT_EQ(forget(now, 0), 0);
    const auto kept = find_mail(store.read(), sent);
    EXPECT_EQ(kept->mail.address + kept->mail.subject + kept->mail.body + kept->last_error, "");
    EXPECT_EQ(find_mail(store.read(), waiting)->mail.address, "office@example.org");
    EXPECT_EQ(forget(now, now), 1);
    EXPECT_FALSE(find_mail(store.read(), sent));
}

TEST_P(MailContract, WhoIsErasedGetsNoMoreMailAndLeavesNoText) {
    auto store = open();
    const auto id = queue(store, about("A"));
    auto change = store.change(mail::mail_permit());
    mail::forget_mail_of(change, "hoa");
    change.keep();
    EXPECT_EQ(deliver(store), Delivered{});
    EXPECT_EQ(find_mail(store.read(), id)->mail.subject, "");
    EXPECT_TRUE(mail_of(store.read(), "hoa").empty());
}

mail::DigestSource source_of(int& looked, int work) {
    mail::DigestSource source;
    source.subscribers = [](const store::Reader&) {
        return std::vector<mail::Subscriber>{{"hoa", Language::vi, mail::Rhythm::daily, std::nullopt}};
    };
    source.work = [&looked, work](const store::Reader&, const std::string&, Day) {
        ++looked;
        return std::vector<mail::WorkItem>{{"Xác minh số liệu", work, Day::never(), "/verify"}};
    };
    return source;
}

TEST_P(MailContract, ADigestIsQueuedOnceADayByWhateverProcess) {
    auto store = open();
    auto other = open();
    int looked = 0;
    EXPECT_EQ(mail::queue_digests(store, source_of(looked, 3)), 1);
    EXPECT_EQ(mail::queue_digests(other, source_of(looked, 4)), 0);
    now += 24 * 60 * minute;
    EXPECT_EQ(mail::queue_digests(other, source_of(looked, 4)), 1);
    EXPECT_EQ(deliver(store), (Delivered{.sent = 2}));
    EXPECT_EQ(taken, (std::vector<std::string>{"hoa@example.org Guidon: 3 việc đang chờ bạn",
                                               "hoa@example.org Guidon: 4 việc đang chờ bạn"}));
}

TEST_P(MailContract, NothingToDoIsLookedAtOnceADay) {
    auto store = open();
    int looked = 0;
    EXPECT_EQ(mail::queue_digests(store, source_of(looked, 0)), 0);
    EXPECT_EQ(mail::queue_digests(store, source_of(looked, 1)), 0);
    EXPECT_EQ(looked, 1);
    EXPECT_EQ(deliver(store), Delivered{});
}

TEST_P(MailContract, WhatIsWrongWithOnePersonsWorkKeepsTheOthersMailFromNobody) {
    auto store = open();
    int looked = 0;
    auto source = source_of(looked, 1);
    source.subscribers = [](const store::Reader&) {
        return std::vector<mail::Subscriber>{{"broken", Language::vi, mail::Rhythm::daily, std::nullopt},
                                             {"hoa", Language::vi, mail::Rhythm::daily, std::nullopt}};
    };
    source.work = [work = source.work](const store::Reader& reader, const std::string& account, Day today) {
        if (account == "broken") throw Problem("work.broken");
        return work(reader, account, today);
    };
    EXPECT_EQ(refusal([&] { mail::queue_digests(store, source); }), "work.broken");
    auto all = rounds();
    std::promise<void> logged;
    all.before = [&](store::Store& each) { mail::queue_digests(each, source); };
    all.log = [&](const std::string&) { logged.set_value(); };
    {
        const mail::Postman postman(store, all);
        EXPECT_EQ(logged.get_future().wait_for(patience), std::future_status::ready);
    }
    deliver(store);
    EXPECT_EQ(taken, (std::vector<std::string>{"hoa@example.org Guidon: 1 việc đang chờ bạn"}));
}

TEST_P(MailContract, APostmanIsWokenByWhatIsQueued) {
    auto store = open();
    std::promise<std::string> sent;
    auto all = rounds();
    all.send = [&](const mail::Message& message, const std::atomic<bool>&) { sent.set_value(message.subject); };
    mail::Postman postman(store, all);
    queue(store, about("A"));
    auto subject = sent.get_future();
    ASSERT_EQ(subject.wait_for(std::chrono::seconds(50)), std::future_status::ready) << "rounds are a minute apart";
    EXPECT_EQ(subject.get(), "A");
}

TEST_P(MailContract, TwoPostmenSendEachMailOnce) {
    auto store = open();
    auto other = open();
    constexpr int count = 40;
    std::mutex mutex;
    std::condition_variable more;
    std::map<std::string, int> times;
    auto all = rounds();
    all.send = [&](const mail::Message& message, const std::atomic<bool>&) {
        const std::lock_guard lock(mutex);
        ++times[message.id];
        more.notify_all();
    };
    {
        mail::Postman one(store, all), two(other, all);
        for (int i = 0; i < count; ++i) queue(store, about(std::to_string(i)));
        std::unique_lock lock(mutex);
        EXPECT_TRUE(more.wait_for(lock, patience, [&] { return times.size() == count; }));
    }
    for (const auto& [id, n] : times) EXPECT_EQ(n, 1) << id;
    EXPECT_EQ(count_mail(store.read(), now), mail::MailCounts{});
}

}  // namespace
}  // namespace guidon::contract

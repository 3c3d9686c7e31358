// Does the morning mail say what "My work" says? Every capacity of a person in one mail, and nothing in it twice.
#include <gtest/gtest.h>

#include "accounts/accounts_store.h"
#include "accounts/mails.h"
#include "contract.h"
#include "mail/mail_store.h"
#include "mail/postman.h"
#include "people/people_store.h"

namespace guidon::contract {
namespace {

using people::Viewer;
using people::WorkItem;

class MorningMailContract : public OnBoth {
protected:
    store::Store store = open();

    /// Somebody with two offices who wishes a mail each morning; gives the account's public id.
    std::string officer() {
        auto change = store.change(permit());
        const auto person = people::add_person(change, "Office of surveys", {});
        for (const char* title : {"Verifier", "Secretary"})
            people::add_office(change, person, std::nullopt, {{"en", title}}, {});
        const auto id = accounts::add_account(change, person, "surveys", "surveys@example.org");
        accounts::set_state(change, id, accounts::AccountState::active);
        accounts::set_preferences(change, id, {{"language", "en"}, {"mail_rhythm", "daily"}});
        change.commit("test.done", "");
        return accounts::account(store.read(), id).public_id;
    }
    std::string mail_with(const std::vector<people::WorkPart>& parts) {
        const std::string account = officer();
        mail::Rounds rounds;
        accounts::fill_rounds(rounds, parts, "https://guidon.example");
        rounds.before(store);
        const auto queued = mail::mail_of(store.read(), account).at(0).mail;  // a row without text: it was looked at
        return queued.subject + queued.body;
    }
};
ON_BOTH(MorningMailContract);

std::size_t times(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++count;
    return count;
}

TEST_P(MorningMailContract, SaysWhatEachLineIsAboutAndWhatWaitsInTwoCapacitiesOnce) {
    const auto of_person = [](std::vector<WorkItem>& work, const store::Reader&, const Viewer&, Language) {
        work.push_back({.title = "Survey to carry out", .about = "Model gardens", .href = "/reviews/1"});
    };
    const auto of_office = [](std::vector<WorkItem>& work, const store::Reader&, const Viewer& viewer, Language) {
        work.push_back({.title = pick(viewer.capacity->title, Language::en), .count = 3, .href = "/units"});
    };
    const std::string mail = mail_with({of_person, of_office});
    EXPECT_EQ(times(mail, "Survey to carry out – Model gardens: 1\n  https://guidon.example/reviews/1"), 1U) << mail;
    EXPECT_EQ(times(mail, "Verifier: 3"), 1U);
    EXPECT_EQ(times(mail, "Secretary: 3"), 1U);
    EXPECT_EQ(times(mail, "7 "), 1U);  // so many things wait, the subject says
}

TEST_P(MorningMailContract, IsNotSentWhereNothingWaits) {
    EXPECT_EQ(mail_with({}), "");
}

}  // namespace
}  // namespace guidon::contract

// Accounts and what proves them: kept, used once, ended, forgotten; and the doorman who recognises by them, whatever
// the clock does.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "accounts/accounts_store.h"
#include "accounts/doorman.h"
#include "accounts/house.h"
#include "accounts/kept_in_browser.h"
#include "accounts/password.h"
#include "accounts/secret.h"
#include "accounts/sessions_store.h"
#include "accounts/settings_store.h"
#include "accounts/viewers.h"
#include "contract.h"
#include "people/form_token.h"
#include "store/journal.h"
#include "store/writer.h"

namespace guidon::contract {
namespace {

namespace json = boost::json;
using accounts::AccountId;
using accounts::AccountState;
using accounts::LinkKind;
using people::Action;
using people::Gate;
using people::OfficeId;
using people::Role;
using people::Viewer;
using web::Method;
using web::Request;

constexpr std::int64_t minute = 60'000;
constexpr std::int64_t hour = 60 * minute;

/// A secretary with an office for everything, a role in it, and an account that may sign in.
class AccountsContract : public OnBoth {
protected:
    store::Store store = open();
    store::Writer writer{store};
    accounts::House house{store, writer, accounts::new_key(), accounts::least_work};
    accounts::Doorman doorman{house};
    std::vector<OfficeId> offices;
    AccountId secretary = add("secretary", Role::reporter);

    template <class F>
    auto change(F work) {
        auto one = store.change(permit());
        if constexpr (std::is_void_v<std::invoke_result_t<F, store::Change&>>) {
            work(one);
            one.commit("test.done", "");
        } else {
            auto result = work(one);
            one.commit("test.done", "");
            return result;
        }
    }
    AccountId add(const std::string& name, Role role) {
        return change([&](store::Change& one) {
            const Span since_yesterday{Day::of_utc_ms(now - 24 * hour), Day::never()};
            const auto person = people::add_person(one, "Office of " + name, {});
            const auto office = people::add_office(one, person, std::nullopt, {{"en", name}}, since_yesterday);
            people::Grant grant;
            grant.office = office;
            grant.role = role;
            grant.held = since_yesterday;
            people::add_grant(one, grant);
            const auto id = accounts::add_account(one, person, name, name + "@example.org");
            accounts::set_state(one, id, AccountState::active);
            offices.push_back(office);
            return id;
        });
    }
    accounts::Account account(AccountId id) { return accounts::account(store.read(), id); }

    /// The cookie of a new session.
    std::string sign_in(AccountId id) {
        const auto answer = accounts::open_session(house, {}, account(id), "password", "/me");
        return answer.cookies.front().value;
    }
    static Request by_session(const std::string& cookie, Method method = Method::get) {
        Request request;
        request.method = method;
        request.path = "/me/preferences";
        request.headers = {{"cookie", "guidon=" + cookie}};
        return request;
    }
    static Request by_token(const std::string& token) {
        Request request;
        request.headers = {{"authorization", "Bearer " + token}};
        return request;
    }
    /// What the doorman noted besides is written when this is over.
    std::shared_ptr<const Viewer> recognised(const Request& request) {
        auto viewer = doorman.recognise(request);
        writer.run([] {});
        return viewer;
    }
    bool is_in(const std::string& cookie) { return recognised(by_session(cookie)) != nullptr; }

    std::string token(const std::vector<Action>& verbs, const char* ends) {
        const auto secret = accounts::access_token();
        change([&](store::Change& one) {
            accounts::AccessToken made;
            made.account = secretary;
            made.office = offices.front();
            made.verbs = verbs;
            made.ends = day(ends);
            accounts::add_access_token(one, made, accounts::secret_hash(secret));
        });
        return secret;
    }
};
ON_BOTH(AccountsContract);

// What is kept
// ----------------------------------------------------------------------------------------------------------

TEST_P(AccountsContract, ANameIsOnePersonsWhateverItsCase) {
    EXPECT_EQ(accounts::find_account_by_name(store.read(), "SECRETARY")->id, secretary);
    EXPECT_EQ(refusal([&] { add("Secretary", Role::reporter); }), "account.name-taken");
    for (const char* name : {"ab", "a b c", "thư ký", "a/b/c", ""})
        EXPECT_EQ(refusal([&] { add(name, Role::reporter); }), "account.name-form") << name;
}

TEST_P(AccountsContract, ALinkWorksOnceAndANewOneVoidsTheOldOne) {
    const auto first = change([&](auto& one) { return accounts::new_link(one, LinkKind::reset, secretary); });
    const auto second = change([&](auto& one) { return accounts::new_link(one, LinkKind::invite, secretary); });
    const auto hash = [](const std::string& path) { return accounts::secret_hash(path.substr(path.rfind('/') + 1)); };
    EXPECT_FALSE(accounts::find_link(store.read(), hash(first)));
    EXPECT_EQ(accounts::find_link(store.read(), hash(second))->ends_utc_ms, now + 7 * 24 * hour);
    EXPECT_TRUE(change([&](auto& one) { return accounts::use_link(one, hash(second)); }));
    EXPECT_FALSE(change([&](auto& one) { return accounts::use_link(one, hash(second)); }));
}

TEST_P(AccountsContract, ARecoveryCodeWorksOnceAndForItsAccountAlone) {
    const auto other = add("deputy", Role::reporter);
    change([&](auto& one) { accounts::set_recovery_codes(one, secretary, {"a", "b"}); });
    EXPECT_FALSE(change([&](auto& one) { return accounts::use_recovery_code(one, other, "a"); }));
    EXPECT_TRUE(change([&](auto& one) { return accounts::use_recovery_code(one, secretary, "a"); }));
    EXPECT_FALSE(change([&](auto& one) { return accounts::use_recovery_code(one, secretary, "a"); }));
    EXPECT_EQ(accounts::count_recovery_codes(store.read(), secretary), 1);
}

TEST_P(AccountsContract, WhatProvedSomebodyWhoLostItIsTakenAway) {
    const auto cookie = sign_in(secretary);
    change([&](auto& one) {
        accounts::set_totp(one, secretary, "JBSWY3DPEHPK3PXP");
        accounts::set_recovery_codes(one, secretary, {"a"});
        accounts::Passkey key;
        key.account = secretary;
        key.credential = "credential";
        accounts::add_passkey(one, key);
    });
    change([&](auto& one) { accounts::end_ways_in(one, secretary); });
    EXPECT_EQ(account(secretary).totp_secret + account(secretary).password_hash, "");
    EXPECT_EQ(accounts::count_recovery_codes(store.read(), secretary), 0);
    EXPECT_TRUE(accounts::passkeys_of(store.read(), secretary).empty());
    EXPECT_FALSE(is_in(cookie));
}

TEST_P(AccountsContract, AnErasedAccountKeepsNothingThatTellsOfThePerson) {
    const auto cookie = sign_in(secretary);
    const auto bearer = token({Action::report_value}, "2030-01-01");
    change([&](auto& one) { accounts::erase_account(one, secretary); });
    const auto left = account(secretary);
    EXPECT_EQ(left.state, AccountState::closed);
    EXPECT_EQ(left.mail + left.password_hash + left.totp_secret, "");
    EXPECT_EQ(left.name.find("secretary"), std::string::npos);
    EXPECT_FALSE(accounts::find_account_by_name(store.read(), "secretary"));
    EXPECT_FALSE(is_in(cookie));
    EXPECT_EQ(refusal([&] { recognised(by_token(bearer)); }), "account.token-wrong");
}

TEST_P(AccountsContract, SomebodyAdministersWhileTheirAccountIsOpenAndTheirRoleHolds) {
    const Day today = Day::of_utc_ms(now);
    EXPECT_FALSE(accounts::somebody_administers(store.read(), today));
    const auto administrator = add("administrator", Role::administrator);
    EXPECT_TRUE(accounts::somebody_administers(store.read(), today));
    EXPECT_FALSE(accounts::somebody_administers(store.read(), day("2001-01-01"))) << "not yet";
    change([&](auto& one) { accounts::set_state(one, administrator, AccountState::closed); });
    EXPECT_FALSE(accounts::somebody_administers(store.read(), today));
}

TEST_P(AccountsContract, WhatEndedLongAgoIsForgottenWhatIsOpenIsNot) {
    const auto ended = sign_in(secretary), open_one = sign_in(secretary);
    change([&](auto& one) {
        accounts::end_session(one, secretary, accounts::find_session(one, accounts::secret_hash(ended))->public_id);
        accounts::remember_sent(one, "someone", "once", {"hash", 200, "", ""});
    });
    now += 10 * hour;
    change([&](auto& one) { EXPECT_EQ(accounts::sweep(one, {}), 0); });
    now += 3 * 24 * hour;
    change([&](auto& one) { EXPECT_EQ(accounts::sweep(one, {}), 1) << "what was sent"; });
    now += 100 * 24 * hour;
    const auto last = sign_in(secretary);
    change([&](auto& one) { EXPECT_EQ(accounts::sweep(one, {}), 2) << "two sessions that ended"; });
    EXPECT_TRUE(is_in(last));
}

// Sessions
// --------------------------------------------------------------------------------------------------------------

TEST_P(AccountsContract, ASessionEndsAfterAnHourWithoutUse) {
    const auto cookie = sign_in(secretary);
    now += 59 * minute;
    EXPECT_TRUE(is_in(cookie));
    now += 59 * minute;
    EXPECT_TRUE(is_in(cookie)) << "it was used in between";
    now += 61 * minute;
    EXPECT_FALSE(is_in(cookie));
}

TEST_P(AccountsContract, ASessionEndsAfterTwelveHoursHoweverMuchItIsUsed) {
    const auto cookie = sign_in(secretary);
    for (int i = 0; i < 23; ++i) {
        now += 30 * minute;
        EXPECT_TRUE(is_in(cookie)) << i;
    }
    now += 30 * minute;
    EXPECT_FALSE(is_in(cookie));
}

TEST_P(AccountsContract, TheServersSettingsSayHowLongASessionLasts) {
    change([&](auto& one) { accounts::set_setting(one, "session.idle_minutes", "5"); });
    const auto cookie = sign_in(secretary);
    now += 4 * minute;
    EXPECT_TRUE(is_in(cookie));
    now += 6 * minute;
    EXPECT_FALSE(is_in(cookie));
    change([&](auto& one) { accounts::set_setting(one, "session.idle_minutes", "-1"); });
    EXPECT_TRUE(is_in(cookie)) << "what is no number of minutes is an hour";
}

TEST_P(AccountsContract, UsingASessionIsNotJournalled) {
    const auto cookie = sign_in(secretary);
    const auto entries = store.read().seq();
    for (int i = 0; i < 5; ++i) {
        now += 2 * minute;
        EXPECT_TRUE(is_in(cookie));
    }
    EXPECT_EQ(store.read().seq(), entries);
    EXPECT_EQ(accounts::sessions_of(store.read(), secretary).front().seen_utc_ms, now);
}

TEST_P(AccountsContract, AClockThatWasAheadAtSignInKeepsNobodySignedInForAYear) {
    const auto right = now;
    now += 365 * 24 * hour;
    const auto cookie = sign_in(secretary);
    EXPECT_TRUE(is_in(cookie));
    now = right;
    EXPECT_FALSE(is_in(cookie));
}

TEST_P(AccountsContract, AClockThatGoesBackALittleThrowsNobodyOut) {
    const auto cookie = sign_in(secretary);
    now -= 10 * minute;
    EXPECT_TRUE(is_in(cookie));
    now += 10 * minute;
    EXPECT_TRUE(is_in(cookie));
}

TEST_P(AccountsContract, AnHourWithoutUseCountsFromTheClockThatIsRightAgain) {
    const auto cookie = sign_in(secretary);
    now += 50 * minute;  // ahead
    EXPECT_TRUE(is_in(cookie));
    now -= 49 * minute;
    EXPECT_TRUE(is_in(cookie));
    now += 61 * minute;
    EXPECT_FALSE(is_in(cookie));
}

TEST_P(AccountsContract, HoweverTheClockJumpsASessionLastsNoLongerThanItMay) {
    const auto begun = now;
    EXPECT_TRUE(rc::check("whoever is in came in at most twelve hours before, and at most an hour ahead", [&] {
        now = begun;
        const auto cookie = sign_in(secretary);
        for (const int minutes : *rc::gen::container<std::vector<int>>(rc::gen::inRange(-2000, 2000))) {
            now += minutes * minute;
            if (!is_in(cookie)) continue;
            RC_ASSERT(now < begun + 12 * hour);
            RC_ASSERT(now >= begun - hour);
        }
        now = begun;
    }));
}

TEST_P(AccountsContract, AnEndedSessionIsThePublic) {
    const auto cookie = sign_in(secretary), other = sign_in(secretary);
    const auto id = recognised(by_session(cookie))->session;
    const auto stranger = add("stranger", Role::reporter);
    EXPECT_FALSE(change([&](auto& one) { return accounts::end_session(one, stranger, id); }));
    EXPECT_TRUE(is_in(cookie));
    EXPECT_TRUE(change([&](auto& one) { return accounts::end_session(one, secretary, id); }));
    EXPECT_FALSE(is_in(cookie));
    EXPECT_TRUE(is_in(other));
    change([&](auto& one) { accounts::set_state(one, secretary, AccountState::closed); });
    EXPECT_FALSE(is_in(other)) << "a closed account";
}

TEST_P(AccountsContract, RightsEndWithTheOfficeInTheMiddleOfASession) {
    const auto cookie = sign_in(secretary);
    EXPECT_TRUE(recognised(by_session(cookie))->has(Role::reporter));
    change([&](auto& one) { people::end_office(one, offices.front(), Day::of_utc_ms(now)); });
    const auto viewer = recognised(by_session(cookie));
    ASSERT_TRUE(viewer);
    EXPECT_FALSE(viewer->capacity);
    EXPECT_FALSE(viewer->has(Role::reporter));
    EXPECT_EQ(refusal([&] { Gate::permit(store.read(), viewer.get(), Action::report_value, {}); }),
              "gate.not-permitted");
}

TEST_P(AccountsContract, AFormNeedsTheTokenOfItsOwnSessionJsonDoesNot) {
    const auto cookie = sign_in(secretary), other = sign_in(secretary);
    const auto own = recognised(by_session(cookie))->form_token();
    const auto foreign = recognised(by_session(other))->form_token();
    Request request = by_session(cookie, Method::post);
    EXPECT_EQ(refusal([&] { recognised(request); }), "web.form-stale");
    request.fields = {{"form", foreign}};
    EXPECT_EQ(refusal([&] { recognised(request); }), "web.form-stale");
    request.fields = {{"form", own}};
    EXPECT_TRUE(recognised(request));
    request.fields.clear();
    request.json = json::object{};
    EXPECT_TRUE(recognised(request));
}

TEST_P(AccountsContract, ASessionIsNoTokenAndATokenNoSession) {
    const auto cookie = sign_in(secretary);
    const auto bearer = token({Action::report_value}, "2030-01-01");
    EXPECT_EQ(refusal([&] { recognised(by_token(cookie)); }), "account.token-wrong");
    EXPECT_FALSE(is_in(bearer));
    EXPECT_FALSE(is_in(accounts::secret_hash(cookie))) << "what the database holds opens nothing";
}

// Access tokens
// ---------------------------------------------------------------------------------------------------------

TEST_P(AccountsContract, ATokenDoesWhatItsVerbsSayAndNothingElse) {
    const auto viewer = recognised(by_token(token({Action::report_value}, "2030-01-01")));
    const auto reader = store.read();
    EXPECT_TRUE(Gate::may(reader, viewer.get(), Action::report_value, {}));
    EXPECT_FALSE(Gate::may(reader, viewer.get(), Action::read_figures, {})) << "its owner may";
    EXPECT_EQ(refusal([&] { Gate::permit(reader, viewer.get(), Action::read_figures, {}); }), "gate.token");
    EXPECT_EQ(refusal([&] { Gate::own(viewer.get()); }), "gate.token");
    EXPECT_EQ(viewer->form_token(), "");
}

TEST_P(AccountsContract, ATokenWithAVerbThatItsOwnerLacksDoesNotLendIt) {
    const auto viewer = recognised(by_token(token({Action::manage_people}, "2030-01-01")));
    EXPECT_FALSE(Gate::may(store.read(), viewer.get(), Action::manage_people, {}));
}

TEST_P(AccountsContract, ATokenEndsOnItsDayWhenItIsEndedAndWithItsOffice) {
    const auto works = [&](const std::string& secret) { return refusal([&] { recognised(by_token(secret)); }) == ""; };
    const auto until_the_tenth = token({Action::report_value}, "2023-12-10");
    now = 1'702'080'000'000 + 86'400'000 - 1;  // the last moment of 9 December 2023
    EXPECT_TRUE(works(until_the_tenth));
    now += 1;
    EXPECT_FALSE(works(until_the_tenth));

    const auto leaked = token({Action::report_value}, "2030-01-01"), kept = token({Action::report_value}, "2030-01-01");
    change([&](auto& one) {
        const auto id = accounts::find_access_token(one, accounts::secret_hash(leaked))->public_id;
        EXPECT_TRUE(accounts::end_access_token(one, secretary, id));
        EXPECT_FALSE(accounts::end_access_token(one, secretary, id));
    });
    EXPECT_FALSE(works(leaked));
    EXPECT_TRUE(works(kept));
    change([&](auto& one) { people::end_office(one, offices.front(), Day::of_utc_ms(now)); });
    EXPECT_FALSE(works(kept));
}

// What was sent before
// --------------------------------------------------------------------------------------------------

class SentOnceContract : public AccountsContract {
protected:
    std::shared_ptr<const Viewer> who = recognised(by_session(sign_in(secretary)));

    Request sent(const std::string& key, const std::string& value) const {
        Request request = by_session("", Method::post);
        request.caller = who;
        request.headers["idempotency-key"] = key;
        request.fields = {{"value", value}};
        return request;
    }
    static web::Answer answer(int status, const char* value) {
        web::Answer one;
        one.status = status;
        one.document = {{"value", value}};
        return one;
    }
    std::string before(accounts::Doorman& at, const Request& request) {
        const auto known = at.answered_before(request);
        if (!known) return "-";
        EXPECT_EQ(known->headers.at("Idempotent-Replayed"), "true");
        return std::to_string(known->status) + " " + json::serialize(known->document);
    }
    std::string before(const Request& request) { return before(doorman, request); }
};
ON_BOTH(SentOnceContract);

TEST_P(SentOnceContract, TheSameUnderTheSameKeyIsAnsweredFromMemory) {
    EXPECT_EQ(before(sent("k", "8")), "-");
    doorman.answered(sent("k", "8"), answer(201, "8"));
    EXPECT_EQ(before(sent("k", "8")), "201 {\"value\":\"8\"}");
    EXPECT_EQ(before(sent("other", "8")), "-");
    EXPECT_EQ(refusal([&] { before(sent("k", "9")); }), "web.once-differs");
    accounts::Doorman after_restart(house);
    EXPECT_EQ(before(after_restart, sent("k", "8")), "201 {\"value\":\"8\"}");
}

TEST_P(SentOnceContract, AnotherAddressQueryMethodOrFileIsAnotherRequest) {
    doorman.answered(sent("k", "8"), answer(200, "8"));
    auto elsewhere = sent("k", "8"), asked = sent("k", "8"), put = sent("k", "8"), file = sent("k", "8");
    elsewhere.path = "/units";
    asked.query = {{"kind", "values"}};
    put.method = Method::put;
    file.uploads["file"] = {"a.csv", "text/csv", "x"};
    for (const auto& other : {elsewhere, asked, put, file})
        EXPECT_EQ(refusal([&] { before(other); }), "web.once-differs");
}

TEST_P(SentOnceContract, WhatFailedMayBeTriedAgainAndTheKeyIsOnePersons) {
    doorman.answered(sent("k", "8"), answer(422, "no"));
    EXPECT_EQ(before(sent("k", "8")), "-");
    doorman.answered(sent("k", "8"), answer(200, "8"));
    who = recognised(by_session(sign_in(add("deputy", Role::reporter))));
    EXPECT_EQ(before(sent("k", "9")), "-");
    who = nullptr;
    EXPECT_EQ(before(sent("k", "9")), "-") << "the public";
}

TEST_P(SentOnceContract, AFormIsSentOnceCorrectedItIsAnotherOne) {
    const auto form = [&](const std::string& value) {
        auto request = sent("", value);
        request.fields.emplace("form", "the-page's-token");
        return request;
    };
    doorman.answered(form("8"), answer(200, "8"));
    EXPECT_EQ(before(form("8")), "200 {\"value\":\"8\"}");
    EXPECT_EQ(before(form("9")), "-");
}

TEST_P(SentOnceContract, ASecretIsNotKeptToBeShownAgain) {
    auto shown = answer(201, "gdn_secret");
    shown.secret = true;
    doorman.answered(sent("k", "8"), shown);
    const auto again = before(sent("k", "8"));
    EXPECT_EQ(again.substr(0, 3), "201");
    EXPECT_EQ(again.find("gdn_"), std::string::npos);
}

TEST_P(SentOnceContract, WhatIsKeptOfAPasswordIsWorthNothingWithTheDatabaseAlone) {
    auto request = sent("k", "");
    request.fields = {{"now", "an old password"}, {"password", "a new password"}};
    doorman.answered(request, answer(200, "done"));
    EXPECT_EQ(before(request).substr(0, 3), "200");
    accounts::Doorman with_all_that_is_stored(house);
    EXPECT_EQ(refusal([&] { before(with_all_that_is_stored, request); }), "web.once-differs");
}

// What a browser keeps
// --------------------------------------------------------------------------------------------------

TEST_P(AccountsContract, WhatABrowserKeepsComesBackWholeForItsPurposeAndInTime) {
    const auto cookie = accounts::keep_in_browser(house, "guidon-step", {{"account", "x"}}, 10);
    const auto brought = [&](const std::string& name, const std::string& value) {
        Request request;
        request.headers = {{"cookie", name + "=" + value}};
        return accounts::kept_in_browser(house, request, name);
    };
    EXPECT_EQ(brought("guidon-step", cookie.value)->at("account"), "x");
    EXPECT_EQ(cookie.max_age_s, 600);
    EXPECT_FALSE(brought("guidon-challenge", cookie.value));
    EXPECT_FALSE(brought("guidon-step", cookie.value + "x"));
    EXPECT_FALSE(brought("guidon-step", "x" + cookie.value));
    EXPECT_FALSE(brought("guidon-step", ""));
    now += 11 * minute;
    EXPECT_FALSE(brought("guidon-step", cookie.value));
}

TEST_P(AccountsContract, WhatMayBeUsedOnceIsUsedUpForItsPurpose) {
    const auto use = [&](const char* purpose) {
        return refusal([&] { change([&](auto& one) { accounts::use_up(one, purpose, "secret"); }); });
    };
    EXPECT_EQ(use("step"), "");
    EXPECT_EQ(use("step"), "account.step-used");
    EXPECT_EQ(use("challenge"), "");
}

// The first start
// -------------------------------------------------------------------------------------------------------

TEST_P(AccountsContract, TheServersKeyIsMadeOnceAndTheSetUpLinkIsForNobodyElse) {
    change([&](auto& one) { accounts::set_setting(one, "password.work", accounts::text(accounts::least_work)); });
    const auto first = accounts::open_house(store, writer), second = accounts::open_house(store, writer);
    EXPECT_EQ(first.key, second.key);
    EXPECT_EQ(first.work, accounts::least_work);
    EXPECT_FALSE(accounts::needs_setup(store.read()));
    change([&](auto& one) { accounts::set_state(one, secretary, AccountState::closed); });
    EXPECT_TRUE(accounts::needs_setup(store.read()));
}

}  // namespace
}  // namespace guidon::contract

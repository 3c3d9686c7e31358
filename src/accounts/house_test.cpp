#include "accounts/house.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "accounts/prove_again.h"
#include "accounts/secret.h"
#include "accounts/sessions_store.h"
#include "accounts/settings_store.h"
#include "people/gate.h"

namespace guidon::accounts {
namespace {

namespace fs = std::filesystem;

fs::path made_folder() {
    auto folder = fs::temp_directory_path() / ("guidon-house-" + store::new_public_id());
    fs::create_directory(folder);
    return folder;
}

class HouseTest : public testing::Test {
protected:
    fs::path folder = made_folder();
    std::int64_t now = 1'700'000'000'000;

    void TearDown() override { fs::remove_all(folder); }

    store::Store open(const std::string& name) {
        return store::Store::open("sqlite:" + (folder / name).string(), {.now_utc_ms = [this] { return now; }});
    }
    static std::string key_of(store::Store& store) {
        store::Writer writer(store);
        return open_house(store, writer).key;
    }
};

TEST_F(HouseTest, TheKeyIsTheSameAtEachStart) {
    std::string first;
    {
        auto store = open("a");
        first = key_of(store);
    }
    auto store = open("a");
    EXPECT_EQ(key_of(store), first);
    EXPECT_NE(setting(store.read(), "server.key"), first);
}

TEST_F(HouseTest, ACopyOfTheDatabaseWithoutItsKeyFileSealsAndRevealsNothing) {
    std::string key;
    {
        auto store = open("a");
        key = key_of(store);
    }
    fs::copy(folder / "a", folder / "stolen");
    auto store = open("stolen");
    const auto stolen = key_of(store);
    EXPECT_EQ(unsealed(key_for("guidon-step", key), sealed(key_for("guidon-step", stolen), "account 1")), std::nullopt);
    EXPECT_EQ(revealed(stolen, hidden(key, "JBSWY3DPEHPK3PXP")), std::nullopt);
}

/// Somebody with a password, signed in a moment ago.
class ProveAgainTest : public HouseTest {
protected:
    store::Store store = open("a");
    store::Writer writer{store};
    House house = open_house(store, writer);
    people::Viewer viewer;
    AccountId id;

    void sign_in(const std::string& hash) {
        auto change = store.change(people::Gate::terminal());
        const auto person = people::add_person(change, "Clerk", {});
        id = add_account(change, person, "clerk", "");
        set_password(change, id, hash);
        set_state(change, id, AccountState::active);
        Session session;
        session.account = id;
        session.ends_utc_ms = now + 3'600'000;
        viewer.session = add_session(change, session, secret_hash("secret"));
        viewer.account = id.number();
        change.commit("session.begun", "");
    }
    std::string refused(void (*prove)(House&, const web::Request&, const people::Viewer&, const Account&),
                        const std::string& typed) {
        web::Request request;
        request.client = "127.0.0.1";
        request.fields.emplace("now", typed);
        try {
            prove(house, request, viewer, account(store.read(), id));
            return "";
        } catch (const Problem& problem) {
            return problem.code;
        }
    }
};

TEST_F(ProveAgainTest, AFreshSessionIsEnoughAndAnOldOneNeedsThePassword) {
    sign_in(hash_password("seven copper kites", least_work));
    EXPECT_EQ(refused(prove_lately, ""), "");
    EXPECT_EQ(refused(prove_again, ""), "account.password-now-wrong");
    now += fresh_ms;
    EXPECT_EQ(refused(prove_lately, ""), "account.sign-in-again");
    EXPECT_EQ(refused(prove_lately, "eight copper kites"), "account.password-now-wrong");
    EXPECT_EQ(refused(prove_lately, "seven copper kites"), "");
}

TEST_F(ProveAgainTest, WhoHasNoPasswordSignsInAnew) {
    sign_in("");
    EXPECT_EQ(refused(prove_again, ""), "");
    now += fresh_ms;
    EXPECT_EQ(refused(prove_again, ""), "account.sign-in-again");
    EXPECT_EQ(refused(prove_lately, "anything"), "account.sign-in-again");
}

TEST_F(ProveAgainTest, ALinkForANewPasswordBeginsWithEndingAllThatOpenedTheAccount) {
    sign_in(hash_password("seven copper kites", least_work));
    {
        auto change = store.change(people::Gate::terminal());
        set_totp(change, id, hidden(house.totp_key(), "JBSWY3DPEHPK3PXP"));
        set_recovery_codes(change, id, {"hash"});
        add_passkey(change, {.public_id = {}, .account = id, .credential = "credential", .public_key = "key"});
        AccessToken token;
        token.account = id;
        add_access_token(change, token, secret_hash("token"));
        new_link(change, LinkKind::invite, id);
        end_ways_in(change, id);
        change.commit("account.reset", "");
    }
    const auto reader = store.read();
    const auto left = account(reader, id);
    EXPECT_EQ(left.password_hash + left.totp_secret, "");
    EXPECT_EQ(count_recovery_codes(reader, id), 0);
    EXPECT_TRUE(passkeys_of(reader, id).empty());
    EXPECT_TRUE(sessions_of(reader, id).empty());
    EXPECT_NE(find_access_token(reader, secret_hash("token"))->ended_utc_ms, 0);
}

}  // namespace
}  // namespace guidon::accounts

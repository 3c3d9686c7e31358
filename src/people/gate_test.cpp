// The gate and what may be seen, without a neighbour: a province "p" with districts "d1" and "d2", a commune "c1" below
// "d1". Which grants reach how far in every case, tests/contract/people_test.cpp tries out.
#include "people/gate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "people/sight.h"

namespace guidon::people {
namespace {

class GateTest : public testing::Test {
protected:
    GateTest() {
        auto change = store.change(Gate::terminal());
        const auto row = [](const char* code, const char* parent) {
            return units::UnitRow{code, parent, "unit", {{"", code}}, {}, {}};
        };
        const auto ids = units::add_units(change, {row("p", ""), row("d1", "p"), row("d2", "p"), row("c1", "d1")});
        p = ids[0], d1 = ids[1], d2 = ids[2], c1 = ids[3];
        change.commit("units.added", "");
    }
    ~GateTest() override { std::filesystem::remove_all(folder); }

    static std::filesystem::path new_folder() {
        auto pattern = (std::filesystem::temp_directory_path() / "guidon-gate-XXXXXX").string();
        return mkdtemp(pattern.data());
    }
    Viewer viewer(Role role, std::optional<UnitId> unit, Reach reach = Reach::subtree) const {
        Viewer one;
        one.person = "somebody";
        one.today = today;
        Grant grant;
        grant.role = role;
        grant.unit = unit;
        grant.reach = reach;
        one.grants = {grant};
        return one;
    }
    std::string refusal(const Viewer* who, Action action, const Where& where) {
        try {
            Gate::permit(store.read(), who, action, where);
            return "";
        } catch (const Problem& problem) {
            return std::to_string(problem.status) + " " + problem.code;
        }
    }

    bool only_public(const Sight& sight) const {
        return !sight.all() && std::ranges::all_of(std::array{p, d1, d2, c1},
                                                   [&](UnitId unit) { return sight.nearest(unit) == Audience::open; });
    }

    const std::filesystem::path folder = new_folder();
    store::Store store = store::Store::open("sqlite:" + (folder / "registry.sqlite").string());
    const Day today = *Day::parse("2024-06-01");
    UnitId p, d1, d2, c1;
};

TEST_F(GateTest, ThePublicIsAskedToSignInOthersAreToldThatTheyMayNot) {
    const auto reporter = viewer(Role::reporter, d1);
    EXPECT_EQ(refusal(nullptr, Action::report_value, {.unit = d1}), "401 gate.sign-in");
    EXPECT_EQ(refusal(&reporter, Action::report_value, {.unit = d1}), "");
    EXPECT_EQ(refusal(&reporter, Action::report_value, {.unit = c1}), "");
    EXPECT_EQ(refusal(&reporter, Action::report_value, {.unit = d2}), "403 gate.not-permitted");
    EXPECT_EQ(refusal(&reporter, Action::report_value, {}), "403 gate.not-permitted") << "everywhere";
    EXPECT_EQ(refusal(&reporter, Action::manage_people, {.unit = d1}), "403 gate.not-permitted");
}

TEST_F(GateTest, APermitNamesWhoActsAndAsWhat) {
    auto who = viewer(Role::reporter, d1);
    EXPECT_EQ(Gate::permit(store.read(), &who, Action::report_value, {.unit = d1}).who(), "somebody");
    EXPECT_EQ(Gate::permit(store.read(), &who, Action::report_value, {.unit = d1}).capacity(), "reporter");
    who.capacity = Capacity{};
    who.capacity->public_id = "office";
    who.capacity->holder = "holder";
    who.token = TokenLimit{"token", {Action::report_value}, {}};
    EXPECT_EQ(Gate::permit(store.read(), &who, Action::report_value, {.unit = d1}).capacity(),
              "reporter@office/for:holder/token:token");
    EXPECT_EQ(Gate::terminal("An").who(), "An");
    EXPECT_EQ(Gate::program("retention").who(), "guidon");
    EXPECT_EQ(Gate::proven("person", "password").capacity(), "password");
}

TEST_F(GateTest, AGrantHoldsInItsDaysOnly) {
    auto who = viewer(Role::reporter, d1);
    who.grants.front().held = {*Day::parse("2024-06-02"), *Day::parse("2024-07-01")};
    EXPECT_EQ(refusal(&who, Action::report_value, {.unit = d1}), "403 gate.not-permitted");
    EXPECT_FALSE(Gate::may_somewhere(&who, Action::report_value));
    who.today = *Day::parse("2024-06-02");
    EXPECT_EQ(refusal(&who, Action::report_value, {.unit = d1}), "");
    EXPECT_TRUE(Gate::may_somewhere(&who, Action::report_value));
    who.today = *Day::parse("2024-07-01");
    EXPECT_EQ(refusal(&who, Action::report_value, {.unit = d1}), "403 gate.not-permitted");
}

TEST_F(GateTest, ATokenLimitsItsOwnerToVerbsAndSubtree) {
    auto who = viewer(Role::organiser, p);
    who.token = TokenLimit{"token", {Action::change_units}, d1};
    EXPECT_EQ(refusal(&who, Action::change_units, {.unit = c1}), "");
    EXPECT_EQ(refusal(&who, Action::change_units, {.unit = d2}), "403 gate.token");
    EXPECT_EQ(refusal(&who, Action::change_units, {}), "403 gate.token");
    EXPECT_EQ(refusal(&who, Action::manage_people, {.unit = c1}), "403 gate.token");
    EXPECT_FALSE(Gate::may_somewhere(&who, Action::manage_people));
}

TEST_F(GateTest, ThePublicAndWhoMayNotReadSeesOnlyWhatIsPublic) {
    EXPECT_TRUE(only_public(Sight()));
    const auto reader = store.read();
    EXPECT_TRUE(only_public(Sight(reader, nullptr, "m", "2024")));
    const auto administrator = viewer(Role::administrator, std::nullopt);
    const Sight sight(reader, &administrator, "m", "2024");
    EXPECT_TRUE(only_public(sight)) << "runs the system, is not of the chain";
    for (const UnitId unit : {p, d1, d2, c1}) {
        EXPECT_TRUE(sight.sees(unit, Audience::open));
        EXPECT_FALSE(sight.sees(unit, Audience::group));
    }
}

TEST_F(GateTest, WhoActsForAUnitIsOfTheChainOfThoseBelow) {
    const auto reader = store.read();
    const auto verifier = viewer(Role::verifier, d1);
    const Sight sight(reader, &verifier, "m", "2024");
    EXPECT_EQ(sight.nearest(d1), Audience::unit);
    EXPECT_EQ(sight.nearest(c1), Audience::chain);
    EXPECT_EQ(sight.nearest(d2), Audience::open);
    EXPECT_EQ(sight.nearest(p), Audience::open);
    const auto alone = viewer(Role::reporter, d1, Reach::unit);
    EXPECT_EQ(Sight(reader, &alone, "m", "2024").nearest(c1), Audience::open);
}

TEST_F(GateTest, WhoReadsEverythingSeesEverything) {
    const auto reader = store.read();
    const auto auditor = viewer(Role::auditor, std::nullopt);
    const Sight sight(reader, &auditor, "m", "2024");
    EXPECT_TRUE(sight.all());
    EXPECT_EQ(sight.nearest(c1), Audience::unit);
}

TEST_F(GateTest, ATokenSeesNoMoreThanItsOwnerAndNoMoreThanItsSubtree) {
    const auto reader = store.read();
    auto who = viewer(Role::auditor, std::nullopt);
    who.token = TokenLimit{"token", {Action::read_figures}, d1};
    const Sight narrowed(reader, &who, "m", "2024");
    EXPECT_FALSE(narrowed.all());
    EXPECT_TRUE(narrowed.sees(c1, Audience::chain));
    EXPECT_FALSE(narrowed.sees(d2, Audience::group));
    who.token = TokenLimit{"token", {Action::report_value}, {}};
    EXPECT_TRUE(only_public(Sight(reader, &who, "m", "2024"))) << "without the verb";
    auto other = viewer(Role::verifier, d2);
    other.token = TokenLimit{"token", {Action::read_figures}, d1};
    EXPECT_TRUE(only_public(Sight(reader, &other, "m", "2024"))) << "where the owner sees nothing";
}

TEST_F(GateTest, AudiencesReadBackAndGrowWider) {
    for (const Audience audience : {Audience::unit, Audience::chain, Audience::group, Audience::open})
        EXPECT_EQ(audience_of(code(audience)), audience);
    EXPECT_EQ(code(Audience::open), "public");
    EXPECT_FALSE(audience_of("open"));
    EXPECT_LT(Audience::unit, Audience::open);
}

}  // namespace
}  // namespace guidon::people

#include "exemplars/rules.h"

#include <gtest/gtest.h>

namespace guidon::exemplars {
namespace {

movements::ExemplarRules rules() {
    movements::ExemplarRules all;
    all.opens = "2024-01-01";
    all.closes = "2024-06-30";
    all.kinds = {"model", "example"};
    all.fields = {{"economy", {}}, {"culture", {}}};
    all.topics = {{"environment", {}}};
    all.reasons = {{"formal", {}}};
    all.levels = {{{"grassroots", {}}, {"district"}, ""}, {{"province", {}}, {"province"}, "grassroots"}};
    return all;
}

Writing complete() {
    Writing writing;
    writing.title = "Model gardens";
    writing.field = "economy";
    Content& content = writing.content;
    for (std::string* text : {&content.situation, &content.aim, &content.result, &content.method, &content.place,
                              &content.forces, &content.product, &content.upkeep})
        *text = "as it is";
    content.starts = "2024-02-01";
    content.beneficiaries.who = "households";
    return writing;
}

std::string told(const std::vector<Problem>& problems) {
    std::string text;
    for (const Problem& one : problems) text += (text.empty() ? "" : ", ") + one.code + "@" + one.field;
    return text;
}

template <class F>
std::string refusal(F work) {
    try {
        work();
        return "";
    } catch (const Problem& problem) {
        return problem.code;
    }
}

Day day(const char* iso) {
    return *Day::parse(iso);
}

/// "" if the step may be taken on 1 May 2024 by a unit of `kind`.
std::string step(State from, Verb verb, const std::string& kind, Step more = {}, const std::string& level = "") {
    Exemplar it;
    it.state = from;
    it.level = level;
    more.verb = verb;
    if (const Move* move = find_move(from, verb)) more.to = move->to;
    if (more.on == Day::always()) more.on = day("2024-05-01");
    return refusal([&] {
        check_step(it, more, rules(), {.kind = kind, .above = !kind.empty()}, day("2024-03-01"), day("2024-05-01"));
    });
}

TEST(FaultsOf, SaysAllThatIsMissingAtItsField) {
    EXPECT_EQ(told(faults_of(complete(), rules())), "");
    Writing writing = complete();
    writing.title.clear();
    writing.content.aim.clear();
    writing.content.beneficiaries.who.clear();
    writing.content.ends = "2023-01-01";
    writing.topics = {"fishing"};
    writing.owner_kind = OwnerKind::individual;
    EXPECT_EQ(told(faults_of(writing, rules())),
              "exemplar.missing@title, exemplar.missing@aim, exemplar.missing@beneficiaries, exemplar.dates@ends, "
              "exemplar.unknown-topic@topics, exemplar.owner@person");
}

TEST(FaultsOf, OfADraftAreWhatIsNotInTheCatalogueAlone) {
    Writing writing;
    EXPECT_EQ(told(draft_faults_of(writing, rules())), "");
    writing.field = "fishing";
    EXPECT_EQ(told(draft_faults_of(writing, rules())), "exemplar.unknown-field@field");
}

TEST(CheckStep, FollowsTheTableAndAsksForWhatItNeeds) {
    EXPECT_EQ(step(State::registered, Verb::launch, ""), "");
    EXPECT_EQ(step(State::registered, Verb::propose, ""), "exemplar.step");
    EXPECT_EQ(step(State::registered, Verb::send_back, "district"), "exemplar.needs");
    EXPECT_EQ(step(State::registered, Verb::send_back, "district", {.note = "Say more."}), "");
    EXPECT_EQ(step(State::registered, Verb::send_back, "district", {.reason = "unheard"}), "exemplar.unknown-reason");
}

TEST(CheckStep, ADayLiesBetweenTheStepBeforeAndToday) {
    EXPECT_EQ(step(State::registered, Verb::launch, "", {.on = day("2024-02-29")}), "exemplar.day");
    EXPECT_EQ(step(State::registered, Verb::launch, "", {.on = day("2024-03-01")}), "");
    EXPECT_EQ(step(State::registered, Verb::launch, "", {.on = day("2024-05-02")}), "exemplar.day");
}

TEST(CheckStep, EachLevelIsDecidedByItsKindOfUnitInItsOrder) {
    const Step first{.level = "grassroots", .decision = "1"}, second{.level = "province", .decision = "2"};
    EXPECT_EQ(step(State::council, Verb::recognise, "district", first), "");
    EXPECT_EQ(step(State::council, Verb::recognise, "commune", first), "exemplar.level-authority");
    EXPECT_EQ(step(State::council, Verb::recognise, "province", second), "exemplar.level-after");
    EXPECT_EQ(step(State::recognised, Verb::recognise, "province", second, "grassroots"), "");
    EXPECT_EQ(step(State::recognised, Verb::recognise, "district", first, "grassroots"), "exemplar.level-lower");
}

TEST(CheckStep, WhoDecidesNoLevelNeitherDeclinesNorRemoves) {
    const Step reason{.note = "Nothing was done.", .decision = "3"};
    EXPECT_EQ(step(State::council, Verb::decline, "commune", reason), "exemplar.authority");
    EXPECT_EQ(step(State::council, Verb::decline, "district", reason), "");
    EXPECT_EQ(step(State::running, Verb::remove, "commune", reason), "exemplar.authority");
    EXPECT_EQ(step(State::proposed, Verb::submit, "commune"), "");
    EXPECT_EQ(step(State::proposed, Verb::submit, ""), "exemplar.authority");
}

TEST(CheckStep, BehindTheDeadlineOnlySomebodyAboveTakesItIn) {
    const auto register_on = [](const char* iso, bool above) {
        Exemplar draft;
        const Step step{.verb = Verb::register_, .to = State::registered, .on = day(iso)};
        return refusal(
            [&] { check_step(draft, step, rules(), {.kind = "", .above = above}, Day::always(), day(iso)); });
    };
    EXPECT_EQ(register_on("2023-12-31", false), "exemplar.not-open-yet");
    EXPECT_EQ(register_on("2024-06-30", false), "");
    EXPECT_EQ(register_on("2024-07-01", false), "exemplar.deadline");
    EXPECT_EQ(register_on("2024-07-01", true), "");
}

TEST(CheckStep, AYearIsConfirmedOnce) {
    Exemplar it;
    it.state = State::kept;
    it.confirmed_year = 2024;
    const auto confirm = [&](const char* on) {
        const Step step{.verb = Verb::confirm, .to = State::kept, .on = day(on)};
        return refusal([&] { check_step(it, step, {}, {"commune", true}, day("2024-03-01"), day("2025-05-01")); });
    };
    EXPECT_EQ(confirm("2024-05-01"), "exemplar.confirmed-already");
    EXPECT_EQ(confirm("2025-05-01"), "");
}

}  // namespace
}  // namespace guidon::exemplars

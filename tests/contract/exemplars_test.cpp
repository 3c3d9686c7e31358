// Exemplars on both databases: texts and steps over their own addresses, many at once, what a deadline leaves, and
// which texts are similar.
#include "base/problems.h"
#include "exemplars/attendant.h"
#include "exemplars/attendant_store.h"
#include "exemplars/exemplars_pages.h"
#include "exemplars/similar_hints.h"
#include "in_country.h"
#include "similar/similar_store.h"

namespace guidon::contract {
namespace {

using exemplars::Exemplar;
using exemplars::State;
using testing::Contains;

constexpr const char* file = R"(
format = "guidon/movement/1"
key = "skilled"
period = "2023"
starts = 2023-01-01
ends = 2030-12-31
[title]
en = "Skilled mobilisation"
[[criteria]]
key = "models"
max = 9
rule = { kind = "graded" }
[exemplars]
closes = 2023-12-31
fields = [{ key = "economy", title = { en = "Economy" } }]
levels = [{ key = "grassroots", title = { en = "Grassroots" }, recognised_by = ["district"] }]
reasons = [{ key = "formal", title = { en = "Formal only" } }]
)";

/// A district "d" with a commune "c" below it; an officer for each. It is 14 November 2023.
class ExemplarsContract : public InCountry {
protected:
    evidence::Depot depot{"no-files"};

    void SetUp() override {
        add_units({{"d", "", "district"}, {"c", "d"}});
        add_movement(file);
        seat("clerk", "c", Role::reporter);
        seat("organiser", "d", Role::organiser);
        exemplars::add_routes(routes, store, depot, {});
    }

    static Fields whole(const std::string& title, const std::string& method) {
        Fields fields{{"movement", "skilled"}, {"period", "2023"}, {"unit", "c"},           {"title", title},
                      {"field", "economy"},    {"method", method}, {"starts", "2023-02-01"}};
        for (const char* name :
             {"situation", "aim", "result", "place", "forces", "product", "upkeep", "beneficiaries_who"})
            fields.emplace(name, "as it is");
        return fields;
    }
    Exemplar written(Fields fields, const char* then) {
        fields.emplace("then", then);
        const auto answer = ask("clerk", Method::post, "/exemplars", std::move(fields));
        return *exemplars::find_exemplar(store.read(), std::string(answer.document.at("id").as_string()));
    }
    void step(const std::string& who, const Exemplar& it, const char* verb, Fields more = {}) {
        more.emplace("verb", verb);
        ask(who, Method::post, "/exemplars/" + it.public_id + "/steps", std::move(more));
    }
    Exemplar at_council(const std::string& title) {
        const Exemplar it = written(whole(title, title + " is done with neighbours"), "register");
        for (const char* verb : {"launch", "start", "propose"}) step("clerk", it, verb);
        step("organiser", it, "submit");
        return it;
    }
    void index_all() {
        for (int done = 1; done > 0;) {
            auto change = store.change(permit());
            done = exemplars::index_some(change, 2);
            change.keep();
        }
    }
    std::vector<std::int64_t> like(const std::string& text) { return similar::candidates(store.read(), text); }
    std::vector<std::string> faults() {
        std::vector<std::string> codes;
        for (const auto& problem : exemplars::check_exemplars(store.read())) codes.push_back(problem.code);
        return codes;
    }
};

TEST_P(ExemplarsContract, ADraftIsHandedInWhenItIsComplete) {
    const Exemplar draft =
        written({{"movement", "skilled"}, {"period", "2023"}, {"unit", "c"}, {"title", "Gardens"}}, "draft");
    EXPECT_EQ(draft.state, State::draft);
    try {
        step("clerk", draft, "register");
        FAIL() << "it is not complete";
    } catch (const Problems& problems) {
        EXPECT_EQ(problems.list.size(), 11u);
    }
    ask("clerk", Method::put, "/exemplars/" + draft.public_id, whole("Gardens", "Neighbours plan"));
    step("clerk", draft, "register");
    const auto now_it_is = exemplars::exemplar(store.read(), draft.id);
    EXPECT_EQ(now_it_is.state, State::registered);
    EXPECT_EQ(now_it_is.content.method, "Neighbours plan");
    EXPECT_THAT(faults(), testing::IsEmpty());
}

TEST_P(ExemplarsContract, ThreeHundredAreRecognisedByOneDecisionInOneEntry) {
    Fields wish{{"verb", "recognise"}, {"level", "grassroots"}, {"decision", "7-QD"}};
    constexpr int many = 30;  // on a laptop's database; the limit is exemplars::most_at_once
    for (int i = 0; i < many; ++i) wish.emplace("ids", at_council("Model " + std::to_string(i)).public_id);
    const auto before = store.read().seq();
    EXPECT_EQ(ask("organiser", Method::post, "/exemplars/bulk", wish).document.at("changed"), many);
    EXPECT_EQ(store.read().seq(), before + 1);
    EXPECT_EQ(exemplars::events_after(store.read(), before, 1000).size(), static_cast<std::size_t>(many));
    EXPECT_THAT(faults(), testing::IsEmpty());
}

TEST_P(ExemplarsContract, OfManyAllTakeTheStepOrNone) {
    Fields wish{{"verb", "recognise"}, {"level", "grassroots"}, {"decision", "7-QD"}};
    const Exemplar ready = at_council("Ready");
    wish.emplace("ids", ready.public_id);
    wish.emplace("ids", written(whole("Not ready", "early"), "register").public_id);
    EXPECT_EQ(refusal([&] { ask("organiser", Method::post, "/exemplars/bulk", wish); }), "exemplar.not-all-can");
    EXPECT_EQ(exemplars::exemplar(store.read(), ready.id).state, State::council);
    wish.emplace("mode", "able");
    ask("organiser", Method::post, "/exemplars/bulk", wish);
    EXPECT_EQ(exemplars::exemplar(store.read(), ready.id).level, "grassroots");
}

TEST_P(ExemplarsContract, ADeadlineMarksWhatItFindsUnfinishedOnceAndLosesNothing) {
    const Exemplar draft =
        written({{"movement", "skilled"}, {"period", "2023"}, {"unit", "c"}, {"title", "Late"}}, "draft");
    const exemplars::CycleFiles cycles;
    EXPECT_EQ(exemplars::sweep_drafts(store, cycles), 0);
    now += 60LL * 24 * 3'600'000;
    EXPECT_EQ(exemplars::sweep_drafts(store, cycles), 1);
    EXPECT_EQ(exemplars::sweep_drafts(store, cycles), 0);
    EXPECT_EQ(exemplars::exemplar(store.read(), draft.id).title, "Late");
    ask("clerk", Method::put, "/exemplars/" + draft.public_id, whole("Late", "But complete"));
    EXPECT_EQ(refusal([&] { step("clerk", draft, "register"); }), "exemplar.deadline");
    step("organiser", draft, "register");
    EXPECT_EQ(exemplars::exemplar(store.read(), draft.id).swept_on, Day::always());
}

TEST_P(ExemplarsContract, TheIndexOfSimilarTextsFollowsWhatIsWritten) {
    const std::string first = "Neighbours plan ten gardens together and plant every corner of the hamlet with fruit";
    const std::string second = "The youth union collects plastic along the river on every first Saturday morning";
    const Exemplar it = written(whole("Gardens of the hamlet", first), "register");
    const auto number = exemplars::text_number(it.id);
    index_all();
    const std::string indexed = exemplars::compared_text(exemplars::exemplar(store.read(), it.id));
    EXPECT_THAT(like(indexed), Contains(number));
    EXPECT_THAT(like("Gardens of the hamlet"), Contains(exemplars::title_number(it.id)));

    ask("clerk", Method::put, "/exemplars/" + it.public_id, whole("Gardens of the hamlet", second));
    index_all();
    EXPECT_THAT(like(indexed), testing::Not(Contains(number)));
    const std::string again = exemplars::compared_text(exemplars::exemplar(store.read(), it.id));
    EXPECT_THAT(like(again), Contains(number));

    step("organiser", it, "send_back", {{"note", "Say more."}});
    index_all();
    EXPECT_THAT(like(again), testing::Not(Contains(number)));
}

TEST_P(ExemplarsContract, WhatWasSaidIsKeptAlsoOfADraftThatWasSentBack) {
    const Exemplar it = written(whole("Gardens", "first"), "register");
    ask("clerk", Method::put, "/exemplars/" + it.public_id, whole("Gardens", "second"));
    step("organiser", it, "send_back", {{"note", "Say more."}});
    ask("clerk", Method::put, "/exemplars/" + it.public_id, whole("Gardens", "third"));
    const auto past = exemplars::past_of(store.read(), it.id);
    ASSERT_EQ(past.size(), 2u);
    EXPECT_THAT(past[0].document, testing::HasSubstr("second"));
    EXPECT_THAT(past[1].document, testing::HasSubstr("first"));
}

ON_BOTH(ExemplarsContract);

}  // namespace
}  // namespace guidon::contract

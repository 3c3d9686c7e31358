// Are surveys planned, carried out and listed on both databases, and seen by those alone whom they concern?
#include "reviews/reviews_pages.h"

#include <fstream>
#include <sstream>

#include "reviews/reviews_store.h"
#include "spread.h"

namespace guidon::contract {
namespace {

using testing::IsEmpty;

class ReviewContract : public OnExemplars {
protected:
    std::string id;
    const std::string soon = today.next().text();

    void SetUp() override {
        std::ifstream file("review-forms/effectiveness.toml");
        std::stringstream form;
        form << file.rdbuf();
        reviews::add_routes(routes, store, form.str());
        prepare();
        id = registered("c2");
    }
    std::string planned() {
        return ask("office2", Method::post, "/reviews", {{"exemplar", id}, {"planned_on", soon}}).location;
    }
    static Fields points() {
        return {{"verb", "finish"},           {"points_need", "15"},         {"points_aim", "8"},
                {"points_method", "16"},      {"points_results", "25"},      {"points_participation", "10"},
                {"points_sustained", "10"},   {"points_replicated", "5.25"}, {"recommendation", "remove"},
                {"findings", "it is formal"}, {"reason", "formal"}};
    }
    static Fields without(Fields fields, const std::string& name, const std::string& instead = "") {
        fields.erase(name);
        if (!instead.empty()) fields.emplace(name, instead);
        return fields;
    }
    std::size_t listed(const std::string& who, const std::string& list, Fields query = {}) {
        query.emplace("state", list);
        return get(who, "/reviews", query).at("rows").as_array().size();
    }
};

TEST_P(ReviewContract, GoesFromAPlanToAScoreThatIsExact) {
    const auto address = planned();
    EXPECT_EQ(refused("office2", "/reviews", {{"exemplar", id}, {"planned_on", soon}}), "review.planned-already");
    EXPECT_EQ(refused("office2", address + "/steps", without(points(), "points_aim")), "review.missing");
    EXPECT_EQ(refused("office2", address + "/steps", without(points(), "points_aim", "10.5")), "review.points");
    EXPECT_EQ(refused("office2", address + "/steps", without(points(), "findings")), "review.missing");
    EXPECT_EQ(refused("office2", address + "/steps", without(points(), "reason", "bored")), "review.unknown-reason");
    const auto done = ask("office2", Method::post, address + "/steps", points()).document;
    EXPECT_EQ(done.at("score").as_string(), "89.25");
    EXPECT_EQ(exemplar(id).looked_on, today);
    EXPECT_EQ(newest().what, "review.finish");
    EXPECT_EQ(refused("office2", address + "/steps", points()), "review.step");
    EXPECT_THAT(reviews::check_reviews(store.read()), IsEmpty());
}

TEST_P(ReviewContract, RemovingIsOfferedToWhoDecidesAndFilledIn) {
    const auto address = planned();
    ask("office2", Method::post, address + "/steps", points());
    EXPECT_FALSE(get("office2", address).contains("removal"));
    const auto removal = get("province", address).at("removal").as_object();
    EXPECT_EQ(removal.at("note").as_string(), "it is formal");
    EXPECT_EQ(removal.at("reasons").as_array().at(0).at("selected").as_bool(), true);
    EXPECT_EQ(exemplar(id).state, exemplars::State::registered);
}

TEST_P(ReviewContract, WhatIsDueIsListedUntilASurveyIsPlanned) {
    registered("c2", "2023-11-01");  // not yet due
    EXPECT_EQ(listed("office2", "due"), 1U);
    EXPECT_EQ(listed("province", "due", {{"unit", "d2"}, {"field", "economy"}}), 1U);
    EXPECT_EQ(listed("province", "due", {{"unit", "d1"}}), 0U);
    EXPECT_EQ(listed("province", "due", {{"field", "culture"}}), 0U);
    const auto address = planned();
    EXPECT_EQ(listed("office2", "due"), 0U);
    EXPECT_EQ(listed("office2", "planned"), 1U);
    ask("office2", Method::post, address + "/steps", points());
    EXPECT_EQ(listed("office2", "planned"), 0U);
    EXPECT_EQ(listed("office2", "done"), 1U);
}

TEST_P(ReviewContract, OthersSeeNothingOfIt) {
    const auto address = planned();
    EXPECT_EQ(refusal([&] { get("", address); }), "review.unknown");
    EXPECT_EQ(refusal([&] { get("office1", address); }), "review.unknown");
    EXPECT_EQ(refusal([&] { get("", "/reviews"); }), "gate.sign-in");
    EXPECT_EQ(listed("office1", "planned"), 0U);
    EXPECT_EQ(refused("clerk2", address + "/steps", points()), "gate.not-permitted");
    EXPECT_EQ(refused("office1", "/reviews", {{"exemplar", id}, {"planned_on", soon}}), "gate.not-permitted");
    const auto part = [&](const std::string& who) {
        boost::json::object document;
        web::Request request;
        const auto reader = store.read();
        const auto caller = viewer(who);
        reviews::exemplar_part(store)(document, exemplar(id), {reader, caller.get(), request});
        return document.at("review").as_object();
    };
    ask("office2", Method::post, address + "/steps", points());
    EXPECT_EQ(part("").at("outcome").as_string(), "remove");
    EXPECT_EQ(part("").at("looked_on").as_string(), today.text());
    EXPECT_THAT(part("").at("reviews").as_array(), IsEmpty());
    EXPECT_EQ(part("province").at("reviews").as_array().size(), 1U);
}

TEST_P(ReviewContract, AFieldIsPlannedAtOnceFirstAsAPlan) {
    registered("d2");
    registered("c1");
    registered("d2", "2023-01-10", "culture");
    const Fields wish{
        {"movement", "skilled"}, {"period", "2023"}, {"unit", "d2"}, {"field", "economy"}, {"planned_on", soon}};
    EXPECT_EQ(ask("province", Method::post, "/reviews/plans", wish).document.at("count").as_uint64(), 2U);
    EXPECT_EQ(listed("province", "planned"), 0U);
    auto sure = wish;
    sure.emplace("count", "3");
    EXPECT_EQ(refused("province", "/reviews/plans", sure), "review.plan-changed");
    ask("province", Method::post, "/reviews/plans", without(sure, "count", "2"));
    EXPECT_EQ(listed("province", "planned"), 2U);
    EXPECT_EQ(newest().what, "review.many-planned");
    EXPECT_EQ(refused("province", "/reviews/plans", without(sure, "count", "2")), "review.nothing");
    EXPECT_EQ(refused("office2", "/reviews/plans", wish), "gate.not-permitted");
}

TEST_P(ReviewContract, WaitsInTheWorkOfWhoGoesToLook) {
    const auto clerk = people::office(store.read(), offices.at("clerk2")).person_id;
    EXPECT_EQ(refused("office2", "/reviews", {{"exemplar", id}, {"planned_on", soon}, {"member", "nobody"}}),
              "review.unknown-person");
    const auto address =
        ask("office2", Method::post, "/reviews", {{"exemplar", id}, {"planned_on", soon}, {"member", clerk}}).location;
    std::vector<people::WorkItem> work;
    reviews::surveys_to_do()(work, store.read(), *viewer("clerk2"), Language::en);
    ASSERT_EQ(work.size(), 1U);
    EXPECT_EQ(work.at(0).href, address);
    EXPECT_EQ(work.at(0).due, today.next());
    ask("office2", Method::post, address + "/steps", {{"verb", "cancel"}});
    work.clear();
    reviews::surveys_to_do()(work, store.read(), *viewer("clerk2"), Language::en);
    EXPECT_THAT(work, IsEmpty());
}

TEST_P(ReviewContract, WhatIsDueWaitsInTheWorkOfWhoReviewsIt) {
    registered("c1");
    const auto work_of = [&](const std::string& name) {
        std::vector<people::WorkItem> work;
        reviews::surveys_to_do()(work, store.read(), *viewer(name), Language::en);
        std::vector<std::string> told;
        for (const auto& item : work)
            told.push_back(item.href + " " + std::to_string(item.count) + " " + item.due.text());
        return told;
    };
    EXPECT_THAT(work_of("office2"), testing::ElementsAre("/reviews 1 2023-07-10"));
    EXPECT_THAT(work_of("province"), testing::ElementsAre("/reviews 2 2023-07-10"));
    EXPECT_THAT(work_of("clerk2"), IsEmpty());
    planned();
    EXPECT_THAT(work_of("office2"), testing::ElementsAre("/reviews?state=planned 1 " + soon));
    auto later = *viewer("office2");
    later.today = today.next().next();
    std::vector<people::WorkItem> work;
    reviews::surveys_to_do()(work, store.read(), later, Language::en);
    ASSERT_EQ(work.size(), 1U);
    EXPECT_EQ(work.at(0).href, "/reviews?state=overdue");
}

ON_BOTH(ReviewContract);

}  // namespace
}  // namespace guidon::contract

// Does an adoption go its way on both databases, does its family stay a tree, and are owners told when an ancestor
// ends?
#include "replications/replications_pages.h"

#include "replications/replication_changes.h"
#include "replications/replications_store.h"
#include "spread.h"

namespace guidon::contract {
namespace {

using exemplars::ExemplarId;
using testing::IsEmpty;

class ReplicationContract : public OnExemplars {
protected:
    std::string origin;

    void SetUp() override {
        replications::add_routes(routes, store);
        prepare();
        origin = registered("c1");
    }

    /// Office 2 wishes it, office 1 agrees; gives the address.
    std::string agreed() {
        const auto made = ask("office2", Method::post, "/exemplars/" + origin + "/adoptions", {{"unit", "c2"}});
        EXPECT_EQ(take("office1", made.location, "agree_as_origin"), "agreed");
        return made.location;
    }
    std::string take(const std::string& who, const std::string& address, const std::string& verb, Fields fields = {}) {
        fields.emplace("verb", verb);
        return std::string(ask(who, Method::post, address + "/steps", fields).document.at("state").as_string());
    }
    std::string adopted_by(const std::string& address) {
        return std::string(get("office2", address).at("adopted").at("id").as_string());
    }
    void register_it(const std::string& id) {
        auto change = store.change(permit());
        step(change, id, exemplars::Verb::register_, today);
        change.commit("exemplar.registered", id);
    }
    /// `child` descends from `parent`, whatever the pages would say.
    void link(const std::string& parent, const std::string& child, Day starts) {
        auto change = store.change(permit());
        const auto it = exemplars::find_exemplar(change, child).value();
        auto made = replications::add_replication(change, exemplars::find_exemplar(change, parent)->id, it.unit,
                                                  {starts, starts}, replications::State::agreed, {}, "", starts);
        change.commit("replication.suggested", parent);
        auto next = store.change(permit());
        auto begun = made;
        begun.state = replications::State::adopting;
        begun.adopted = it.id;
        begun.starts_on = starts;
        replications::store_step(next, made, begun, replications::Verb::begin, "", starts);
        next.commit("replication.begin", parent);
    }
};

TEST_P(ReplicationContract, GoesFromASuggestionToAnAssessment) {
    const auto address = agreed();
    EXPECT_EQ(take("office2", address, "begin", {{"adaptation", "with boats"}, {"mentor", "Secretary, c1"}}),
              "adopting");
    const auto own = adopted_by(address);
    EXPECT_EQ(exemplar(own).state, exemplars::State::draft);
    EXPECT_EQ(exemplar(own).title, "Exemplar of c1");
    EXPECT_EQ(exemplar(own).unit, unit("c2"));
    EXPECT_EQ(refused("office2", address + "/steps", {{"verb", "complete"}}), "replication.not-registered");
    register_it(own);
    EXPECT_EQ(take("office2", address, "complete"), "adopted");
    EXPECT_EQ(refused("province", address + "/steps", {{"verb", "find_working"}}), "replication.needs");
    EXPECT_EQ(
        take("province", address, "find_working",
             {{"outcome", "more households"}, {"measure", "households"}, {"own_result", "12"}, {"origin_result", "8"}}),
        "works");
    EXPECT_EQ(get("office1", address).at("compared").at("percent").as_string(), "150");
    EXPECT_EQ(newest().what, "replication.find_working");
    EXPECT_EQ(newest().subject, origin);
    EXPECT_THAT(replications::check_replications(store.read()), IsEmpty());
}

TEST_P(ReplicationContract, NeedsBothToAgree) {
    const auto made = ask("province", Method::post, "/exemplars/" + origin + "/adoptions", {{"unit", "c2"}});
    EXPECT_EQ(made.document.at("adopter_agreed").as_bool(), false);
    EXPECT_EQ(take("office2", made.location, "agree_as_adopter"), "suggested");
    EXPECT_EQ(refused("office2", made.location + "/steps", {{"verb", "agree_as_adopter"}}), "replication.step");
    EXPECT_EQ(refused("office2", made.location + "/steps", {{"verb", "begin"}}), "replication.step");
    EXPECT_EQ(refused("office2", made.location + "/steps", {{"verb", "agree_as_origin"}}), "gate.not-permitted");
    EXPECT_EQ(refused("office1", made.location + "/steps", {{"verb", "decline"}}), "replication.needs");
    EXPECT_EQ(take("office1", made.location, "decline", {{"note", "still being tried"}}), "declined");
}

TEST_P(ReplicationContract, DoesNotBeginWithWhatHasEnded) {
    const auto address = agreed();
    {
        auto change = store.change(permit());
        step(change, origin, exemplars::Verb::launch, today);
        step(change, origin, exemplars::Verb::start, today);
        step(change, origin, exemplars::Verb::end, today);
        change.commit("exemplar.step", origin);
    }
    EXPECT_EQ(refused("office2", address + "/steps", {{"verb", "begin"}}), "replication.not-active");
    EXPECT_EQ(get("office2", address).at("moves").as_array().size(), 1U);  // decline
}

TEST_P(ReplicationContract, IsForThoseWhoWorkOnIt) {
    const auto address = agreed();
    EXPECT_EQ(refusal([&] { get("", address); }), "replication.unknown");
    EXPECT_EQ(get("clerk2", address).at("moves").as_array().size(), 2U);  // begin, decline
    EXPECT_EQ(refused("", "/exemplars/" + origin + "/adoptions", {{"unit", "c2"}}), "gate.sign-in");
    EXPECT_EQ(refused("office2", "/exemplars/" + origin + "/adoptions", {{"unit", "d1"}}), "gate.not-permitted");
    EXPECT_EQ(refused("office2", "/exemplars/" + origin + "/adoptions", {{"unit", "c2"}}), "replication.twice");
    EXPECT_EQ(refused("office1", "/exemplars/" + origin + "/adoptions", {{"unit", "c1"}}), "replication.own-unit");
}

TEST_P(ReplicationContract, LinksAnOwnExemplarButMakesNoCircle) {
    const auto own = registered("c2");
    const auto address = agreed();
    EXPECT_EQ(refused("office2", address + "/steps", {{"verb", "begin"}, {"exemplar", origin}}), "replication.not-own");
    EXPECT_EQ(take("office2", address, "begin", {{"exemplar", own}}), "adopting");
    // back: c1 would adopt what descends from its own
    const auto back = ask("office1", Method::post, "/exemplars/" + own + "/adoptions", {{"unit", "c1"}}).location;
    EXPECT_EQ(take("office2", back, "agree_as_origin"), "agreed");
    EXPECT_EQ(refused("office1", back + "/steps", {{"verb", "begin"}, {"exemplar", origin}}), "replication.cycle");
    // and a second origin is none
    const auto other = registered("c1", "2023-02-01");
    const auto second = ask("office2", Method::post, "/exemplars/" + other + "/adoptions", {{"unit", "c2"}}).location;
    take("office1", second, "agree_as_origin");
    EXPECT_EQ(refused("office2", second + "/steps", {{"verb", "begin"}, {"exemplar", own}}), "replication.has-origin");
}

TEST_P(ReplicationContract, ADraftThatIsThrownAwayLetsItBeginAnew) {
    const auto address = agreed();
    take("office2", address, "begin");
    {
        auto change = store.change(permit());
        exemplars::discard_draft(change, exemplars::find_exemplar(change, adopted_by(address)).value());
        change.commit("exemplar.discarded", "");
    }
    EXPECT_EQ(get("office2", address).contains("adopted"), false);
    EXPECT_EQ(take("office2", address, "begin"), "adopting");
}

TEST_P(ReplicationContract, AFamilyIsShownAsFarAsOneSeesIt) {
    const auto address = agreed();
    take("office2", address, "begin");
    const auto page = "/exemplars/" + origin + "/family";
    EXPECT_EQ(get("", page).at("rows").as_array().size(), 1U);  // the draft is not for the public
    EXPECT_EQ(get("office2", page).at("rows").as_array().size(), 2U);
    register_it(adopted_by(address));
    EXPECT_EQ(get("", page).at("rows").as_array().size(), 2U);
    EXPECT_EQ(get("", page).at("adoptions").as_array().size(), 0U);
    EXPECT_EQ(ask("", Method::get, page + ".svg").download->content.substr(0, 4), "<svg");
    EXPECT_EQ(get("", "/exemplars/spread", {{"from", "2023-02-01"}}).at("growth").at("factor").as_string(), "2");
}

TEST_P(ReplicationContract, AnAncestorsEndIsToldToLivingDescendants) {
    const auto child = registered("c2", "2023-03-01"), grandchild = registered("d2", "2023-04-01"),
               gone = registered("d2");
    link(origin, child, day("2023-03-01"));
    link(child, grandchild, day("2023-04-01"));
    link(child, gone, day("2023-04-01"));
    boost::json::object document;
    for (const auto& id : {gone, origin}) {
        auto change = store.change(permit());
        const auto before = exemplars::find_exemplar(change, id).value();
        const auto event = step(change, id, exemplars::Verb::end, today);
        document.clear();
        replications::tell_descendants(change, before, event, document);
        change.commit("exemplar.end", id, document);
    }
    EXPECT_EQ(document.at("told").as_array().size(), 2U);
    std::vector<people::WorkItem> work;
    const auto part = replications::adoptions_waiting();
    const auto work_of = [&](const std::string& name) {
        work.clear();
        part(work, store.read(), *viewer(name), Language::en);
        return work.size();
    };
    EXPECT_EQ(work_of("clerk2"), 2U);  // it was told, and has one to finish
    EXPECT_EQ(refused("office1", "/exemplars/" + child + "/family/seen"), "gate.not-permitted");
    ask("clerk2", Method::post, "/exemplars/" + child + "/family/seen");
    EXPECT_EQ(work_of("clerk2"), 1U);
    EXPECT_EQ(newest().what, "replication.seen");
}

TEST_P(ReplicationContract, TheDoctorFindsACircle) {
    const auto child = registered("c2");
    link(origin, child, today);
    link(child, origin, today);
    const auto found = replications::check_replications(store.read());
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found.at(0).code, "doctor.replication-cycle");
    EXPECT_EQ(replications::members_of(store.read(), exemplar(origin).id).size(), 2U);  // and reading it ends
}

TEST_P(ReplicationContract, AFamilyOfThousandsIsReadAtOnce) {
    {
        auto change = store.change(permit());
        const auto c2 = unit("c2");
        const auto first = exemplars::find_exemplar(change, origin)->id;
        std::vector<ExemplarId> all{first};
        for (int i = 0; i < 2'000; ++i) {
            exemplars::Writing writing;
            writing.unit = c2;
            writing.field = "economy";
            writing.title = "Copy " + std::to_string(i);
            const auto id = exemplars::add_draft(change, cycle, writing);
            exemplars::Step wish{
                exemplars::Verb::register_, exemplars::State::registered, today, "", {}, {}, "", "", ""};
            exemplars::take_step(change, exemplars::exemplar(change, id), wish);
            store::run(change,
                       "INSERT INTO replication (id, public_id, origin, unit, adopted, state, origin_agreed_on,"
                       " adopter_agreed_on, starts_on, adaptation, mentor_unit, mentor, outcome, measure,"
                       " origin_result, own_result, since_seq) VALUES (:id, :public, :origin, :unit, :adopted,"
                       " 'adopting', 0, 0, :starts, '', NULL, '', '', '', '', '', 0)",
                       i + 1, store::new_public_id(), all.at(static_cast<std::size_t>(i) / 3), c2, id, today);
            all.push_back(id);
        }
        change.commit("test.filled", "");
    }
    const auto page = get("", "/exemplars/" + origin + "/family");
    EXPECT_EQ(page.at("figures").at("descendants").as_int64(), 2'000);
    EXPECT_EQ(page.at("rows").as_array().size(), 500U);
    EXPECT_EQ(page.at("drawing_apart").as_bool(), true);
}

ON_BOTH(ReplicationContract);

}  // namespace
}  // namespace guidon::contract

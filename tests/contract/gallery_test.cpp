// The register, the counts and the search of exemplars are the same on both databases, follow the journal, and show
// nobody what is not theirs.
#include <boost/json.hpp>

#include "exemplars/exemplars_store.h"
#include "gallery/counts_check.h"
#include "gallery/gallery_pages.h"
#include "gallery/search.h"
#include "in_country.h"
#include "movements/cycle.h"

namespace guidon::contract {
namespace {

namespace json = boost::json;
using exemplars::ExemplarId;
using exemplars::State;
using exemplars::Verb;
using gallery::Register;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* movement = R"(format = "guidon/movement/1"
key = "good-practice"
period = "2023"
starts = 2023-01-01
ends = 2023-12-31
[title]
en = "Good practice"
[exemplars]
kinds = ["model", "example"]
[[exemplars.fields]]
key = "economy"
title.en = "Economy"
[[exemplars.fields]]
key = "culture"
title.en = "Culture"
[[exemplars.levels]]
key = "commune"
title.en = "Commune"
[[criteria]]
key = "exemplars"
max = 10
rule = { kind = "graded" }
)";

/// "p" > "c1", "c2", and a movement that takes exemplars. Today is 14 November 2023.
class GalleryContract : public InCountry {
protected:
    Register all{store};
    gallery::SearchFollower search{store};
    movements::CycleId cycle;

    void SetUp() override {
        add_units({{"p", ""}, {"c1", "p"}, {"c2", "p"}});
        cycle = add_movement(movement);
        gallery::add_routes(routes, store, all, {.search = &search});
    }

    std::string unit_id(const std::string& code) {
        return units::find_unit_by_code(store.read(), code, today)->public_id;
    }

    /// An exemplar that took these steps on `on`; its public id is its title in short.
    std::string add(const std::string& id, const std::string& title, const std::string& code, const char* on,
                    const std::vector<Verb>& verbs, const std::string& aim = "", bool open_ = true) {
        auto change = store.change(permit());
        exemplars::Writing writing;
        writing.unit = unit(code);
        writing.field = "economy";
        writing.title = title;
        writing.content.aim = aim;
        writing.open = open_;
        exemplars::add_draft(change, cycle, writing, false, id);
        change.commit("exemplar.drafted", id);
        for (const Verb verb : verbs) step(id, verb, on);
        return id;
    }
    void step(const std::string& id, Verb verb, const char* on, const std::string& to_unit = "") {
        auto change = store.change(permit());
        const auto was = exemplars::find_exemplar(change, id).value();
        exemplars::Step wish;
        wish.verb = verb;
        wish.to = exemplars::find_move(was.state, verb)->to;
        wish.on = day(on);
        if (verb == Verb::recognise) wish.level = "commune";
        if (!to_unit.empty()) wish.unit = unit(to_unit);
        exemplars::take_step(change, was, wish);
        change.commit("exemplar." + std::string(exemplars::code(verb)), id);
        all.stir();
    }
    json::object ask(const std::string& path, Fields query = {}) {
        const auto answer = InCountry::ask("", Method::get, path, {}, std::move(query));
        return answer.fill ? answer.fill() : answer.document;
    }
    std::vector<std::string> listed(std::multimap<std::string, std::string> query = {}) {
        std::vector<std::string> ids;
        const json::object document = ask("/exemplars", std::move(query));
        for (const auto& one : document.at("exemplars").as_array()) ids.emplace_back(one.at("id").as_string());
        return ids;
    }
    std::string lede(std::multimap<std::string, std::string> query) {
        return std::string(ask("/exemplars", std::move(query)).at("lede").as_string());
    }
};

const std::vector<Verb> to_recognition{Verb::register_, Verb::launch, Verb::start,
                                       Verb::propose,   Verb::submit, Verb::recognise};

TEST_P(GalleryContract, ShowsEverybodyWhatIsOpenAndNoDraft) {
    add("first", "Rau sạch", "c1", "2023-02-01", {Verb::register_});
    add("hidden", "Biên giới", "c1", "2023-03-01", {Verb::register_}, "", false);
    add("draft", "Nháp", "c1", "2023-03-01", {});
    add("second", "Nước sạch", "c2", "2023-04-01", to_recognition);
    EXPECT_THAT(listed(), ElementsAre("second", "first"));
    EXPECT_THAT(listed({{"unit", unit_id("c1")}}), ElementsAre("first"));
    EXPECT_THAT(listed({{"unit", unit_id("p")}, {"state", "recognised"}}), ElementsAre("second"));
    EXPECT_THAT(listed({{"field", "culture"}}), IsEmpty());
    EXPECT_THAT(listed({{"year", "2022"}}), IsEmpty());
    EXPECT_EQ(refusal([&] { listed({{"unit", "nowhere"}}); }), "gallery.filter");
    EXPECT_EQ(refusal([&] { listed({{"kind", "miracle"}}); }), "gallery.filter");
    EXPECT_EQ(refusal([&] { listed({{"page", "0"}}); }), "gallery.filter");
}

TEST_P(GalleryContract, FollowsWhatHappensAndKeepsAVersionOfEach) {
    add("first", "Rau sạch", "c1", "2023-02-01", {Verb::register_});
    const auto version = all.version_of("first");
    ASSERT_TRUE(version);
    {
        auto change = store.change(permit());
        change.commit("news.published", "article", {{"exemplars", json::array{"first"}}});
        all.stir();
    }
    EXPECT_GT(all.version_of("first"), version) << "an entry that names it";
    const auto named = all.version_of("first");
    {
        auto change = store.change(permit());
        change.commit("news.published", "another");
        all.stir();
    }
    EXPECT_EQ(all.version_of("first"), named);
    EXPECT_FALSE(all.version_of("nobody"));
    {
        auto change = store.change(permit());
        exemplars::Writing writing;
        writing.unit = unit("c1");
        exemplars::add_draft(change, cycle, writing, false, "draft");
        change.commit("exemplar.drafted", "draft");
        all.stir();
    }
    EXPECT_TRUE(all.version_of("draft"));
    {
        auto change = store.change(permit());
        exemplars::discard_draft(change, exemplars::find_exemplar(change, "draft").value());
        change.commit("exemplar.discarded", "draft");
        all.stir();
    }
    EXPECT_FALSE(all.version_of("draft"));
}

TEST_P(GalleryContract, CountsAsOfAnyDayAndLeadsToWhoWasCounted) {
    add("first", "A", "c1", "2023-02-01", to_recognition);
    add("second", "B", "c2", "2023-04-01", {Verb::register_});
    step("second", Verb::transfer, "2023-06-01", "c1");
    step("first", Verb::remove, "2023-09-01");
    const auto figures = ask("/exemplars/figures", {{"on", "2023-10-01"}});
    const auto& total = figures.at("tables").as_array().at(0).at("rows").as_array().back().at("cells").as_array();
    const auto number = [&](const json::array& cells, const char* key) {
        for (const auto& cell : cells)
            if (cell.at("key") == key) return cell.at("count").as_int64();
        return std::int64_t{-1};
    };
    EXPECT_EQ(number(total, "registered"), 2);
    EXPECT_EQ(number(total, "recognised"), 1);
    EXPECT_EQ(number(total, "removed"), 1);
    EXPECT_EQ(number(total, "moved_in"), 0) << "inside of the whole nobody moves";
    EXPECT_EQ(number(total, "active_end"), 1);
    const auto below = figures.at("tables").as_array().at(1).at("rows").as_array();
    EXPECT_EQ(number(below.at(0).at("cells").as_array(), "moved_in"), 1);
    EXPECT_EQ(number(below.at(1).at("cells").as_array(), "moved_out"), 1);
    const std::multimap<std::string, std::string> span{{"from", "2023-01-01"}, {"to", "2023-10-01"}};
    const auto counted = [&](const char* count, const std::string& code = "p") {
        auto query = span;
        query.emplace("count", count);
        query.emplace("unit", unit_id(code));
        return listed(query);
    };
    EXPECT_THAT(counted("removed"), ElementsAre("first"));
    EXPECT_THAT(counted("active_end"), ElementsAre("second"));
    EXPECT_THAT(counted("moved_in", "c1"), ElementsAre("second"));
    EXPECT_THAT(counted("state_removed"), ElementsAre("first"));
    EXPECT_THAT(listed({{"count", "active_end"}, {"from", "2023-01-01"}, {"to", "2023-05-01"}}),
                ElementsAre("second", "first"))
        << "as of then";
}

TEST_P(GalleryContract, TheDoctorFindsCountsThatAreOff) {
    add("first", "A", "c1", "2023-02-01", to_recognition);
    EXPECT_THAT(gallery::check_counts(store.read()), IsEmpty());
    {
        auto change = store.change(permit());
        store::run(change, "UPDATE exemplar SET state = 'ended' WHERE public_id = 'first'");
        change.keep();
    }
    const auto found = gallery::check_counts(store.read());
    ASSERT_EQ(found.size(), 1);
    EXPECT_EQ(found[0].code, "doctor.exemplar-counts");
    EXPECT_EQ(found[0].arguments.at("off"), "-1");
}

TEST_P(GalleryContract, FindsWordsOfThreeLanguagesInTheSameOrder) {
    add("in-text", "Đường hoa", "c1", "2023-02-01", {Verb::register_}, "Trồng rau; nước sạch cho thôn");
    add("apart", "Sạch đường, nước trong", "c1", "2023-02-01", {Verb::register_});
    add("in-title", "Nước sạch nông thôn", "c1", "2023-02-01", {Verb::register_});
    add("urdu", "صاف پانی کی فراہمی", "c2", "2023-02-01", {Verb::register_}, "خوش\xe2\x80\x8cحال گاؤں");
    add("english", "Clean water for every school", "c2", "2023-02-01", {Verb::register_});
    add("closed", "Nước sạch biên giới", "c2", "2023-02-01", {Verb::register_}, "", false);
    EXPECT_EQ(search.catch_up(), 6);
    EXPECT_EQ(search.catch_up(), 0);
    const auto found = [&](const char* typed) { return listed({{"q", typed}}); };
    EXPECT_THAT(found("nuoc sach"), ElementsAre("in-title", "apart", "in-text"));
    EXPECT_THAT(found("\"nước sạch\""), ElementsAre("in-title", "in-text"));
    EXPECT_THAT(found("NƯỚC*"), ElementsAre("in-title", "apart", "in-text"));
    EXPECT_THAT(found("صاف پاني"), ElementsAre("urdu"));
    EXPECT_THAT(found("خوش حال"), ElementsAre("urdu"));
    EXPECT_THAT(found("wat scho*"), IsEmpty());
    EXPECT_THAT(found("clean scho"), ElementsAre("english")) << "nothing has the whole word";
    EXPECT_THAT(found("\"; DROP TABLE unit --"), IsEmpty());
    EXPECT_THAT(found("'"), IsEmpty());
    EXPECT_THAT(listed({{"q", "nuoc sach"}, {"sort", "date"}}), ElementsAre("in-title", "apart", "in-text"));
    const auto document = ask("/exemplars", {{"q", "nước sạch"}});
    const auto& snippet = document.at("exemplars").as_array().at(2).at("snippet").as_array();
    EXPECT_EQ(snippet.at(1).at("text"), "nước sạch");
    EXPECT_TRUE(snippet.at(1).at("hit").as_bool());
}

TEST_P(GalleryContract, TheSearchForgetsWhatIsNoLongerSaid) {
    add("first", "Rau sạch", "c1", "2023-02-01", {Verb::register_});
    search.catch_up();
    {
        auto change = store.change(permit());
        const auto was = exemplars::find_exemplar(change, "first").value();
        exemplars::Writing now_ = was;
        now_.title = "Cam Vinh";
        exemplars::rewrite(change, was, now_);
        change.commit("exemplar.changed", "first");
        all.stir();
    }
    EXPECT_THAT(gallery::check_texts(store.read()), IsEmpty());
    search.catch_up();
    EXPECT_THAT(listed({{"q", "rau"}}), IsEmpty());
    EXPECT_THAT(listed({{"q", "cam"}}), ElementsAre("first"));
    step("first", Verb::send_back, "2023-03-01");
    search.catch_up();
    EXPECT_THAT(gallery::find(store.read(), "cam", 10).ids, IsEmpty()) << "a draft again";
    EXPECT_THAT(gallery::check_texts(store.read()), IsEmpty());
}

TEST_P(GalleryContract, ACommonWordIsFoundAmongTheNewest) {
    {
        auto change = store.change(permit());
        for (int i = 0; i < 300; ++i) {
            exemplars::Writing writing;
            writing.unit = unit("c1");
            writing.title = "Dân vận " + std::to_string(i);
            exemplars::add_draft(change, cycle, writing, false, "e" + std::to_string(i));
            exemplars::Step wish;
            wish.to = State::registered;
            wish.on = day("2023-03-01");
            exemplars::take_step(change, exemplars::find_exemplar(change, "e" + std::to_string(i)).value(), wish);
        }
        change.commit("exemplars.taken-in", "");
        all.stir();
    }
    EXPECT_EQ(search.catch_up(), 300);
    const auto document = ask("/exemplars", {{"q", "dân vận"}});
    EXPECT_TRUE(document.at("more").as_bool());
    EXPECT_EQ(document.at("count").to_number<int>(), 200);
    EXPECT_EQ(document.at("exemplars").as_array().at(0).at("id"), "e299");
    EXPECT_THAT(listed({{"q", "\"dân vận 7\""}}), ElementsAre("e7"));
}

TEST_P(GalleryContract, AFigureCountsTheMainFieldAloneAndSoDoesItsList) {
    const std::string id = add("sides", "Của nhiều lĩnh vực", "c1", "2023-02-01", {});
    {
        auto change = store.change(permit());
        const auto draft = exemplars::find_exemplar(change, id).value();
        exemplars::Writing writing = draft;
        writing.side_fields = {"culture"};
        exemplars::rewrite(change, draft, writing);
        change.commit("exemplar.written", id);
    }
    step(id, Verb::register_, "2023-02-01");
    EXPECT_THAT(listed({{"field", "culture"}}), ElementsAre("sides"));
    const std::multimap<std::string, std::string> counted{
        {"count", "registered"}, {"from", "2023-01-01"}, {"to", "2023-12-31"}};
    auto of_culture = counted, of_economy = counted;
    of_culture.emplace("field", "culture");
    of_economy.emplace("field", "economy");
    EXPECT_THAT(listed(of_culture), ElementsAre());
    EXPECT_THAT(listed(of_economy), ElementsAre("sides"));
}

TEST_P(GalleryContract, WhatIsTakenUpAgainIsRecognisedAgain) {
    add("again", "Làm lại", "c1", "2023-02-01", to_recognition);
    step("again", Verb::remove, "2023-03-01");
    EXPECT_EQ(exemplars::find_exemplar(store.read(), "again")->level, "commune") << "what was removed was recognised";
    step("again", Verb::reactivate, "2023-04-01");
    EXPECT_EQ(exemplars::find_exemplar(store.read(), "again")->level, "");
    for (const Verb verb : {Verb::propose, Verb::submit, Verb::recognise}) step("again", verb, "2023-05-01");
    EXPECT_EQ(exemplars::find_exemplar(store.read(), "again")->recognised_on, day("2023-05-01"));
}

TEST_P(GalleryContract, ThreeWordsBesideEachOtherAreMoreThanTwoPairs) {
    add("beside", "An toàn dân cư", "c1", "2023-02-01", {Verb::register_});
    for (int i = 0; i < 30; ++i)  // more than are put in order one by one
        add("pairs" + std::to_string(i), "An toàn, toàn dân", "c1", "2023-02-01", {Verb::register_});
    search.catch_up();
    EXPECT_THAT(listed({{"q", "\"an toàn dân\""}}), ElementsAre("beside"));
    EXPECT_EQ(listed({{"q", "an toàn dân"}}).front(), "beside") << "the oldest, but the best";
    EXPECT_EQ(listed({{"q", "an toàn dân cư"}}), std::vector<std::string>{"beside"});
}

ON_BOTH(GalleryContract);

}  // namespace
}  // namespace guidon::contract

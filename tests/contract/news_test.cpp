// Articles and comments over their own addresses: who may do what, what readers get, and whether the counter is right.
#include "news/news_pages.h"

#include "comments/comments_pages.h"
#include "in_country.h"
#include "news/articles_store.h"

namespace guidon::contract {
namespace {

namespace json = boost::json;

/// A publisher of p and of c1, two without that role, and the public.
class NewsContract : public InCountry {
protected:
    comments::Desk desk{store, "key"};
    evidence::Depot depot{"no-files"};

    void SetUp() override {
        add_units();
        seat("Head", "p", Role::publisher);
        seat("North", "c1", Role::publisher);
        seat("South", "c2", Role::organiser);
        seat("Clerk", "c1", Role::reporter);
        news::add_routes(routes, store, depot, desk);
        comments::add_routes(routes, desk);
    }
    web::Answer post(const std::string& name, const std::string& path, Fields fields = {}) {
        return ask(name, Method::post, path, std::move(fields));
    }

    /// An article of c1; gives its address.
    std::string draft(const std::string& title = "Six localities sign", Fields more = {}) {
        more.emplace("title", title);
        more.emplace("unit", "c1");
        more.emplace("body", "They signed.");
        return std::string(post("North", "/news", more).document.at("href").as_string());
    }
    std::string published(const std::string& title = "Six localities sign") {
        const auto href = draft(title);
        post("North", href + "/publish");
        return href;
    }
    json::object thread_of(const std::string& name, const std::string& article) {
        return get(name, article).at("thread").as_object();
    }
    std::string write(const std::string& name, const std::string& article, const std::string& text) {
        const auto at = std::string(thread_of(name, article).at("write_action").as_string());
        return std::string(post(name, at, {{"text", text}}).document.at("id").as_string());
    }
    void decide(const std::string& comment, const std::string& verdict, Fields fields = {}) {
        post("North", "/comments/" + comment + "/" + verdict, std::move(fields));
    }
    std::string texts(const std::string& name, const std::string& article) {
        std::string all;
        const json::object thread = thread_of(name, article);
        for (const auto& one : thread.at("comments").as_array())
            all += (all.empty() ? "" : " ") + std::string(one.at("text").as_string()) + ":" +
                   std::string(one.at("state").as_string());
        return all;
    }
    std::string counted(const std::string& article) {
        return std::string(thread_of("", article).at("count_text").as_string());
    }
    std::string listed(const std::string& name, const char* field = "articles") {
        std::string all;
        const json::object shown = get(name, "/news");
        for (const auto& one : shown.at(field).as_array())
            all += (all.empty() ? "" : ", ") + std::string(one.at("title").as_string());
        return all;
    }
    store::Entry newest() { return store::entries_before(store.read(), 0, 1).at(0); }
    std::vector<Problem> faults() {
        auto found = comments::check_comments(store.read());
        for (auto& one : news::check_articles(store.read())) found.push_back(std::move(one));
        return found;
    }
    void open_to_public() {
        auto change = store.change(permit());
        store::run(change, "INSERT INTO setting (key, value) VALUES ('comments.public', '1')");
        change.commit("settings.changed", "");
    }
};
ON_BOTH(NewsContract);

TEST_P(NewsContract, ADraftIsThereForItsWritersAloneUntilItIsPublished) {
    const auto href = draft();
    EXPECT_EQ(refused("", Method::get, href), "news.unknown");
    EXPECT_EQ(refused("South", Method::get, href), "news.unknown");
    EXPECT_EQ(refused("Clerk", Method::get, href + "/versions/1"), "news.unknown");
    EXPECT_EQ(listed(""), "");
    EXPECT_EQ(listed("Head", "drafts"), "Six localities sign");
    EXPECT_EQ(listed("South", "drafts"), "");
    post("Head", href + "/publish");
    EXPECT_EQ(newest().what, "article.published");
    EXPECT_EQ(listed(""), "Six localities sign");
    EXPECT_EQ(get("", href).at("published").as_string(), today.text());
    EXPECT_EQ(refused("North", Method::post, href + "/publish"), "news.state");
    EXPECT_EQ(faults().size(), 0U);
}

TEST_P(NewsContract, OnlyWhoMayWriteInTheUnitChangesAnything) {
    const auto href = published();
    for (const char* path : {"/publish", "/withdraw", "/correct", "/drop"}) {
        EXPECT_EQ(refused("South", Method::post, href + path), "gate.not-permitted") << path;
        EXPECT_EQ(refused("", Method::post, href + path), "gate.sign-in") << path;
    }
    EXPECT_EQ(refused("Clerk", Method::post, "/news", {{"unit", "c1"}}), "gate.not-permitted");
    EXPECT_EQ(refused("North", Method::post, "/news", {{"unit", "c2"}, {"title", "x"}}), "gate.not-permitted");
    EXPECT_EQ(refused("North", Method::post, "/news", {{"unit", "zz"}, {"title", "x"}}), "news.unit");
    EXPECT_EQ(refused("", Method::get, "/news/new"), "gate.sign-in");
    EXPECT_EQ(refused("Clerk", Method::get, "/news/new"), "gate.not-permitted");
}

TEST_P(NewsContract, ACorrectionIsANewVersionThatNamesTheOldOne) {
    const auto href = published();
    const Fields corrected{{"title", "Six localities signed"}, {"body", "They have signed."}};
    EXPECT_EQ(refused("North", Method::put, href, corrected), "news.state");
    post("North", href + "/correct");
    EXPECT_EQ(refused("North", Method::post, href + "/correct"), "news.state");
    ask("North", Method::put, href, corrected);
    EXPECT_EQ(refused("North", Method::post, href + "/publish"), "news.no-note");
    EXPECT_EQ(get("", href).at("title"), "Six localities sign") << "readers do not see what is being written";
    EXPECT_EQ(refused("", Method::get, href + "/versions/2"), "news.unknown");
    auto noted = corrected;
    noted.emplace("note", "The tense was wrong.");
    ask("North", Method::put, href, noted);
    post("North", href + "/publish");
    EXPECT_EQ(newest().what, "article.corrected");

    const auto now_shown = get("", href);
    EXPECT_EQ(now_shown.at("title"), "Six localities signed");
    EXPECT_EQ(now_shown.at("versions").as_array().size(), 2U);
    EXPECT_NE(json::serialize(now_shown.at("corrected_text")).find("The tense was wrong."), std::string::npos);
    const auto before = get("", href + "/versions/1");
    EXPECT_EQ(before.at("title"), "Six localities sign");
    EXPECT_EQ(before.at("is_older"), true);
    EXPECT_EQ(thread_of("", href).at("subject_title"), "Six localities signed");
    EXPECT_EQ(faults().size(), 0U);
}

TEST_P(NewsContract, ACorrectionCanBeDropped) {
    const auto href = published();
    post("North", href + "/correct");
    post("North", href + "/drop");
    EXPECT_EQ(get("North", href).at("versions").as_array().size(), 1U);
    EXPECT_EQ(refused("North", Method::post, href + "/drop"), "news.state");
    post("North", href + "/correct");
    EXPECT_EQ(faults().size(), 0U);
}

TEST_P(NewsContract, WhatIsWithdrawnIsNoLongerToldButWhyIs) {
    const auto href = published();
    write("North", href, "Well done");
    const auto thread = std::string(thread_of("", href).at("href").as_string());
    EXPECT_EQ(refused("North", Method::post, href + "/withdraw"), "comments.no-reason");
    post("North", href + "/withdraw", {{"reason", "The figures were wrong."}});
    EXPECT_EQ(newest().what, "article.withdrawn");
    const auto left = get("", href);
    const std::string all = json::serialize(left);
    EXPECT_NE(all.find("The figures were wrong."), std::string::npos);
    EXPECT_EQ(all.find("They signed."), std::string::npos);
    EXPECT_FALSE(left.contains("thread"));
    EXPECT_EQ(listed(""), "");
    EXPECT_EQ(refused("", Method::get, thread), "comments.unknown");
    EXPECT_EQ(refused("Clerk", Method::post, thread + "/comments", {{"text", "x"}}), "comments.unknown");
    EXPECT_EQ(refused("North", Method::post, thread + "/reopen"), "comments.thread-state");
    EXPECT_EQ(refused("North", Method::post, href + "/publish"), "news.state");
    EXPECT_EQ(refused("North", Method::post, href + "/withdraw", {{"reason", "again"}}), "news.state");
    EXPECT_EQ(faults().size(), 0U);
}

TEST_P(NewsContract, TwoWhoChangeTheSameAreTold) {
    const auto href = draft();
    const auto version = std::string(get("North", href).at("version").as_string());
    ask("North", Method::put, href, {{"title", "First"}});
    if_match = "\"" + version + "\"";
    EXPECT_EQ(refused("Head", Method::put, href, {{"title", "Second"}}), "web.changed-meanwhile");
    EXPECT_EQ(refused("Head", Method::post, href + "/publish"), "web.changed-meanwhile");
    if_match = "*";
    EXPECT_EQ(get("North", href).at("title"), "First");
}

TEST_P(NewsContract, TheListIsByYearNewestFirst) {
    const auto year = now;
    published("old");
    now += std::int64_t{400} * 86'400'000;
    published("new");
    EXPECT_EQ(listed(""), "new, old");
    EXPECT_EQ(get("", "/news").at("years").as_array().size(), 2U);
    now = year;
}

TEST_P(NewsContract, TheFeedHasWhatIsPublished) {
    draft("<hidden>");
    published("<shown>");
    const auto feed = ask("", Method::get, "/news.atom").download->content;
    EXPECT_NE(feed.find("&lt;shown&gt;"), std::string::npos);
    EXPECT_EQ(feed.find("hidden"), std::string::npos);
}

TEST_P(NewsContract, TheJournalNamesAuthorsByHashOnly) {
    const auto href = draft("T", {{"authors", "Somebody Known"}});
    const auto document = newest().document;
    EXPECT_EQ(document.find("Somebody"), std::string::npos);
    EXPECT_NE(document.find("sha256:"), std::string::npos);
    EXPECT_EQ(get("North", href).at("authors").as_array().size(), 1U);
}

TEST_P(NewsContract, TheCounterIsRightAtZeroAndCountsOnlyWhatIsShown) {
    const auto href = published();
    EXPECT_EQ(counted(href), "Comments (0)");
    const auto first = write("Clerk", href, "first");
    EXPECT_EQ(counted(href), "Comments (0)");
    EXPECT_EQ(texts("", href), "");
    EXPECT_EQ(texts("South", href), "");
    EXPECT_EQ(texts("Clerk", href), "first:pending");
    EXPECT_EQ(texts("North", href), "first:pending");
    decide(first, "show");
    EXPECT_EQ(counted(href), "Comments (1)");
    const auto second = write("South", href, "second");
    decide(second, "reject", {{"reason", "off topic"}});
    EXPECT_EQ(counted(href), "Comments (1)");
    EXPECT_EQ(texts("South", href), "first:shown second:rejected");
    EXPECT_EQ(texts("", href), "first:shown");
    write("North", href, "a moderator's own is shown at once");
    EXPECT_EQ(counted(href), "Comments (2)");
    decide(first, "remove", {{"reason", "not polite"}});
    EXPECT_EQ(newest().what, "comment.removed");
    EXPECT_EQ(counted(href), "Comments (1)");
    EXPECT_EQ(faults().size(), 0U);

    auto change = store.change(permit());
    store::run(change, "UPDATE comment_thread SET shown = 7");
    change.commit("test.harm", "");
    ASSERT_EQ(faults().size(), 1U);
    EXPECT_EQ(faults().front().code, "doctor.thread-count");
}

TEST_P(NewsContract, ModeratorsOfTheUnitDecideAndNobodyElse) {
    const auto href = published();
    const auto comment = write("Clerk", href, "first");
    EXPECT_EQ(refused("South", Method::post, "/comments/" + comment + "/show"), "comments.unknown");
    EXPECT_EQ(refused("Clerk", Method::post, "/comments/" + comment + "/show"), "comments.unknown");
    EXPECT_EQ(refused("", Method::post, "/comments/" + comment + "/show"), "gate.sign-in");
    EXPECT_EQ(refused("", Method::post, "/comments/nothing/report"), "gate.sign-in");
    EXPECT_EQ(refused("Clerk", Method::get, "/comments"), "gate.not-permitted");
    EXPECT_EQ(refused("", Method::get, "/comments"), "gate.sign-in");
    EXPECT_EQ(get("South", "/comments").at("comments").as_array().size(), 0U);
    EXPECT_EQ(get("Head", "/comments").at("comments").as_array().size(), 1U);
    std::vector<people::WorkItem> work;
    for (const char* who : {"North", "South", "Clerk", "Head"})
        comments::comments_to_moderate()(work, store.read(), *viewer(who), Language::en);
    EXPECT_EQ(work.size(), 2U);
    EXPECT_EQ(refused("North", Method::post, "/comments/" + comment + "/remove", {{"reason", "x"}}), "comments.state");
    EXPECT_EQ(refused("North", Method::post, "/comments/" + comment + "/reject"), "comments.no-reason");
    decide(comment, "show");
    EXPECT_EQ(refused("North", Method::post, "/comments/" + comment + "/show"), "comments.state");
    if_match = "1";
    EXPECT_EQ(refused("Head", Method::post, "/comments/" + comment + "/reject", {{"reason", "x"}}),
              "comments.overtaken")
        << "it was shown since they looked";
    if_match = "*";
    EXPECT_EQ(refused("Clerk", Method::post, "/comments/" + comment + "/remove", {{"reason", "x"}}),
              "gate.not-permitted");
}

TEST_P(NewsContract, AThreadIsClosedAndOpenedAgain) {
    const auto href = published();
    const auto thread = std::string(thread_of("", href).at("href").as_string());
    EXPECT_EQ(refused("Clerk", Method::post, thread + "/close"), "gate.not-permitted");
    post("North", thread + "/close");
    EXPECT_EQ(refused("Clerk", Method::post, thread + "/comments", {{"text", "x"}}), "comments.closed");
    EXPECT_EQ(thread_of("Clerk", href).at("may_write"), false);
    EXPECT_EQ(refused("North", Method::post, thread + "/close"), "comments.thread-state");
    post("North", thread + "/reopen");
    write("Clerk", href, "x");
}

TEST_P(NewsContract, ReportedCommentsComeBackToModerators) {
    const auto href = published();
    const auto comment = write("Clerk", href, "first");
    decide(comment, "show");
    const auto reports = [&] { return get("North", "/comments").at("comments").as_array(); };
    EXPECT_EQ(reports().size(), 0U);
    EXPECT_EQ(refused("South", Method::post, "/comments/" + comment + "/report"), "comments.no-reason");
    post("South", "/comments/" + comment + "/report", {{"reason", "not true"}});
    post("South", "/comments/" + comment + "/report", {{"reason", "not true at all"}});
    ASSERT_EQ(reports().size(), 1U);
    EXPECT_EQ(reports().at(0).at("reports").as_array().size(), 1U);
    EXPECT_EQ(newest().document.find("not true"), std::string::npos);
    EXPECT_EQ(counted(href), "Comments (1)");
    decide(comment, "keep");
    EXPECT_EQ(reports().size(), 0U);
    EXPECT_EQ(refused("North", Method::post, "/comments/" + comment + "/keep"), "comments.state");
    EXPECT_EQ(faults().size(), 0U);
}

TEST_P(NewsContract, ThePublicWritesOnlyWhereItMayAndNotLikeAProgram) {
    const auto href = published();
    const auto write_at = std::string(thread_of("", href).at("write_action").as_string());
    const auto moment = [&] { return std::string(thread_of("", href).at("moment").as_string()); };
    EXPECT_EQ(refused("", Method::post, write_at, {{"text", "x"}, {"name", "n"}}), "gate.sign-in");
    open_to_public();
    EXPECT_EQ(refused("", Method::post, write_at, {{"text", "x"}, {"name", "n"}}), "comments.stale");
    EXPECT_EQ(refused("", Method::post, write_at, {{"text", "x"}, {"name", "n"}, {"moment", moment()}}),
              "comments.too-fast");
    const auto seal = moment();
    now += 5'000;
    EXPECT_EQ(refused("", Method::post, write_at, {{"text", "x"}, {"moment", seal}}), "comments.no-name");
    const Fields good{{"text", "good"}, {"name", "Reader of the paper"}, {"moment", seal}};
    EXPECT_EQ(post("", write_at, good).document.at("state"), "pending");
    EXPECT_EQ(newest().document.find("Reader"), std::string::npos);
    const auto entries = store.read().seq();
    post("", write_at, good);  // sent twice is stored once
    auto trapped = good;
    trapped.emplace("website", "https://spam.example");
    EXPECT_EQ(post("", write_at, trapped).document.at("state"), "pending");
    EXPECT_EQ(store.read().seq(), entries);
    EXPECT_EQ(texts("North", href), "good:pending");
    EXPECT_EQ(texts("", href), "");
    std::string last;
    for (int i = 0; i < 6; ++i)
        last = refused("", Method::post, write_at,
                       {{"text", "again " + std::to_string(i)}, {"name", "n"}, {"moment", seal}});
    EXPECT_EQ(last, "comments.too-many");
}

TEST_P(NewsContract, WhoeverIsErasedLeavesNoNameAndNoWordsThatNobodyReads) {
    const auto href = published();
    const auto shown = write("Clerk", href, "was shown");
    decide(shown, "show");
    write("Clerk", href, "still waits");
    const auto clerk = people::person(store.read(), people::office(store.read(), offices["Clerk"]).person);
    json::object data;
    comments::person_part().tell_all(data, store.read(), clerk);
    EXPECT_EQ(data.at("comments").as_array().size(), 2U);
    {
        auto change = store.change(permit());
        comments::person_part().erase(change, clerk);
        people::erase_person(change, clerk.id);
        change.commit("person.erased", clerk.public_id);
    }
    EXPECT_EQ(texts("North", href), "was shown:shown");
    EXPECT_EQ(thread_of("", href).at("comments").at(0).at("author").at("name"), "Erased person");
    EXPECT_EQ(counted(href), "Comments (1)");
    EXPECT_EQ(store::one<std::int64_t>(store.read(), "SELECT count(*) FROM comment WHERE body = 'still waits'"), 0);
    EXPECT_EQ(faults().size(), 0U);
}

}  // namespace
}  // namespace guidon::contract

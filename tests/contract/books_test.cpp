// A book from its call to print over its own addresses: who may do what, what the rules refuse, and what the public
// sees.
#include "books/books_pages.h"

#include "books/books_store.h"
#include "in_country.h"

namespace guidon::contract {
namespace {

namespace json = boost::json;

constexpr auto movement = R"(
format = "guidon/movement/1"
key = "skilled"
period = "2025"
starts = 2025-01-01
ends = 2025-12-31
issuer = "p"
[title]
en = "Skilled"
[[criteria]]
key = "cases"
max = 60
rule = { kind = "graded" }
[exemplars]
[[exemplars.fields]]
key = "economy"
title = { en = "Economy" }
[[exemplars.fields]]
key = "culture"
title = { en = "Culture" }
[[exemplars.levels]]
key = "commune"
title = { en = "Commune" }
)";

class BooksContract : public InCountry {
protected:
    std::string book;  // public id
    movements::CycleId cycle;

    void SetUp() override {
        add_units({{"p", "", "province"}, {"c1", "p"}, {"c2", "p"}, {"q", "", "province"}});
        cycle = add_movement(movement);
        seat("organiser", "p", Role::organiser);
        seat("elsewhere", "q", Role::organiser);
        seat("secretary", "p", Role::council_secretary);
        seat("reporter1", "c1", Role::reporter);
        seat("reporter2", "c2", Role::reporter);
        books::add_routes(routes, store, {});
    }

    std::string exemplar(const std::string& title, const std::string& code, const std::string& field = "economy") {
        auto change = store.change(permit());
        exemplars::Writing writing;
        writing.unit = unit(code);
        writing.field = field;
        writing.title = title;
        const auto id = exemplars::add_draft(change, cycle, writing);
        exemplars::take_step(change, exemplars::exemplar(change, id),
                             {.verb = exemplars::Verb::register_, .to = exemplars::State::registered, .on = today});
        const auto public_id = exemplars::exemplar(change, id).public_id;
        change.commit("exemplar.registered", public_id);
        return public_id;
    }
    static Fields wish(const std::string& rules = "quota = 2\n[[balance]]\nfield = \"economy\"\nmost = 1\n") {
        return {{"unit", "p"},         {"movement", "skilled"}, {"title_en", "A hundred"}, {"title_vi", "Một trăm"},
                {"from_year", "2021"}, {"to_year", "2025"},     {"plan_number", "26"},     {"call", "Nominate"},
                {"rules", rules}};
    }
    void begin(const Fields& fields = wish()) {
        book = ask("organiser", Method::post, "/books", fields).document.at("book").at("id").as_string().c_str();
    }
    std::string entry_of(const std::string& exemplar) {
        const auto reader = store.read();
        return books::entries_with(reader, exemplars::find_exemplar(reader, exemplar)->id).at(0).public_id;
    }
    std::string nominated(const std::string& title, const std::string& code, const std::string& field = "economy") {
        const auto id = exemplar(title, code, field);
        ask("organiser", Method::post, "/books/" + book + "/entries", {{"exemplar", "/exemplars/" + id}});
        return entry_of(id);
    }
    std::string move(const std::string& name, const std::string& verb, const std::vector<std::string>& entries,
                     const std::string& reason = "") {
        Fields fields{{"verb", verb}, {"reason", reason}};
        for (const auto& one : entries) fields.emplace("entry", one);
        return refused(name, Method::post, "/books/" + book + "/moves", fields);
    }
    std::string state(const std::string& entry) {
        return std::string(books::code(books::find_entry(store.read(), entry)->state));
    }
    void write(const std::string& entry, const std::string& title = "Title") {
        ask("organiser", Method::put, "/books/" + book + "/entries/" + entry + "/texts/vi",
            {{"title", title}, {"body", "One.\n\nTwo."}, {"editor", "Office"}});
    }
    void to_checked(const std::string& entry) {
        for (const char* verb : {"list", "survey", "select", "request"})
            ASSERT_EQ(move("organiser", verb, {entry}), "");
        write(entry);
        ASSERT_EQ(move("organiser", "deliver", {entry}), "");
        ASSERT_EQ(move("organiser", "edit", {entry}), "");
        ask("organiser", Method::post, "/books/" + book + "/entries/" + entry + "/consent",
            {{"by", "Chair"}, {"how", "letter"}, {"on", today.text()}, {"facts_by", "Office"}});
        ASSERT_EQ(move("organiser", "check", {entry}), "");
    }
    json::object page(const std::string& name) { return ask(name, Method::get, "/books/" + book).document; }
};
ON_BOTH(BooksContract);

TEST_P(BooksContract, OrganisersAndSecretariesBeginBooksWhereTheyAreAndNobodyElse) {
    EXPECT_EQ(refused("reporter1", Method::post, "/books", wish()), "gate.not-permitted");
    EXPECT_EQ(refused("elsewhere", Method::post, "/books", wish()), "gate.not-permitted");
    EXPECT_EQ(refused("", Method::post, "/books", wish()), "gate.sign-in");
    EXPECT_EQ(refused("secretary", Method::post, "/books", wish()), "");
    EXPECT_EQ(refused("organiser", Method::post, "/books", wish("quota = x")), "book.syntax");
    EXPECT_EQ(store::entries_before(store.read(), 0, 1).at(0).what, "book.added");
}

TEST_P(BooksContract, UnitsNominateTheirOwnAndSeeNoOthers) {
    begin();
    const auto one = exemplar("One", "c1"), two = exemplar("Two", "c2");
    const auto entries = "/books/" + book + "/entries";
    EXPECT_EQ(refused("reporter1", Method::post, entries, {{"exemplar", one}}), "");
    EXPECT_EQ(refused("reporter1", Method::post, entries, {{"exemplar", one}}), "book.nominated-twice");
    EXPECT_EQ(refused("reporter1", Method::post, entries, {{"exemplar", two}}), "gate.not-permitted");
    EXPECT_EQ(refused("organiser", Method::post, entries, {{"exemplar", "nothing"}}), "book.unknown-exemplar");
    EXPECT_EQ(refused("", Method::get, "/books/" + book), "book.unknown");
    EXPECT_EQ(refused("elsewhere", Method::get, entries + "/" + entry_of(one)), "book.unknown-entry");
    EXPECT_EQ(refused("reporter2", Method::get, entries + "/" + entry_of(one)), "book.unknown-entry");
    EXPECT_EQ(page("reporter1").at("groups").as_array().size(), 1U);
    EXPECT_EQ(page("reporter2").at("groups").as_array().size(), 0U);
    EXPECT_FALSE(page("reporter1").contains("balance"));
}

TEST_P(BooksContract, BulkMovesAreAllOrNothingAndSayWhatIsMissing) {
    begin();
    const auto one = nominated("One", "c1"), two = nominated("Two", "c2");
    EXPECT_EQ(move("organiser", "list", {one, two}), "");
    EXPECT_EQ(move("organiser", "survey", {one}), "");
    EXPECT_EQ(move("organiser", "select", {one, two}), "book.step");
    EXPECT_EQ(state(one), "surveyed");
    EXPECT_EQ(move("organiser", "decline", {two}), "book.reason");
    EXPECT_EQ(move("organiser", "decline", {two}, "not kept up"), "");
    EXPECT_EQ(move("organiser", "select", {one}), "");
    EXPECT_EQ(move("organiser", "request", {one}), "");
    EXPECT_EQ(move("reporter1", "deliver", {one}), "book.no-text");
    EXPECT_EQ(move("reporter2", "deliver", {one}), "book.unknown-entry");
    write(one);
    EXPECT_EQ(move("reporter1", "deliver", {one + "@1"}), "web.changed-meanwhile");
    EXPECT_EQ(move("reporter1", "deliver", {one}), "");
    EXPECT_EQ(move("organiser", "edit", {one}), "");
    EXPECT_EQ(move("organiser", "check", {one}), "book.no-consent");
    EXPECT_EQ(move("organiser", "publish", {one}), "book.step");
}

TEST_P(BooksContract, ApprovingStopsAtTheQuotaAndTheBalance) {
    begin();
    const auto one = nominated("One", "c1"), two = nominated("Two", "c2"), three = nominated("Three", "c1", "culture");
    for (const auto& entry : {one, two, three}) to_checked(entry);
    const auto balance = page("organiser").at("balance").as_array();
    EXPECT_EQ(balance.at(0).at("too_many").to_number<int>(), 1);
    EXPECT_EQ(balance.at(1).at("too_many").to_number<int>(), 1);
    EXPECT_EQ(move("secretary", "approve", {one}), "gate.not-permitted");
    EXPECT_EQ(move("organiser", "approve", {one, two}), "book.too-many");
    EXPECT_EQ(state(one), "checked");
    EXPECT_EQ(move("organiser", "approve", {one, three}), "");
}

TEST_P(BooksContract, ThePublicSeesWhatIsPublishedAndNothingBefore) {
    begin();
    const auto one = nominated("One", "c1"), two = nominated("Two", "c2"), three = nominated("Three", "c1", "culture");
    for (const auto& entry : {one, three}) to_checked(entry);
    EXPECT_EQ(refused("", Method::get, "/books/" + book + "/print"), "book.unknown");
    EXPECT_EQ(refused("reporter1", Method::get, "/books/" + book + "/book.pdf"), "gate.not-permitted");
    EXPECT_EQ(ask("secretary", Method::get, "/books/" + book + "/print").document.at("parts").as_array().size(), 2U);
    EXPECT_EQ(move("organiser", "approve", {one, three}), "");
    const auto publish = "/books/" + book + "/publish";
    EXPECT_EQ(refused("organiser", Method::post, publish), "book.unfinished");
    EXPECT_EQ(move("organiser", "typeset", {one, three}), "");
    EXPECT_EQ(refused("secretary", Method::post, publish), "gate.not-permitted");
    EXPECT_EQ(refused("organiser", Method::post, publish), "");
    EXPECT_EQ(state(one), "published");
    EXPECT_EQ(page("").at("groups").as_array().size(), 1U);
    EXPECT_EQ(refused("", Method::get, "/books/" + book + "/entries/" + two), "book.unknown-entry");
    EXPECT_EQ(ask("", Method::get, "/books/" + book + "/book.pdf").download->content.substr(0, 5), "%PDF-");
    EXPECT_EQ(ask("", Method::get, "/books/" + book + "/book.docx").download->content.substr(0, 2), "PK");
    EXPECT_EQ(move("organiser", "list", {two}), "book.is-published");
    const auto errata = "/books/" + book + "/entries/" + one + "/errata";
    EXPECT_EQ(refused("organiser", Method::post, errata, {{"wrong", "15"}, {"correct", "16"}}), "");
    EXPECT_EQ(ask("", Method::get, "/books/" + book + "/entries/" + one).document.at("errata").as_array().size(), 1U);
    EXPECT_TRUE(books::check_books(store.read()).empty());
}

TEST_P(BooksContract, ATextIsChangedByWhoSawItAndEarlierOnesStay) {
    begin();
    const auto one = nominated("One", "c1");
    const auto text = "/books/" + book + "/entries/" + one + "/texts/vi";
    EXPECT_EQ(refused("organiser", Method::put, text, {{"title", "T"}}), "book.text-closed");
    for (const char* verb : {"list", "survey", "select", "request"}) ASSERT_EQ(move("organiser", verb, {one}), "");
    EXPECT_EQ(refused("reporter1", Method::put, text, {{"title", "T"}, {"body", "B"}}), "");
    EXPECT_EQ(refused("reporter1", Method::put, text, {{"title", "T\a"}}), "text.control");
    EXPECT_EQ(refused("reporter1", Method::put, text, {{"title", "T"}, {"body", std::string(100'001, 'x')}}),
              "text.too-long");
    EXPECT_EQ(refused("organiser", Method::put, text, {{"title", "T2\u202E"}, {"body", "B2\r\n\r\nB3"}}), "");
    const auto reader = store.read();
    const auto written = books::texts_of(reader, books::find_entry(reader, one)->id).at(0);
    EXPECT_EQ(written.title, "T2");  // without what turns its direction around
    EXPECT_EQ(written.body, "B2\n\nB3");
    EXPECT_EQ(refused("organiser", Method::put, "/books/" + book + "/entries/" + one + "/texts/fr", {{"title", "T"}}),
              "book.language");
}

TEST_P(BooksContract, EntriesWaitInTheWorkOfThoseWhoseTheyAre) {
    begin(wish("quota = 1\n[deadlines]\ndelivered = \"2023-12-01\"\n"));
    const auto one = nominated("One", "c1"), two = nominated("Two", "c1");
    const auto work_of = [&](const std::string& name) {
        std::vector<people::WorkItem> work;
        books::entries_waiting()(work, store.read(), *viewer(name), Language::en);
        std::vector<std::string> told;
        for (const auto& item : work) told.push_back(item.title + ": " + std::to_string(item.count));
        return told;
    };
    for (const char* verb : {"list", "survey", "select", "request"}) ASSERT_EQ(move("organiser", verb, {one, two}), "");
    EXPECT_THAT(work_of("reporter1"), testing::ElementsAre("Text for a book: 2"));
    for (const char* name : {"reporter2", "secretary", "elsewhere"}) EXPECT_THAT(work_of(name), testing::IsEmpty());
    write(one);
    for (const char* verb : {"deliver", "edit"}) ASSERT_EQ(move("organiser", verb, {one}), "");
    EXPECT_THAT(work_of("secretary"), testing::ElementsAre("Consent to record for a book: 1"));
    ask("organiser", Method::post, "/books/" + book + "/entries/" + one + "/consent",
        {{"by", "Chair"}, {"facts_by", "Office"}});
    EXPECT_THAT(work_of("secretary"), testing::IsEmpty());
    ASSERT_EQ(move("organiser", "check", {one}), "");
    EXPECT_THAT(work_of("secretary"), testing::IsEmpty());  // who does not approve
    EXPECT_THAT(work_of("organiser"), testing::ElementsAre("Text for a book: 1", "Texts of a book to approve: 1"));
    std::vector<people::WorkItem> work;
    books::entries_waiting()(work, store.read(), *viewer("reporter1"), Language::en);
    EXPECT_EQ(work.at(0).due.text(), "2023-12-01");
    EXPECT_EQ(work.at(0).href, "/books/" + book + "/entries/" + two);
}

}  // namespace
}  // namespace guidon::contract

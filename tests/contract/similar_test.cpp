// The index of similar texts: what is found, what is forgotten, and that copies by the thousand change nothing.
#include "similar/similar_store.h"

#include <map>
#include <set>

#include "contract.h"
#include "similar/passages.h"
#include "similar/texts_test.h"
#include "store/sql.h"

namespace guidon::contract {
namespace {

using similar::Indexed;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

using Numbers = std::vector<std::int64_t>;

constexpr auto road = "The village built a road three metres wide with land that forty households gave for nothing";
constexpr auto road_again =
    "THE VILLAGE built a road – four metres wide, with land that forty households gave for nothing.";
constexpr auto flowers =
    "Women of the hamlet plant flowers along the dike every Sunday and sell seedlings for the poor";

class SimilarContract : public OnBoth {
protected:
    store::Store store = open();

    template <class F>
    void change(F work) {
        auto change = store.change(permit());
        work(change);
        change.commit("texts.indexed", "");
    }
    void index(std::int64_t id, std::string_view text) {
        change([&](auto& change) { similar::index_text(change, id, text); });
    }
    void index_all(const std::vector<std::string>& texts, std::int64_t first) {
        std::vector<Indexed> all;
        for (const auto& text : texts) all.push_back({first + static_cast<std::int64_t>(all.size()), text});
        change([&](auto& change) { similar::index_texts(change, all); });
    }
    Numbers candidates(std::string_view text, std::size_t most = similar::most_candidates) {
        return similar::candidates(store.read(), text, most);
    }
    /// Texts that have nothing to do with each other; 5,000 make a part.
    static std::vector<std::string> others(std::int64_t first, int count = 5000) {
        std::vector<std::string> texts;
        for (int i = 0; i < count; ++i) {
            auto& text = texts.emplace_back();
            for (int k = 0; k < 12; ++k) text += "w" + std::to_string((first + i) * 100 + k) + " ";
        }
        return texts;
    }
    void fill(std::int64_t first) { index_all(others(first), first); }
    int parts() { return store::one<int>(store.read(), "SELECT count(*) FROM similar_part"); }
};
ON_BOTH(SimilarContract);

TEST_P(SimilarContract, ASimilarTextIsNamedTheMostSimilarFirst) {
    index(11, flowers);
    index(12, road_again);
    index(13, road);
    EXPECT_THAT(candidates(road), ElementsAre(13, 12));
    EXPECT_THAT(candidates(road, 1), ElementsAre(13));
    EXPECT_THAT(candidates("Nothing of this kind was ever told before in any of the places"), IsEmpty());
    EXPECT_THAT(candidates(""), IsEmpty());
}

TEST_P(SimilarContract, AnAccentOrALetterOfAnotherKeyboardMakesNoDifference) {
    index(1, "Tuyến đường hoa của hội phụ nữ thôn Đông, xã Kỳ Văn");
    index(2, "خواتین کی انجمن نے گاؤں کی سڑک پر پھول لگائے");
    EXPECT_THAT(candidates("TUYEN DUONG HOA CUA HOI PHU NU THON DONG XA KY VAN"), ElementsAre(1));
    EXPECT_THAT(candidates("خواتين كى انجمن نے گاؤں كى سڑك پر پھول لگائے"), ElementsAre(2));
}

TEST_P(SimilarContract, AForgottenTextIsNotNamed) {
    const auto forget = [&](std::int64_t id, std::string_view text) {
        change([&](auto& change) { similar::forget_text(change, id, text); });
    };
    index(1, road);
    index(2, road);
    forget(1, road);
    EXPECT_THAT(candidates(road), ElementsAre(2));
    fill(1000);  // 2 is in a part now
    EXPECT_THAT(candidates(road), ElementsAre(2));
    index(3, road);
    forget(2, road);
    EXPECT_THAT(candidates(road), ElementsAre(3));
    EXPECT_THAT(similar::indexed_texts(store.read()), Not(Contains(2)));
    forget(3, "");
    forget(9, road);
    EXPECT_THAT(candidates(road), ElementsAre(3));
}

TEST_P(SimilarContract, ATextThatChangesIsForgottenAndIndexedAgain) {
    index(1, road);
    change([&](auto& change) {
        similar::forget_text(change, 1, road);
        similar::index_text(change, 1, flowers);
    });
    EXPECT_THAT(candidates(road), IsEmpty());
    EXPECT_THAT(candidates(flowers), ElementsAre(1));
    index(1, flowers);
    EXPECT_THAT(candidates(flowers), ElementsAre(1));
}

TEST_P(SimilarContract, WhatIsUndoneIsNotIndexed) {
    {
        auto change = store.change(permit());
        similar::index_text(change, 1, road);
    }
    EXPECT_THAT(candidates(road), IsEmpty());
}

TEST_P(SimilarContract, PartsAreLookedIntoAsWhatIsRecent) {
    index(std::int64_t{1} << 62, road);
    fill(1000);
    EXPECT_EQ(parts(), 1);
    index(7, road);
    fill(10'000);
    EXPECT_EQ(parts(), 2);
    index(5, road);
    EXPECT_EQ(parts(), 2);
    EXPECT_THAT(candidates(road), ElementsAre(5, 7, std::int64_t{1} << 62));
    EXPECT_THAT(similar::indexed_texts(store.read()), SizeIs(10'003));
}

TEST_P(SimilarContract, OneByOneTheyBecomeAPartToo) {
    change([&](auto& change) {
        for (int i = 0; i < 5000; ++i) similar::index_text(change, i, "text number " + std::to_string(i));
    });
    EXPECT_EQ(parts(), 1);
    EXPECT_THAT(similar::indexed_texts(store.read()), SizeIs(5000));
    for (const int i : {0, 4094, 4095, 4096, 4999})
        EXPECT_THAT(candidates("text number " + std::to_string(i)), Contains(i));
}

TEST_P(SimilarContract, WhatEverybodyCopiedNamesSomeAndHidesNobodyElse) {
    index_all(std::vector<std::string>(10'000, flowers), 1000);
    index(1, road);
    EXPECT_THAT(candidates(flowers), SizeIs(similar::most_candidates));
    EXPECT_THAT(candidates(road), ElementsAre(1));
}

TEST_P(SimilarContract, WhoFilledInATemplateIsFoundAmongThousandsWhoDid) {
    std::string form;
    for (int i = 0; i < 40; ++i) form += "form" + std::to_string(i) + " ";
    const auto filled_in = [&](int who, int changed) {
        std::string text = form;
        for (int i = 0; i < 12; ++i) text += "own" + std::to_string(who * 100 + i + (i < changed ? 50 : 0)) + " ";
        return text;
    };
    std::vector<std::string> texts;
    for (int who = 0; who < 10'000; ++who) texts.push_back(filled_in(who, 0));
    index_all(texts, 0);
    for (const int who : {0, 4711, 9999}) {
        EXPECT_THAT(candidates(filled_in(who, 2)), Contains(who));
    }
}

TEST_P(SimilarContract, AnEmptiedIndexIsFilledAgain) {
    fill(1000);
    index(1, road);
    change([&](auto& change) { similar::forget_all(change); });
    EXPECT_THAT(similar::indexed_texts(store.read()), IsEmpty());
    index(1, road);
    EXPECT_THAT(similar::indexed_texts(store.read()), ElementsAre(1));
}

/// Texts by their number, and which pairs of them a file says to be similar.
struct Published {
    std::map<std::string, std::int64_t> numbers;
    std::vector<std::string> texts;
    std::set<std::pair<std::int64_t, std::int64_t>> pairs;

    Published(const std::string& file, std::size_t column, const std::string& pairs_file) {
        for (const auto& row : similar::table(file)) {
            numbers[row.at(0)] = static_cast<std::int64_t>(texts.size());
            texts.push_back(row.at(column));
        }
        for (const auto& row : similar::table(pairs_file)) {
            if (std::stod(row.at(2)) < similar::similar_from) continue;
            pairs.insert(std::minmax({numbers.at(row.at(0)), numbers.at(row.at(1))}));
        }
    }
};

class SimilarPublished : public SimilarContract {
protected:
    struct Result {
        std::size_t pairs, recalled, named, similar;
    };
    /// Asks with each text.
    Result ask(const Published& published) {
        std::set<std::pair<std::int64_t, std::int64_t>> named, similar;
        for (std::size_t i = 0; i < published.texts.size(); ++i) {
            const auto number = static_cast<std::int64_t>(i);
            for (const auto other : candidates(published.texts[i])) {
                if (other == number) continue;
                named.insert(std::minmax(number, other));
                const double share =
                    similar::jaccard(published.texts[i], published.texts[static_cast<std::size_t>(other)]);
                if (share >= similar::similar_from) similar.insert(std::minmax(number, other));
            }
        }
        Result result{published.pairs.size(), 0, named.size(), similar.size()};
        for (const auto& pair : published.pairs) result.recalled += similar.count(pair);
        std::cout << "pairs " << result.pairs << ", found " << result.recalled << ", named " << result.named
                  << ", similar among them " << result.similar << "\n";
        return result;
    }
    /// While they are recent, and when they are in a part.
    void expect_all_found(const Published& published, std::size_t similar) {
        if (published.texts.empty()) GTEST_SKIP() << "no texts in " << similar::texts_folder();
        auto texts = published.texts;
        for (const int parts_there : {0, 1}) {
            change([&](auto& change) { similar::forget_all(change); });
            index_all(texts, 0);
            EXPECT_EQ(parts(), parts_there);
            const auto result = ask(published);
            EXPECT_EQ(result.recalled, result.pairs);
            EXPECT_EQ(result.similar, similar);
            const auto more = others(1'000'000);
            texts.insert(texts.end(), more.begin(), more.end());
        }
    }
};
ON_BOTH(SimilarPublished);

TEST_P(SimilarPublished, PairsOfProjectsAreAllFoundAndNoOthers) {
    expect_all_found({"worldbank_projects_en.csv", 8, "worldbank_near_duplicates.csv"}, 412);
}

TEST_P(SimilarPublished, PairsOfProceduresAreAllFoundAndThreeThatDifferByAccents) {
    expect_all_found({"vn_procedures_vi.csv", 1, "vn_procedures_near_duplicates.csv"}, 5 + 3);
}

}  // namespace
}  // namespace guidon::contract

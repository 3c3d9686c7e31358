#include <gtest/gtest.h>

#include "evaluation/rollup_document.h"
#include "evaluation/standings_document.h"
#include "evaluation/why_document.h"

namespace guidon::evaluation {

namespace json = boost::json;

namespace {

constexpr auto movement = R"(
format = "guidon/movement/1"
key = "cluster"
period = "2024"
starts = 2024-01-01
ends = 2024-12-31
[title]
en = "Cluster"
[[criteria]]
key = "backlogs"
max = 60
rule = { kind = "ratio", to = "target" }
[[criteria]]
key = "meetings"
max = 40
rule = { kind = "graded" }
[[gates]]
key = "clean"
value = "violations"
passes = { at_most = 0 }
caps_class = "completed"
[[classes]]
key = "excellent"
at_least = 90
[[classes]]
key = "completed"
[ranking]
within = "group"
ties = ["criterion:backlogs"]
)";

/// VN above four provinces in two groups; the last one reported nothing.
Board board() {
    std::vector<Fault> faults;
    auto cycle = movements::read_cycle(movement, "cluster.toml", faults);
    EXPECT_TRUE(cycle);
    const auto number = [](const char* text) { return scoring::Cell(*Decimal::parse(text)); };
    scoring::Field field;
    field.codes = {"VN", "42", "44", "45", "46"};
    field.parents = {-1, 0, 0, 0, 0};
    field.kinds = {0, 1, 1, 1, 1};
    field.kind_codes = {"country", "province"};
    field.groups = {-1, 0, 0, 1, 1};
    field.group_codes = {"north", "south"};
    field.takes_part = {0, 1, 1, 1, 1};
    const scoring::Cell none;
    field.columns = {{{none, number("81"), number("60"), number("10"), none},
                      {none, number("86"), number("60"), number("10"), none}},
                     {{none, number("40"), number("20"), number("30.5"), none}, {}},
                     {{none, number("0"), number("1"), number("0"), none}, {}}};
    scoring::Engine engine(cycle->rules, field, 1);
    Board board{
        .cycle = *cycle, .engine = std::move(engine), .units = {}, .groups = {}, .unit_by_id = {}, .unit_by_code = {}};
    const char* names[] = {"Việt Nam", "Hà Tĩnh", "Quảng Bình", "Đồng Tháp", "An Giang"};
    for (std::size_t i = 0; i < field.codes.size(); ++i) {
        board.units.push_back({"id" + field.codes[i], field.codes[i], {{"", names[i]}}, folded(names[i])});
        board.unit_by_id["id" + field.codes[i]] = static_cast<int>(i);
        board.unit_by_code[field.codes[i]] = static_cast<int>(i);
    }
    board.groups["north"] = {{{"", "Cụm Bắc"}}, "44", ""};
    return board;
}

std::string shown(const Selection& selection, Language language = Language::vi) {
    const Board all = board();
    const Insight everything(all);
    std::string out;
    for (const int unit : selected_units(all, everything, selection, language))
        out += (out.empty() ? "" : ", ") + unit_name(all, unit, language);
    return out;
}

json::object why(int unit) {
    const Board all = board();
    return why_document(all, Insight(all), unit, {}, Language::en);
}

TEST(Standings, GoGroupByGroupInRankOrderWithTheUnrankedLast) {
    EXPECT_EQ(shown({}), "Hà Tĩnh, Quảng Bình, Đồng Tháp, An Giang");
}

TEST(Standings, AreNarrowedByGroupClassAndPartsOfNamesWithoutAccents) {
    EXPECT_EQ(shown({.group = "south"}), "Đồng Tháp, An Giang");
    EXPECT_EQ(shown({.class_key = "completed"}), "Quảng Bình");
    EXPECT_EQ(shown({.find = "dong thap"}), "Đồng Tháp");
    EXPECT_EQ(shown({.find = "nobody"}), "");
}

TEST(Standings, AreSortedAsTheLanguageSortsAndTurnedRound) {
    EXPECT_EQ(shown({.sort = "unit"}), "An Giang, Đồng Tháp, Hà Tĩnh, Quảng Bình");
    EXPECT_EQ(shown({.sort = "-total"}), "Hà Tĩnh, Đồng Tháp, Quảng Bình, An Giang");
}

TEST(Standings, RefuseWhatIsNotThere) {
    EXPECT_THROW(shown({.group = "east"}), Problem);
    EXPECT_THROW(shown({.class_key = "gold"}), Problem);
    EXPECT_THROW(shown({.sort = "beauty"}), Problem);
}

TEST(Standings, KeepTheSelectionInTheAddress) {
    const Selection selection{.group = "north", .class_key = "excellent", .find = "hà tĩnh", .sort = "-total"};
    EXPECT_EQ(selection.query(), "?group=north&class=excellent&q=h%C3%A0%20t%C4%A9nh&sort=-total");
    const Board all = board();
    const auto document = standings_document(all, Insight(all), selection, Language::en);
    EXPECT_EQ(document.at("links").at("csv").as_string(), "/movements/cluster/2024/standings.csv" + selection.query());
}

TEST(Standings, AsAFileHaveTheColumnsOfTheProgramAndTheNames) {
    const Board all = board();
    const auto table = standings_table(all, Insight(all), {.group = "north"}, Language::vi);
    std::string header;
    for (const auto& column : table.columns) header += column.name + " ";
    EXPECT_EQ(header, "group rank unit total max class peers name points:backlogs points:meetings gate:clean ");
    EXPECT_EQ(table.rows[0], (std::vector<std::string>{"north", "1", "42", "96.512", "100.000", "excellent", "2",
                                                       "Hà Tĩnh", "56.512", "40.000", "pass"}));
}

TEST(Why, HasTheSumByHandAndTheFractionBehindTheRounding) {
    const auto document = why(1);
    const auto& backlogs = document.at("sections").at(0).at("criteria").at(0);
    EXPECT_EQ(backlogs.at("value_text").as_string(), "81");
    EXPECT_EQ(backlogs.at("exact_text").as_string(), "2430/43 = 56.511627…");
    EXPECT_EQ(backlogs.at("points").as_string(), "56.512");
    EXPECT_TRUE(backlogs.at("rounded").as_bool());
    EXPECT_EQ(document.at("total_text").as_string(), "96.512");
    EXPECT_EQ(document.at("below").at("gap").as_string(), "16.512");
    EXPECT_TRUE(document.at("missing").at("leader").as_bool());
}

TEST(Why, TellsTheGateThatCappedTheClass) {
    const auto document = why(2);
    EXPECT_EQ(document.at("class").at("key").as_string(), "completed");
    EXPECT_FALSE(document.at("gates").at(0).at("passed").as_bool());
    // as many as the leader would do: level on points, its 60 of the first tie rule beat the leader’s 56.512
    EXPECT_EQ(document.at("missing").at("points").as_string(), "16.512");
}

TEST(Why, AUnitThatReportedNothingIsNotRankedAndCanStillReport) {
    const auto document = why(4);
    EXPECT_FALSE(document.at("ranked").as_bool());
    EXPECT_FALSE(document.contains("rank"));
    EXPECT_EQ(document.at("values").as_array().size(), 3U);
}

TEST(Rollup, CountsTheRankedUnitsBelow) {
    const Board all = board();
    const auto document = rollup_document(all, Insight(all), std::nullopt, Language::en);
    const auto& country = document.at("rollup").at(0);
    EXPECT_EQ(country.at("unit").at("code").as_string(), "VN");
    EXPECT_EQ(country.at("units").as_int64(), 3);
    EXPECT_EQ(country.at("mean_total").as_string(), "89.004");
}

}  // namespace
}  // namespace guidon::evaluation

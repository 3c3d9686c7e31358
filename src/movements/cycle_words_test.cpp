#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "movements/cycle.h"
#include "movements/cycle_sample.h"
#include "movements/cycle_text.h"

namespace guidon::movements {
namespace {

std::string file_text(const std::filesystem::path& path) {
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

Cycle cycle_of(const std::string& toml) {
    std::vector<Fault> faults;
    auto cycle = read_cycle(toml, "f", faults);
    EXPECT_TRUE(cycle) << told(faults);
    return cycle.value_or(Cycle{});
}

/// What the criterion `c` of 10 points with this rule says in English.
std::string said(const std::string& rule, Language language = Language::en) {
    const auto cycle = cycle_of(std::string(head) + "[[criteria]]\nkey = 'c'\nmax = 10\nrule = " + rule +
                                "\n[[indicators]]\nkey = 'c'\ntitle = { en = 'Cases' }\n");
    return cycle.rules.criteria.empty() ? "" : in_words(cycle, language).parts[0].criteria[0].text;
}

/// The page as it was accepted; GUIDON_ACCEPT=1 writes it anew (read the difference before committing).
void compare_with_golden(const std::string& name, const std::string& text) {
    const std::filesystem::path path = "tests/golden/movements/" + name;
    if (std::getenv("GUIDON_ACCEPT")) {
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path) << text;
    }
    EXPECT_EQ(text, file_text(path)) << path;
}

TEST(InWords, AMovementWithEveryKeyReadsAsAcceptedInThreeLanguages) {
    const auto cycle = cycle_of(std::string(everything));
    for (const auto language : languages)
        compare_with_golden("every-key." + std::string(code(language)) + ".txt", text_of(cycle, language));
}

TEST(InWords, TheFourGoodMovementReadsAsAcceptedInThreeLanguages) {
    const auto cycle = cycle_of(file_text("movements/four-good-cells-2024.toml"));
    for (const auto language : languages)
        compare_with_golden("four-good-cells-2024." + std::string(code(language)) + ".txt", text_of(cycle, language));
}

TEST(InWords, WhoSeesWhatIsSaidWhereNotAllOfItIsPublic) {
    const std::string body = std::string(head) + "[[criteria]]\nkey = 'c'\nmax = 9\nrule = { kind = 'graded' }\n";
    EXPECT_EQ(in_words(cycle_of(body), Language::en).audience, "");
    EXPECT_EQ(in_words(cycle_of(body + "[[indicators]]\nkey = 'c'\naudience = 'unit'\n[audience]\nvalues = 'chain'\n"
                                       "standings = 'group'\n"),
                       Language::en)
                  .audience,
              "What is reported is seen by the unit itself and the units above it. “c”: only the unit itself. Points, "
              "classes and ranks are seen by the unit itself, the units above it and those compared with it. Once they "
              "are published, they are seen by everybody.");
}

TEST(InWords, EachKindOfRuleHasItsSentence) {
    EXPECT_EQ(said("{ kind = 'ratio', from = 5, to = 20.5 }"),
              "The points rise evenly with “Cases”: none at 5 or less, 10 points at 20.5 or more.");
    EXPECT_EQ(said("{ kind = 'ratio', from = 20, to = 5 }"),
              "The points rise evenly as “Cases” falls: none at 20 or more, 10 points at 5 or less.");
    EXPECT_EQ(
        said("{ kind = 'ratio', to = 'target' }"),
        "The points rise evenly with “Cases”: none at 0, 10 points when the unit’s own target is reached or passed.");
    EXPECT_EQ(said("{ kind = 'ratio', to = 'other' }"),
              "The points rise evenly with “Cases”: none at 0, 10 points when it reaches “other” of the same unit.");
    EXPECT_EQ(said("{ kind = 'bands', on = 'share', bands = [{from=0.955,points=10},{from=0,points=1}] }"),
              "The points follow from “Cases” as a share of the unit’s target: 95.5% or more: 10 points; 0% or more: 1 "
              "point; otherwise 0 points.");
    EXPECT_EQ(said("{ kind = 'bands', lower_is_better = true, bands = [{from=1,points=10}] }"),
              "The points follow from “Cases”: 1 or less: 10 points; otherwise 0 points.");
    EXPECT_EQ(said("{ kind = 'graded' }"),
              "The value reported for “Cases” is itself the number of points, from 0 to 10.");
    EXPECT_EQ(said("{ kind = 'per_case', each = 1, most = 1000.25 }"),
              "Each case of “Cases” adds 1 point. At most 1,000.25 points in all.");
    EXPECT_EQ(said("{ kind = 'per_case', each = -0.5, least = -5 }"),
              "Each case of “Cases” takes off 0.5 points. At most 5 points are taken off in all.");
    EXPECT_EQ(said("{ kind = 'yes_no' }"), "10 points if “Cases” is anything but 0, otherwise none.");
    EXPECT_EQ(said("{ kind = 'formula', expression = 'v / t + x', most = 10, least = 0 }"),
              "The points follow from the formula v / t + x, where v is “Cases” and t the unit’s target of it. At most "
              "10 points in all. Never less than 0 points.");
    EXPECT_EQ(
        said("{ kind = 'relative', method = 'rank', lower_is_better = true }"),
        "The units are placed within their group by “Cases”: the first gets 10 points, every further place the same "
        "amount less; equal units share the better place. Lower is better.");
    EXPECT_EQ(said("{ kind = 'yes_no' }\nmissing = 'refuse'\nnot_applicable = 'full'\nround = { step = 0 }"),
              "10 points if “Cases” is anything but 0, otherwise none. It has to be reported: without it there is no "
              "result. A unit to which it does not apply gets 10 points. Not rounded.");
}

TEST(InWords, SeveralEntriesTiesAndNeededGatesAreSaid) {
    const auto cycle = cycle_of(std::string(head) + R"([[indicators]]
key = "season"
title = { en = "Season" }
entries = "sum"
bands = [{ from = 1, points = 9 }, { from = 2, points = 6 }]
lower_is_better = true
drop_lowest = 1
best = 11
[[sections]]
key = "races"
title = { en = "Races" }
[[criteria]]
key = "season"
section = "races"
rule = { kind = "per_case", each = 1 }
[[gates]]
key = "licensed"
title = { en = "Licensed" }
passes = { at_least = 1 }
[[classes]]
key = "champion"
needs = ["licensed"]
[[classes]]
key = "driver"
[ranking]
ties = ["section:races", "-among:season"]
)");
    const auto words = in_words(cycle, Language::en);
    EXPECT_EQ(
        words.parts[0].criteria[0].text,
        "Each case of “Season” adds 1 point. Each entry becomes points: 1 or less: 9 points; 2 or less: 6 points; "
        "otherwise 0. The lowest entry is left out. Only the best 11 entries count. “Season” is the sum of the "
        "entries.");
    EXPECT_EQ(words.classes[0].text, "These conditions have to be met: “Licensed”.");
    EXPECT_EQ(words.gates[0].text, "“licensed” must be at least 1. Not reported counts as failed.");
    EXPECT_NE(words.ranking.find("more points in “Races”; a lower value of “Season” among the units still tied."),
              std::string::npos);
}

TEST(InWords, NumbersAreWrittenAsTheLanguageDoes) {
    EXPECT_EQ(said("{ kind = 'per_case', each = 1, most = 1000.0005 }", Language::vi),
              "Mỗi trường hợp của “Cases” được cộng 1 điểm. Tổng cộng nhiều nhất 1.000,0005 điểm.");
}

/// Every text in quotes in `source` that begins as a code of this area.
void collect_codes(const std::string& source, std::set<std::string>& codes) {
    const std::string begin = "\"movement.";
    for (auto at = source.find(begin); at != std::string::npos; at = source.find(begin, at + 1)) {
        const auto end = source.find_first_not_of("abcdefghijklmnopqrstuvwxyz-", at + begin.size());
        if (end != std::string::npos && source[end] == '"') codes.insert(source.substr(at + 1, end - at - 1));
    }
}

TEST(Messages, EveryFaultOfAMovementHasASentenceInEveryLanguage) {
    std::set<std::string> codes;
    for (const auto& entry : std::filesystem::directory_iterator("src/movements")) {
        const auto name = entry.path().filename().string();
        if (name.rfind("cycle", 0) == 0 && name.find("_test") == std::string::npos)
            collect_codes(file_text(entry.path()), codes);
    }
    codes.erase("movement.toml");  // the name of the file
    EXPECT_GT(codes.size(), 50u);
    for (const auto& code : codes)
        for (const auto language : languages) EXPECT_TRUE(has_message(language, "problem." + code)) << code;
}

TEST(Messages, AFaultReadsAsASentenceWithItsPlace) {
    std::vector<Fault> faults;
    read_cycle(
        std::string(head) + "[[criteria]]\nkey = 'c'\nmx = 10\nmax = '1'\nrule = { kind = 'graded' }\nsection = 's'\n",
        "movement.toml", faults);
    std::string text;
    for (const auto& fault : faults) text += sentence(Language::en, fault) + "\n";
    EXPECT_EQ(text,
              "movement.toml:6:1: “mx” is no key of [[criteria]] c. Did you mean “max”?\n"
              "movement.toml:7:7: “max” has to be a number, but here stands a text\n"
              "movement.toml:9:11: There is no section “s”. The file has none\n");
}

}  // namespace
}  // namespace guidon::movements

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "movements/cycle.h"
#include "movements/cycle_sample.h"

namespace guidon::movements {
namespace {

/// What checking tells of `body` behind a valid head (three lines) and a title; `body` begins on line 4.
std::string checked(const std::string& body) {
    const auto toml = std::string(head) + body + "\n[title]\nen = 'T'\n";
    std::vector<Fault> faults;
    const auto cycle = read_cycle(toml, "f", faults);
    if (!cycle) return "unreadable: " + told(faults);
    return told(check_cycle(*cycle, toml, "f"));
}

/// One criterion `c` of 10 points whose rule stands on line 7.
std::string checked_rule(const std::string& rule) {
    return checked("[[criteria]]\nkey = 'c'\nmax = 10\nrule = " + rule);
}

const std::string sound = "[[criteria]]\nkey = 'c'\nmax = 10\nrule = { kind = 'graded' }\n";  // to line 7

std::string file_text(const std::filesystem::path& path) {
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

TEST(CheckCycle, ASoundMovementGivesNothing) {
    EXPECT_EQ(checked(sound), "");
}

TEST(CheckCycle, PointsThatCanBeSubtractedFromATotalAreWarnedOf) {
    const std::string own = sound + "[[indicators]]\nkey = 'c'\naudience = 'unit'\n";
    EXPECT_EQ(checked(own), "10:12 warning movement.audience-by-total\n");
    EXPECT_EQ(checked(own + "[audience]\nstandings = 'unit'\npublished = 'unit'\n"), "");
}

TEST(CheckCycle, TheHeadFitsTogether) {
    std::vector<Fault> faults;
    const auto cycle = read_cycle(head, "f", faults);
    EXPECT_EQ(told(check_cycle(*cycle, head, "f")),
              "1:1 warning movement.no-title\n1:1 warning movement.no-criteria\n");
    EXPECT_EQ(checked("starts = 2025-01-01\nends = 2025-12-31\n" + sound), "3:10 warning movement.period-outside\n");
    EXPECT_EQ(checked("starts = 2023-01-01\nends = 2030-12-31\n" + sound), "") << "a movement of several years";
}

TEST(CheckCycle, PeriodsOfEveryFormAreComparedWithTheDates) {
    for (const char* period : {"2024", "2024-H2", "2024-Q3", "2024-09"}) {
        const auto toml = "format = 'guidon/movement/1'\nkey = 'm'\nperiod = '" + std::string(period) +
                          "'\nstarts = 2024-09-15\nends = 2024-09-20\n" + sound + "[title]\nen = 'T'\n";
        std::vector<Fault> faults;
        const auto cycle = read_cycle(toml, "f", faults);
        EXPECT_EQ(told(check_cycle(*cycle, toml, "f")), "") << period;
    }
    for (const char* period : {"2023", "2024-H1", "2024-Q4", "2024-10"}) {
        const auto toml = "format = 'guidon/movement/1'\nkey = 'm'\nperiod = '" + std::string(period) +
                          "'\nstarts = 2024-09-15\nends = 2024-09-20\n" + sound + "[title]\nen = 'T'\n";
        std::vector<Fault> faults;
        const auto cycle = read_cycle(toml, "f", faults);
        EXPECT_EQ(told(check_cycle(*cycle, toml, "f")), "3:10 warning movement.period-outside\n") << period;
    }
}

TEST(CheckCycle, BandsLeaveNoHoleDoNotOverlapAndFitTheMaximum) {
    EXPECT_EQ(checked_rule("{ kind = 'bands', bands = [{from=5,points=10},{from=0,points=2}] }"), "");
    EXPECT_EQ(checked_rule("{ kind = 'bands', bands = [{from=5,points=10},{from=1,points=2}] }"),
              "7:54 warning movement.bands-hole\n");
    EXPECT_EQ(checked_rule("{ kind = 'bands', bands = [{from=5,points=10},{from=1,points=0}] }"), "");
    EXPECT_EQ(checked_rule("{ kind = 'bands', bands = [{from=1,points=2},{from=5,points=10}] }"),
              "7:35 warning movement.bands-hole\n")
        << "listed upwards";
    EXPECT_EQ(
        checked_rule("{ kind = 'bands', lower_is_better = true, bands = [{from=0,points=10},{from=5,points=3}] }"),
        "7:78 warning movement.bands-hole\n");
    EXPECT_EQ(checked_rule("{ kind = 'bands', bands = [{from=5,points=9},{from=0,points=2}] }"),
              "7:35 warning movement.bands-below-max\n");
    EXPECT_EQ(checked_rule("{ kind = 'bands', bands = [{from=5,points=11},{from=0,points=2}] }"),
              "7:35 movement.band-above-max\n");
    EXPECT_EQ(checked_rule("{ kind = 'bands', bands = [{from=5,points=2},{from=3,points=10},{from=0,points=0}] }"),
              "7:35 warning movement.bands-overlap\n");
    EXPECT_EQ(checked(sound + "[[criteria]]\nkey = 'bonus'\nmax = 0\nrule = { kind = 'bands', bands = "
                              "[{from=5,points=3},{from=0,points=0}] }"),
              "")
        << "a bonus outside the maximum";
}

TEST(CheckCycle, CriteriaCanBringPoints) {
    EXPECT_EQ(checked("[[criteria]]\nkey = 'c'\nmax = 0\nrule = { kind = 'graded' }"),
              "6:7 warning movement.no-points\n");
    EXPECT_EQ(checked(sound + "[[criteria]]\nkey = 'd'\nrule = { kind = 'per_case', each = 0 }"),
              "8:1 warning movement.no-points\n");
    EXPECT_EQ(checked(sound + "[[criteria]]\nkey = 'd'\nrule = { kind = 'per_case', each = -1 }"), "");
    EXPECT_EQ(checked_rule("{ kind = 'formula', expression = 'v' }"), "7:41 warning movement.formula-without-most\n");
    EXPECT_EQ(checked_rule("{ kind = 'ratio', from = 5, to = 5 }"), "7:41 warning movement.ratio-of-one-point\n");
    EXPECT_EQ(checked_rule("{ kind = 'graded' }\nround = { step = 20 }"), "8:9 warning movement.step-above-max\n");
    EXPECT_EQ(checked_rule("{ kind = 'graded' }\nweight = 2"), "8:10 warning movement.weight-unused\n");
}

TEST(CheckCycle, SectionsHoldCriteriaAndTheirCapMatters) {
    const std::string in_s = sound + "section = 's'\n";  // to line 8
    EXPECT_EQ(checked(in_s + "[[sections]]\nkey = 's'\nmost = 8"), "");
    EXPECT_EQ(checked(in_s + "[[sections]]\nkey = 's'\nmost = 11"), "11:8 warning movement.most-out-of-reach\n");
    EXPECT_EQ(checked(in_s + "[[sections]]\nkey = 's'\nmost = 0"), "11:8 warning movement.section-without-points\n");
    EXPECT_EQ(checked(sound + "[[sections]]\nkey = 's'"), "8:1 warning movement.section-empty\n");
    EXPECT_EQ(
        checked(in_s + "[[sections]]\nkey = 's'\ncombine = 'mean'\n[[criteria]]\nkey = 'd'\nsection = 's'\nrule = { "
                       "kind = 'per_case', each = -1 }"),
        "12:1 warning movement.bonus-in-mean\n");
}

TEST(CheckCycle, GatesDecideSomething) {
    const std::string classes =
        sound + "[[classes]]\nkey = 'a'\nat_least = 50\n[[classes]]\nkey = 'b'\n";  // to line 12
    EXPECT_EQ(checked(classes + "[[gates]]\nkey = 'g'\npasses = { at_most = 0 }\ncaps_class = 'b'"), "");
    EXPECT_EQ(checked(classes + "[[gates]]\nkey = 'g'\npasses = { at_most = 0 }\ncaps_class = 'a'"),
              "16:14 warning movement.gate-without-effect\n");
    EXPECT_EQ(checked(classes + "[[gates]]\nkey = 'g'\npasses = { at_most = 0 }"),
              "13:1 warning movement.gate-without-effect\n");
    EXPECT_EQ(checked(classes + "[[gates]]\nkey = 'g'\npasses = { at_least = 0 }\ncaps_class = 'b'\nmissing = 'pass'"),
              "15:10 warning movement.gate-always-passes\n");
    EXPECT_EQ(checked(classes + "[[gates]]\nkey = 'g'\npasses = { at_most = -1 }\ncaps_class = 'b'"),
              "15:10 warning movement.gate-never-passes\n");
}

TEST(CheckCycle, EveryClassCanBeReachedAndEveryQuotaMet) {
    const auto best = [](const std::string& conditions) {
        return checked(sound + "[[classes]]\nkey = 'a'\n" + conditions + "\n[[classes]]\nkey = 'b'\n");
    };
    EXPECT_EQ(best("at_least = 100"), "");
    EXPECT_EQ(best("at_least = 100.1"), "10:12 movement.class-unreachable\n");
    EXPECT_EQ(best("at_least = 50\neach_section_at_least = 50"), "11:25 warning movement.no-sections\n");
    EXPECT_EQ(best(""), "11:1 movement.class-never-reached\n");
    EXPECT_EQ(best("at_least = 0"), "11:1 warning movement.class-never-reached\n");
    EXPECT_EQ(best("at_least = 50\nmost_share = 0"), "11:14 movement.quota-zero\n");
    EXPECT_EQ(best("at_least = 50\nmost_share = 1"), "11:14 warning movement.quota-of-all\n");
    EXPECT_EQ(best("most_share = 0.2"), "") << "by quota alone";
    EXPECT_EQ(checked("[[criteria]]\nkey = 'c'\nmax = 10\nrule = { kind = 'bands', bands = [{from=0,points=8}] }\n"
                      "[[classes]]\nkey = 'a'\nat_least = 90\n[[classes]]\nkey = 'b'\n"),
              "7:35 warning movement.bands-below-max\n10:12 warning movement.class-out-of-reach\n");
    EXPECT_EQ(checked(sound + "[[criteria]]\nkey = 'bonus'\nrule = { kind = 'per_case', each = 1, most = 5 }\n"
                              "[[classes]]\nkey = 'a'\nat_least = 150\n[[classes]]\nkey = 'b'\n"),
              "")
        << "with the bonus";
    EXPECT_EQ(checked("[[criteria]]\nkey = 'bonus'\nrule = { kind = 'per_case', each = 1, most = 5 }\n"
                      "[[classes]]\nkey = 'a'\nat_least = 1\n[[classes]]\nkey = 'b'\n"),
              "9:12 warning movement.class-out-of-reach\n")
        << "a maximum of 0 counts as 0 %";
}

TEST(CheckCycle, NamesAreUsed) {
    EXPECT_EQ(checked(sound + "[[indicators]]\nkey = 'd'"), "9:7 warning movement.indicator-unused\n");
    EXPECT_EQ(checked(sound + "[[indicators]]\nkey = 'c'"), "");
    EXPECT_EQ(checked(sound + "[ranking]\nties = ['criterion:c', '-indicator:x', 'criterion:c']"),
              "8:1 warning movement.tie-twice\n");
}

TEST(CheckCycle, EntriesTiesAndNeededGatesAreUses) {
    EXPECT_EQ(
        checked(sound + "[[indicators]]\nkey = 'wins'\nfrom = 'finish'\nentries = 'count'\n[[indicators]]\nkey = "
                        "'finish'\n[[sections]]\nkey = 's'\n[[criteria]]\nkey = 'd'\nsection = 's'\nmax = 1\nrule "
                        "= { kind = 'yes_no' }\n[[gates]]\nkey = 'g'\npasses = { at_least = 1 }\n[[classes]]\nkey "
                        "= 'a'\nneeds = ['g']\n[[classes]]\nkey = 'b'\n[ranking]\nties = ['section:s', "
                        "'among:wins']\n"),
        "");
    EXPECT_EQ(checked(sound + "section = 's'\n[[sections]]\nkey = 's'\n[ranking]\nties = ['section:s', 'section:s']"),
              "11:1 warning movement.tie-twice\n");
}

TEST(CheckCycle, TheHandbooksExampleIsSound) {
    const auto page = file_text("docs/handbook/formats.md");
    const auto begin = page.find("format = \"guidon/movement/1\"");
    ASSERT_NE(begin, std::string::npos);
    const auto toml = page.substr(begin, page.find("```", begin) - begin);
    std::vector<Fault> faults;
    const auto cycle = read_cycle(toml, "f", faults);
    ASSERT_TRUE(cycle) << told(faults);
    EXPECT_EQ(told(check_cycle(*cycle, toml, "f")), "");
}

TEST(CheckCycle, MovementsThatShipAreSound) {
    for (const auto& entry : std::filesystem::directory_iterator("movements")) {
        const auto toml = file_text(entry.path());
        std::vector<Fault> faults;
        const auto cycle = read_cycle(toml, "f", faults);
        ASSERT_TRUE(cycle) << entry.path();
        for (const auto& fault : check_cycle(*cycle, toml, entry.path().filename().string()))
            EXPECT_TRUE(fault.warning && fault.code == "movement.bands-hole") << sentence(Language::en, fault);
    }
}

}  // namespace
}  // namespace guidon::movements

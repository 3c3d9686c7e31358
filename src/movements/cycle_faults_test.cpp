// Every fault that reading a movement file can tell, at its line and column.
#include <gtest/gtest.h>

#include "movements/cycle.h"
#include "movements/cycle_sample.h"

namespace guidon::movements {
namespace {

std::string faults_of(const std::string& toml) {
    std::vector<Fault> faults;
    read_cycle(toml, "f", faults);
    return told(faults);
}

/// The faults of `body` behind a valid head of three lines: its first line is the file's fourth.
std::string faults_in(const std::string& body) {
    return faults_of(std::string(head) + body);
}

/// The faults of a criterion `c` of 10 points whose rule (line 7, from column 8) is `rule`.
std::string faults_in_rule(const std::string& rule) {
    return faults_in("[[criteria]]\nkey = 'c'\nmax = 10\nrule = " + rule + "\n");
}

Arguments arguments_of(const std::string& body) {
    std::vector<Fault> faults;
    read_cycle(std::string(head) + body, "f", faults);
    return faults.empty() ? Arguments{} : faults[0].arguments;
}

TEST(MovementFaults, WhatIsNoTomlIsRefusedAtItsPlace) {
    EXPECT_EQ(faults_of("key = "), "1:7 movement.syntax\n");
    EXPECT_EQ(faults_of("[="), "1:2 movement.syntax\n");
    EXPECT_EQ(faults_of("key = 'a'\nkey = 'b'\n"), "2:7 movement.duplicate-key\n");
    EXPECT_EQ(faults_of("[title]\n[title]\n"), "2:1 movement.duplicate-key\n");
    EXPECT_EQ(faults_of("key = \"\xff\"\n"), "1:8 movement.encoding\n");
    EXPECT_EQ(faults_of("starts = 2024-02-30\n"), "1:20 movement.date-form\n");
    EXPECT_EQ(faults_of("a = 99999999999999999999"), "1:25 movement.number-form\n");
    EXPECT_EQ(faults_of(std::string((4 << 20) + 1, ' ')), "1:1 movement.too-large\n");
}

TEST(MovementFaults, AnAudienceIsOneOfFourAndAnIndicatorsIsNoWiderThanThatOfValues) {
    EXPECT_EQ(faults_in("[audience]\nvalues = 'chain'\nstandings = 'group'\npublished = 'public'\n"), "");
    EXPECT_EQ(faults_in("[audience]\nvalues = 'everybody'\n"), "5:10 movement.unknown-choice\n");
    EXPECT_EQ(faults_in("[audience]\npoints = 'chain'\n"), "5:1 movement.unknown-key\n");
    EXPECT_EQ(faults_in("[audience]\nstandings = 'group'\npublished = 'unit'\n"), "6:13 movement.published-narrower\n");
    EXPECT_EQ(faults_in("[audience]\nvalues = 'chain'\n[[indicators]]\nkey = 'c'\naudience = 'group'\n"),
              "8:12 movement.audience-wider\n");
}

TEST(MovementFaults, TheHeadNamesFormatKeyAndPeriod) {
    EXPECT_EQ(faults_of("[title]\nen = 'x'\n"),
              "1:1 movement.missing-key\n1:1 movement.missing-key\n1:1 movement.missing-key\n");
    EXPECT_EQ(faults_of("format = 'guidon/movement/2'\nkey = 'm'\nperiod = '2024'\n"),
              "1:10 movement.format-version\n");
    EXPECT_EQ(faults_of("format = 'guidon/movement/1'\nkey = 'a b'\nperiod = '2024'\n"), "2:7 movement.key-form\n");
    EXPECT_EQ(faults_of("format = 'guidon/movement/1'\nkey = 'ü'\nperiod = '2024'\n"), "2:7 movement.key-form\n");
    for (const char* period : {"24", "2024-H3", "2024-Q0", "2024-13", "2024-01-01", "2024-1", "year"})
        EXPECT_EQ(faults_of("format = 'guidon/movement/1'\nkey = 'm'\nperiod = '" + std::string(period) + "'\n"),
                  "3:10 movement.period-form\n")
            << period;
    for (const char* period : {"2024", "2024-H2", "2024-Q4", "2024-12"})
        EXPECT_EQ(faults_of("format = 'guidon/movement/1'\nkey = 'm'\nperiod = '" + std::string(period) + "'\n"), "");
    EXPECT_EQ(faults_in("starts = 2024-02-01\nends = 2024-01-31\n"), "5:8 movement.ends-before-starts\n");
    EXPECT_EQ(faults_in("starts = '2024-02-01'\n"), "4:10 movement.wrong-type\n");
    EXPECT_EQ(faults_in("starts = 2024-02-01T00:00:00Z\n"), "4:10 movement.wrong-type\n");
    EXPECT_EQ(faults_in("issuer = ''\n"), "4:10 movement.empty\n");
    EXPECT_EQ(faults_in("sample = 1\n"), "4:10 movement.wrong-type\n");
    EXPECT_EQ(faults_in("title = 'x'\n"), "4:9 movement.wrong-type\n");
    EXPECT_EQ(faults_in("title = { english = 'x', vi = 1 }\n"),
              "4:11 movement.language-code\n4:31 movement.wrong-type\n");
    EXPECT_EQ(faults_in("[participants]\nkinds = 'cell'\n"), "5:9 movement.wrong-type\n");
    EXPECT_EQ(faults_in("[participants]\nkinds = ['cell', 1, '']\n"),
              "5:18 movement.wrong-type\n5:21 movement.empty\n");
}

TEST(MovementFaults, ADocumentsDateMayBePartial) {
    for (const char* date : {"2018-09-24", "'2018-09-24'", "'2018-09'", "'2018'", "''"})
        EXPECT_EQ(faults_in("[[documents]]\ndate = " + std::string(date) + "\n"), "") << date;
    EXPECT_EQ(faults_in("[[documents]]\ndate = '2018-13'\n"), "5:8 movement.date-form\n");
    EXPECT_EQ(faults_in("[[documents]]\ndate = 2018\n"), "5:8 movement.wrong-type\n");
}

TEST(MovementFaults, AnUnknownKeyIsToldWithTheOneThatWasProbablyMeant) {
    EXPECT_EQ(faults_in("sectoins = []\n"), "4:1 movement.unknown-key\n");
    EXPECT_EQ(arguments_of("sectoins = []\n").at("suggestion"), "sections");
    EXPECT_EQ(arguments_of("colour = 1\n").at("suggestion"), "none");
    EXPECT_EQ(faults_in("[participants]\nunnder = 'x'\n"), "5:1 movement.unknown-key\n");
    EXPECT_EQ(faults_in("[[documents]]\nno = '1'\n"), "5:1 movement.unknown-key\n");
    EXPECT_EQ(faults_in("[[indicators]]\nkey = 'i'\nrolup = 'sum'\n"), "6:1 movement.unknown-key\n");
    EXPECT_EQ(faults_in("[[sections]]\nkey = 's'\nmax = 1\n"), "6:1 movement.unknown-key\n");
    EXPECT_EQ(faults_in("[[classes]]\nkey = 's'\nleast = 1\n"), "6:1 movement.unknown-key\n");
    EXPECT_EQ(faults_in("[total]\nwithin = 'x'\n"), "5:1 movement.unknown-key\n");
    EXPECT_EQ(faults_in("[ranking]\ntie = []\n"), "5:1 movement.unknown-key\n");
    EXPECT_EQ(faults_in("[total]\nround = { stepp = 1 }\n"), "5:11 movement.unknown-key\n");
    EXPECT_EQ(faults_in_rule("{ kind = 'graded', each = 1 }"), "7:27 movement.unknown-key\n") << "each is per_case's";
}

TEST(MovementFaults, ListsOfTablesAreWrittenAsSuch) {
    EXPECT_EQ(faults_in("[criteria]\nkey = 'c'\n"), "4:1 movement.wrong-type\n");
    EXPECT_EQ(faults_in("sections = [1]\n"), "4:13 movement.wrong-type\n");
    EXPECT_EQ(faults_in("total = 1\n"), "4:9 movement.wrong-type\n");
    EXPECT_EQ(faults_in("[[ranking]]\n"), "4:1 movement.wrong-type\n");
}

TEST(MovementFaults, AKeyStandsOnceInItsList) {
    const std::string twice = "[[criteria]]\nkey = 'c'\nmax = 1\nrule = { kind = 'yes_no' }\n";
    EXPECT_EQ(faults_in(twice + twice), "9:7 movement.twice\n");
    EXPECT_EQ(arguments_of(twice + twice).at("line"), "5");
    EXPECT_EQ(faults_in("[[sections]]\nkey = 's'\n[[sections]]\nkey = 's'\n"), "7:7 movement.twice\n");
    EXPECT_EQ(faults_in("[[indicators]]\nkey = 's'\n[[indicators]]\nkey = 's'\n"), "7:7 movement.twice\n");
    EXPECT_EQ(faults_in("[[classes]]\nkey = 's'\nat_least = 5\n[[classes]]\nkey = 's'\n"), "8:7 movement.twice\n");
}

TEST(MovementFaults, ACriterionSaysKeyMaxAndRule) {
    EXPECT_EQ(faults_in("[[criteria]]\n"), "4:1 movement.missing-key\n4:1 movement.missing-key\n");
    EXPECT_EQ(faults_in("[[criteria]]\nkey = 'c'\nrule = { kind = 'graded' }\n"), "4:1 movement.missing-key\n");
    EXPECT_EQ(faults_in("[[criteria]]\nkey = 'c'\nrule = { kind = 'per_case', each = 1 }\n"), "");
    EXPECT_EQ(faults_in("[[criteria]]\nkey = 'c'\nmax = -1\nrule = { kind = 'graded' }\n"),
              "6:7 movement.number-too-small\n");
    EXPECT_EQ(faults_in("[[criteria]]\nkey = 'c'\nmax = '1'\nrule = 'graded'\n"),
              "6:7 movement.wrong-type\n7:8 movement.wrong-type\n");
    EXPECT_EQ(faults_in_rule("{ }"), "7:8 movement.missing-key\n");
    EXPECT_EQ(faults_in_rule("{ kind = 'percase', each = 1 }"), "7:17 movement.unknown-choice\n");
    EXPECT_EQ(faults_in_rule("{ kind = 3 }"), "7:17 movement.wrong-type\n");
    EXPECT_EQ(faults_in_rule("{ kind = 'yes_no' }\nmissing = 'none'\nnot_applicable = 'refuse'\nweight = -1"),
              "8:11 movement.unknown-choice\n9:18 movement.unknown-choice\n10:10 movement.number-too-small\n");
    EXPECT_EQ(faults_in_rule("{ kind = 'yes_no' }\nround = { step = -1, mode = 'half' }"),
              "8:18 movement.number-too-small\n8:29 movement.unknown-choice\n");
    EXPECT_EQ(faults_in_rule("{ kind = 'yes_no' }\nsection = 'task'\n[[sections]]\nkey = 'tasks'"),
              "8:11 movement.unknown-section\n");
    EXPECT_EQ(faults_in_rule("{ kind = 'yes_no' }\nvalue = 'a b'"), "8:9 movement.key-form\n");
}

TEST(MovementFaults, EachKindOfRuleIsChecked) {
    EXPECT_EQ(faults_in_rule("{ kind = 'ratio' }"), "7:8 movement.missing-key\n");
    EXPECT_EQ(faults_in_rule("{ kind = 'ratio', to = true }"), "7:31 movement.wrong-type\n");
    EXPECT_EQ(faults_in_rule("{ kind = 'ratio', from = 'x', to = 1 }"), "7:33 movement.wrong-type\n");
    EXPECT_EQ(faults_in_rule("{ kind = 'ratio', to = '' }"), "7:31 movement.empty\n");
    EXPECT_EQ(faults_in_rule("{ kind = 'bands' }"), "7:8 movement.missing-key\n");
    EXPECT_EQ(faults_in_rule("{ kind = 'bands', bands = [] }"), "7:34 movement.empty\n");
    EXPECT_EQ(faults_in_rule("{ kind = 'bands', bands = [{ from = 1 }] }"), "7:35 movement.missing-key\n");
    EXPECT_EQ(faults_in_rule("{ kind = 'bands', bands = [{from=2,points=2},{from=1,points=1},{from=1,points=0}] }"),
              "7:71 movement.bands-order\n");
    EXPECT_EQ(faults_in_rule("{ kind = 'bands', on = 'shares', bands = [{from=1,points=1}], lower_is_better = 'no' }"),
              "7:31 movement.unknown-choice\n7:88 movement.wrong-type\n");
    EXPECT_EQ(faults_in_rule("{ kind = 'per_case' }"), "7:8 movement.missing-key\n");
    EXPECT_EQ(faults_in_rule("{ kind = 'per_case', each = 1, least = 2, most = 1 }"),
              "7:47 movement.least-above-most\n");
    EXPECT_EQ(faults_in_rule("{ kind = 'relative', method = 'best' }"), "7:38 movement.unknown-choice\n");
}

TEST(MovementFaults, AFormulaIsReadWithItsPosition) {
    const auto formula = [](const std::string& expression) {
        return faults_in_rule("{ kind = 'formula', expression = '" + expression + "' }");
    };
    EXPECT_EQ(faults_in_rule("{ kind = 'formula' }"), "7:8 movement.missing-key\n");
    for (const char* good : {"floor(25.4347 * (18 - v)^1.81)", "if(v >= t, 10, v / t * 10)", "max(a, b, 1e2)", "-v",
                             "v != 0", "ln(v) + log10(v) + exp(v) + sqrt(v) + abs(v) + ceil(v) + round(v) + min(v, t)"})
        EXPECT_EQ(formula(good), "") << good;
    EXPECT_EQ(formula("v +"), "7:45 movement.formula-syntax\n");
    EXPECT_EQ(formula("(v"), "7:44 movement.formula-syntax\n");
    EXPECT_EQ(formula("if(v, 1)"), "7:49 movement.formula-syntax\n");
    EXPECT_EQ(formula("2 v"), "7:44 movement.formula-syntax\n");
    EXPECT_EQ(formula("min"), "7:42 movement.formula-syntax\n");
    EXPECT_EQ(formula("1 + sin(v)"), "7:46 movement.formula-function\n");
    EXPECT_EQ(formula("v = 1"), "7:44 movement.formula-character\n");
    EXPECT_EQ(formula("v ? 1 : 2"), "7:44 movement.formula-character\n");
    EXPECT_EQ(formula("v − 1"), "7:44 movement.formula-character\n");
    EXPECT_EQ(formula("v, t"), "7:42 movement.formula-syntax\n");
    EXPECT_EQ(formula(std::string(1001, '1')), "7:42 movement.formula-too-long\n");
    EXPECT_EQ(formula("v * goals-for"), "") << "goals minus for: two indicators";
    EXPECT_EQ(formula("v * goals-for' }\n[[indicators]]\nkey = 'goals-for'\ntitle = { en = 'x"),
              "7:46 movement.formula-key\n")
        << "a key that is no name";
    EXPECT_EQ(faults_in_rule("{ kind = 'formula', expression = 'v', least = 1, most = 0 }"),
              "7:54 movement.least-above-most\n");
}

TEST(MovementFaults, GatesClassesAndRankingAreChecked) {
    const std::string classes = "[[classes]]\nkey = 'a'\nat_least = 50\n[[classes]]\nkey = 'b'\n";  // to line 8
    EXPECT_EQ(faults_in("[[gates]]\nkey = 'g'\n"), "4:1 movement.missing-key\n");
    EXPECT_EQ(faults_in("[[gates]]\nkey = 'g'\npasses = { }\n"), "6:10 movement.passes-one\n");
    EXPECT_EQ(faults_in("[[gates]]\nkey = 'g'\npasses = { at_most = 1, at_least = 0 }\n"),
              "6:10 movement.passes-one\n");
    EXPECT_EQ(faults_in("[[gates]]\nkey = 'g'\npasses = { atmost = 1 }\n"),
              "6:10 movement.passes-one\n6:12 movement.unknown-key\n");
    EXPECT_EQ(
        faults_in(classes + "[[gates]]\nkey = 'g'\npasses = { equals = 1 }\ncaps_class = 'c'\nmissing = 'zero'\n"),
        "12:14 movement.unknown-class\n13:11 movement.unknown-choice\n");
    EXPECT_EQ(faults_in(classes + "at_least = 1\n"), "9:12 movement.last-class\n");
    EXPECT_EQ(faults_in(classes + "most_share = 0.5\n"), "9:14 movement.last-class\n");
    EXPECT_EQ(faults_in("[[classes]]\nkey = 'a'\nat_least = 50\nmost_share = 1.5\n[[classes]]\nkey = 'b'\nat_least = "
                        "50.1\n[[classes]]\nkey = 'c'\n"),
              "7:14 movement.number-too-large\n10:12 movement.class-order\n");
    EXPECT_EQ(faults_in("[[classes]]\nkey = 'a'\nat_least = 50\nmost_share = 0.5\n[[classes]]\nkey = 'b'\nat_least = "
                        "50\n[[classes]]\nkey = 'c'\n"),
              "")
        << "who is over the quota of the first falls to the second";
    EXPECT_EQ(faults_in("[ranking]\nwithin = 'groups'\norder = 'up'\nrest = 'none'\n"),
              "5:10 movement.unknown-choice\n6:9 movement.unknown-choice\n7:8 movement.unknown-choice\n");
    EXPECT_EQ(faults_in("[ranking]\nties = ['x', 'criterion:', '-criteria:x', 'criterion:x', 1, 'indicator:x']\n"),
              "5:9 movement.tie-form\n5:14 movement.tie-form\n5:28 movement.tie-form\n5:43 movement.unknown-criterion\n"
              "5:58 movement.wrong-type\n");
    EXPECT_EQ(faults_in("[[sections]]\nkey = 's'\ncombine = 'average'\n"), "6:11 movement.unknown-choice\n");
    EXPECT_EQ(faults_in_rule("{ kind = 'yes_no' }\nsection = 's'\nweight = 0\n[[sections]]\nkey = 's'\ncombine = "
                             "'weighted-mean'"),
              "10:1 movement.weights-all-zero\n");
}

TEST(MovementFaults, AListBeyondAllReasonIsRefusedQuickly) {
    std::string body;
    for (int i = 0; i < 2001; ++i)
        body += "[[criteria]]\nkey = 'c" + std::to_string(i) + "'\nmax = 1\nrule = { kind = 'yes_no' }\n";
    EXPECT_EQ(faults_in(body), "8004:1 movement.too-many\n");
}

TEST(MovementFaults, AllOfThemAreToldAtOnceButNotMoreThanAHundred) {
    std::string body;
    for (int i = 0; i < 150; ++i) body += "x" + std::to_string(i) + " = 1\n";
    std::vector<Fault> faults;
    EXPECT_FALSE(read_cycle(std::string(head) + body, "f", faults));
    ASSERT_EQ(faults.size(), max_faults);
    EXPECT_EQ(faults[0].line, 4);
    EXPECT_EQ(faults[99].line, 103);
}

}  // namespace
}  // namespace guidon::movements

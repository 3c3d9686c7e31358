#include "units/unit_file.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "units/group_file.h"

namespace guidon::units {
namespace {

std::string told(const std::vector<Fault>& faults) {
    std::string text;
    for (const Fault& fault : faults) text += sentence(Language::en, fault) + "\n";
    return text;
}

/// The faults of a file with these rows.
std::string wrong(const std::string& rows, const std::string& header = "code,parent,kind,name") {
    std::vector<Fault> faults;
    read_units(header + "\n" + rows, "units.csv", faults);
    return told(faults);
}

TEST(ReadUnits, GivesTheRowsAsTheyStand) {
    std::vector<Fault> faults;
    const std::string bytes =
        "name:vi,code,parent,kind,name,valid_from,valid_to,tags\n"
        "Hà Tĩnh,HT-DT,HT,district,Duc Tho,2020-01-01,2025-07-01,rural|old\n"
        "\"Tỉnh, Hà Tĩnh\",HT,,province,\"Ha \"\"Tinh\"\"\",,,\n";
    const UnitFile file = read_units(bytes, "units.csv", faults);
    EXPECT_EQ(told(faults), "");
    ASSERT_EQ(file.units.size(), 2u);
    const UnitRecord& district = file.units[0];
    EXPECT_EQ(district.code, "HT-DT");
    EXPECT_EQ(district.kind, "district");
    EXPECT_EQ(district.valid_from, "2020-01-01");
    EXPECT_EQ(district.valid_to, "2025-07-01");
    EXPECT_EQ(district.tags, "rural|old");
    EXPECT_EQ(district.place, (files::Place{2, 9}));
    EXPECT_EQ(file.units[1].name, "Ha \"Tinh\"");
    EXPECT_EQ(file.units[1].names, (Texts{{"vi", "Tỉnh, Hà Tĩnh"}}));
    EXPECT_EQ(file.parents, (std::vector{1, -1}));
    EXPECT_EQ(file.codes.find("HT"), 1);
    EXPECT_EQ(file.codes.find("HT-D"), -1);
}

TEST(ReadUnits, TellsEveryFaultWithItsPlace) {
    EXPECT_EQ(wrong("a b,,x,y\n"),
              "units.csv:2:1: “a b” is no code of a unit; expected 1 to 64 letters, digits, dots, underscores or "
              "hyphens\n");
    EXPECT_EQ(wrong("a,,x,y\nb,,x,y\na,,x,y\n"),
              "units.csv:4:1: the code a is there twice (first in line 2); expected it once\n");
    EXPECT_EQ(wrong("a,b,x,y\n"),
              "units.csv:2:3: the parent “b” of a is not in the file; expected the code of a unit, or nothing for a "
              "root\n");
    EXPECT_EQ(wrong("a,,x,y,2025-02-30,\nb,,x,y,2025-01-02,2025-01-02\n", "code,parent,kind,name,valid_from,valid_to"),
              "units.csv:2:8: “2025-02-30” in the column valid_from is no date; expected as 2025-01-31, or nothing\n"
              "units.csv:3:19: the unit ends on 2025-01-02 but begins on 2025-01-02; expected a later end (it is the "
              "first day on which the unit no longer exists)\n");
    EXPECT_EQ(wrong("a,x\n", "code,kind"),
              "units.csv:1:1: the column “parent” is missing; found: code, kind\n"
              "units.csv:1:1: the column “name” is missing; found: code, kind\n");
}

TEST(ReadUnits, NamesTheUnitsOfACycleOnce) {
    EXPECT_EQ(wrong("r,,x,y\nc,b,x,y\na,c,x,y\nb,a,x,y\nbelow,c,x,y\n"),
              "units.csv:3:3: these 3 units are below each other: c → b → a → c; expected a tree\n");
    EXPECT_EQ(wrong("a,a,x,y\n"), "units.csv:2:3: the unit is its own parent: a → a; expected a tree\n");
}

TEST(ReadUnits, LeavesUnknownParentsToAnImport) {
    std::vector<Fault> faults;
    const UnitFile file = read_units("code,parent,kind,name\na,b,x,y\n", "units.csv", faults, Parents::anywhere);
    EXPECT_EQ(told(faults), "");
    EXPECT_EQ(file.parents, std::vector{-1});
    EXPECT_EQ(file.units.at(0).parent, "b");
}

RC_GTEST_PROP(ReadUnits, AnyForestIsATreeAndAnyBackEdgeACycle, ()) {
    const int count = *rc::gen::inRange(1, 60);
    std::vector<int> parents;
    for (int i = 0; i < count; ++i) parents.push_back(*rc::gen::inRange(-1, i));
    const bool looped = *rc::gen::arbitrary<bool>();
    const int last = count - 1;
    int root = last;
    while (parents[static_cast<std::size_t>(root)] >= 0) root = parents[static_cast<std::size_t>(root)];
    if (looped) parents[static_cast<std::size_t>(root)] = last;
    std::string rows;
    for (int i = 0; i < count; ++i) {
        const int parent = parents[static_cast<std::size_t>(i)];
        rows += "u" + std::to_string(i) + "," + (parent < 0 ? "" : "u" + std::to_string(parent)) + ",k,n\n";
    }
    RC_ASSERT((wrong(rows).find("expected a tree") != std::string::npos) == looped);
}

TEST(CodeIndex, FindsEveryCodeAmongMany) {
    std::vector<std::string> codes;
    for (int i = 0; i < 20'000; ++i) codes.push_back("U" + std::to_string(i * 7919));
    CodeIndex index;
    for (const auto& code : codes) index.add(code);
    for (std::size_t i = 0; i < codes.size(); ++i) ASSERT_EQ(index.find(codes[i]), static_cast<int>(i));
    EXPECT_EQ(index.add("U7919"), 1);
    EXPECT_EQ(index.find("U1"), -1);
    EXPECT_EQ(index.find(""), -1);
}

std::string wrong_groups(const std::string& bytes) {
    CodeIndex known;
    for (const char* code : {"a", "b", "c"}) known.add(code);
    std::vector<Fault> faults;
    read_groups(bytes, "groups.csv", &known, faults);
    return told(faults);
}

TEST(ReadGroups, GivesMembersWithPeriodAndRole) {
    std::vector<Fault> faults;
    const auto file =
        read_groups("unit,group,role,period,name\na,north,leader,2025,North\nb,north,,,\n", "g.csv", nullptr, faults);
    EXPECT_EQ(told(faults), "");
    ASSERT_EQ(file.members.size(), 2u);
    EXPECT_EQ(file.members[0].group, "north");
    EXPECT_EQ(file.members[0].role, GroupRole::leader);
    EXPECT_EQ(file.members[0].period, "2025");
    EXPECT_EQ(file.members[0].name, "North");
    EXPECT_EQ(file.members[1].role, GroupRole::none);
}

TEST(ReadGroups, TellsEveryFaultWithItsPlace) {
    EXPECT_EQ(wrong_groups("group,unit,period,role\n,a,,\ng,x,,\ng,b,25,\ng,c,,boss\n"),
              "groups.csv:2:1: no group; expected the group’s code\n"
              "groups.csv:3:3: no unit has the code “x”\n"
              "groups.csv:4:5: “25” is no period; expected as 2025, 2025-H1, 2025-Q3, 2025-07, or nothing\n"
              "groups.csv:5:6: “boss” is no role; expected leader, deputy or nothing\n");
}

TEST(ReadGroups, RefusesAUnitTwiceInOnePeriod) {
    EXPECT_EQ(wrong_groups("group,unit,period\ng,a,2024\nh,a,2025\ng,b,\n"), "");
    EXPECT_EQ(wrong_groups("group,unit,period\ng,a,2025\nh,a,2025\n"),
              "groups.csv:3:3: the unit a is already in the group g (line 2); expected at most one group in a "
              "period\n");
    EXPECT_EQ(wrong_groups("group,unit,period\ng,b,2025\nh,b,\nh,b,2024\n"),
              "groups.csv:3:3: the unit b is already in the group g (line 2); expected at most one group in a "
              "period\n"
              "groups.csv:4:3: the unit b is already in the group h (line 3); expected at most one group in a "
              "period\n");
}

}  // namespace
}  // namespace guidon::units

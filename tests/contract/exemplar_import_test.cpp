// Exemplars as a table: in as a register that an office kept, out again without a difference, faults at their cells.
#include "contract.h"
#include "exemplars/exemplars_store.h"
#include "imports/export.h"
#include "imports/import.h"

namespace guidon::contract {
namespace {

using namespace imports;
using testing::HasSubstr;
using testing::IsEmpty;

const auto today = *Day::parse("2026-07-01");

constexpr auto units_csv = "code,parent,kind,name\nP,,province,Province\nC1,P,commune,First\nC2,P,commune,Second\n";
constexpr auto movement_toml =
    "format = \"guidon/movement/1\"\nkey = \"skilled\"\nperiod = \"2025\"\nstarts = 2025-01-01\nends = 2025-12-31\n"
    "[title]\nen = \"Skilled\"\n"
    "[exemplars]\n"
    "[[exemplars.fields]]\nkey = \"economy\"\n[[exemplars.fields]]\nkey = \"society\"\n"
    "[[exemplars.levels]]\nkey = \"province\"\nrecognised_by = [\"province\"]\n";

constexpr auto header =
    "movement,period,kind,unit,person,title,title:en,field,situation,aim,result,method,place,beneficiaries,qualifier,"
    "beneficiaries_who,forces,starts,product,upkeep,state,registered_on,level,recognised_on,decision\n";
std::string row(const std::string& unit, const std::string& title, const std::string& end,
                const std::string& person = "", const std::string& field = "economy") {
    return "skilled,2025,model," + unit + "," + person + "," + title + ",," + field +
           ",Why,Aim,62 of 62,How,Here,120,at_least,households,The cell,2025-02-01,A road,Every year," + end + "\n";
}
const std::string register_csv =
    header + row("C1", "A road for all", "registered,2025-03-01,,,") +
    row("C2", "Đường mới", "recognised,2025-03-02,province,2025-11-20,12-QD") +
    row("C2", "The one who began", "recognised,2025-03-02,province,2025-11-20,12-QD", "Head of group 4") +
    "skilled,2025,model,C1,,Only an idea,,,,,,,,,,,,,,,draft,,,,\n";

class ExemplarImport : public OnBoth {
protected:
    store::Store store = store::Store::open(database.url());

    void SetUp() override {
        EXPECT_EQ(import(Kind::units, units_csv), "3 0 0");
        EXPECT_EQ(import(Kind::movement, movement_toml, ".toml"), "1 0 0");
    }
    /// "new changed unchanged", or the faults a line each.
    std::string import(Kind kind, std::string_view bytes, const std::string& ending = ".csv") {
        Import import(store.read(), {kind, std::string(code(kind)) + ending, bytes, today, Rights::terminal()});
        const auto& plan = import.plan();
        std::string text;
        for (const auto& fault : plan.faults)
            if (!fault.warning)
                text += fault.code + "@" + std::to_string(fault.line) + ":" + std::to_string(fault.column) + "\n";
        if (plan.refused()) return text;
        import.apply(store, plan.identity());
        const auto& tally = plan.comparison.tally();
        return std::to_string(tally.added) + " " + std::to_string(tally.changed) + " " +
               std::to_string(tally.unchanged);
    }
    std::string exported(bool sheet = false) {
        const auto reader = store.read();
        const auto all = [](const exemplars::Exemplar&) { return true; };
        if (sheet) {
            XlsxOut out("exemplars");
            export_exemplars(reader, today, all, out);
            return out.bytes();
        }
        std::string text;
        CsvOut out([&](std::string_view piece) { text += piece; });
        export_exemplars(reader, today, all, out);
        return text;
    }
};
ON_BOTH(ExemplarImport);

}  // namespace

TEST_P(ExemplarImport, ARegisterComesInWithItsDecisionsAndGoesOutWithoutADifference) {
    EXPECT_EQ(import(Kind::exemplars, register_csv), "4 0 0");
    EXPECT_THAT(exemplars::check_exemplars(store.read()), IsEmpty());
    EXPECT_EQ(import(Kind::exemplars, register_csv), "0 0 4") << "sent twice is stored once";
    EXPECT_EQ(import(Kind::exemplars, exported()), "0 0 4");
    EXPECT_EQ(import(Kind::exemplars, exported(true), ".xlsx"), "0 0 4");
    const auto reader = store.read();
    std::string found;
    exemplars::for_each_exemplar(reader, [&](const exemplars::Exemplar& one) {
        found += one.title + " " + std::string(code(one.state)) + " " + one.registered_on.text() + " " +
                 one.recognised_on.text() + " " + one.level + " " + std::string(code(one.owner_kind)) + "\n";
    });
    EXPECT_EQ(found,
              "A road for all registered 2025-03-01   collective\n"
              "Đường mới recognised 2025-03-02 2025-11-20 province collective\n"
              "The one who began recognised 2025-03-02 2025-11-20 province individual\n"
              "Only an idea draft    collective\n");
}

TEST_P(ExemplarImport, WhatARowSaysOtherwiseIsANewText) {
    import(Kind::exemplars, register_csv);
    auto text = exported();
    text.replace(text.find("A road for all"), 14, "A road for everybody");
    EXPECT_EQ(import(Kind::exemplars, text), "0 1 3");
    EXPECT_THAT(exported(), HasSubstr("A road for everybody"));
    EXPECT_EQ(exemplars::past_of(store.read(), exemplars::ExemplarId(1)).size(), 1U);
}

TEST_P(ExemplarImport, EveryFaultIsToldAtItsCellAndNothingIsStored) {
    const auto faulty = header + row("C9", "No such unit", "registered,2025-03-01,,,") +
                        row("C1", "No such field", "registered,2025-03-01,,,", "", "sport") +
                        row("C1", "No decision", "recognised,2025-03-02,province,2025-11-20,") +
                        row("C1", "No such level", "recognised,2025-03-02,world,2025-11-20,12-QD") +
                        "skilled,2025,model,C1,,Not complete,,economy,,,,,,,,,,,,,registered,2025-03-01,,,\n";
    const auto told = import(Kind::exemplars, faulty);
    for (const auto* code : {"exemplar-file.unit@2", "exemplar.unknown-field@3", "exemplar-file.needed@4",
                             "exemplar.unknown-level@5", "exemplar.missing@6"})
        EXPECT_THAT(told, HasSubstr(code));
    EXPECT_EQ(exported(), exported()) << "deterministic";
    EXPECT_THAT(exemplars::exemplars_after(store.read(), exemplars::ExemplarId(), 10), IsEmpty());
}

TEST_P(ExemplarImport, EverythingThatIsWrongWithARowIsToldAtOnceAndItIsNotNew) {
    const auto faulty = header + row("C9", "Wrong twice", "recognised,2025-03-02,world,2025-11-20,12-QD", "", "sport") +
                        row("C1", "A road for all", "registered,2025-03-01,,,");
    const auto told = import(Kind::exemplars, faulty);
    for (const auto* code : {"exemplar-file.unit@2", "exemplar.unknown-field@2", "exemplar.unknown-level@2"})
        EXPECT_THAT(told, HasSubstr(code));
    EXPECT_THAT(told, testing::Not(HasSubstr("@3")));
    const Import plan(store.read(), {Kind::exemplars, "exemplars.csv", faulty, today, Rights::terminal()});
    EXPECT_EQ(plan.plan().comparison.tally().added, 1);
}

TEST_P(ExemplarImport, AMovementTakesExemplarsOfItsOwnUnits) {
    std::string of_first(movement_toml);
    of_first.insert(of_first.find("[exemplars]"), "[participants]\nunder = \"C1\"\n");
    import(Kind::movement, of_first, ".toml");
    EXPECT_EQ(import(Kind::exemplars, header + row("C1", "Of a member", "registered,2025-03-01,,,")), "1 0 0");
    EXPECT_THAT(import(Kind::exemplars, header + row("C2", "Of another", "registered,2025-03-01,,,")),
                HasSubstr("exemplar.not-taking-part@2"));
}

TEST_P(ExemplarImport, AFileTakesNoSteps) {
    import(Kind::exemplars, register_csv);
    auto text = exported();
    text.replace(text.find(",registered,"), 12, ",recognised,");
    EXPECT_THAT(import(Kind::exemplars, text), HasSubstr("exemplar-file.step@2"));
}

}  // namespace guidon::contract

// The journal's signed head: it moves with every change, and nothing is signed that was changed behind its back.
#include "store/journal.h"
#include "accounts/settings_store.h"

#include <signal.h>

#include <filesystem>
#include <regex>

#include "base/embedded.h"
#include "contract.h"
#include "store/doctor.h"
#include "store/journal_file.h"
#include "store/sql.h"
#include "store/writer.h"

namespace guidon::contract {
namespace {

using store::Store;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> codes(const store::Verdict& verdict) {
    std::vector<std::string> result;
    for (const auto& problem : verdict.found) result.push_back(problem.code);
    return result;
}

class JournalContract : public OnBoth {
protected:
    void write(Store& store, int count = 1, const std::string& what = "value.changed") {
        for (int i = 0; i < count; ++i) {
            auto change = store.change(permit());
            change.commit(what, "u" + std::to_string(change.next_seq() % 5), {{"value", change.next_seq()}});
            now += 1000;
        }
    }
    static std::vector<std::string> faults(Store& store, store::Trust trust = {}) {
        if (trust.key.empty()) trust.key = store.trusted_key()->text();
        return codes(store::check_journal(store.read(), trust));
    }
    /// As somebody does who has the database and not the program.
    void behind_its_back(const std::string& sql) {
        store::Connection connection(store::Address::parse(database.url()), store::Purpose::write, 1000);
        connection.execute(sql);
    }
};
ON_BOTH(JournalContract);

TEST_P(JournalContract, EveryChangeLeavesASignedHeadOverAllEntries) {
    auto store = open();
    EXPECT_EQ(store::newest_checkpoint(store.read())->size, 0);
    std::vector<store::Digest> leaves;
    for (int i = 1; i <= 20; ++i) {
        write(store);
        const auto reader = store.read();
        leaves.push_back(*store::digest_of(store::entries_before(reader, 0, 1).at(0).hash));
        const auto head = store::newest_checkpoint(reader);
        ASSERT_EQ(head->size, i);
        EXPECT_EQ(head->root, store::hex(store::root_of(leaves)));
        EXPECT_EQ(head->at_utc_ms, now - 1000);
        EXPECT_TRUE(store::is_signed_by(*head, *store.trusted_key()));
    }
    EXPECT_THAT(faults(store), IsEmpty());
    EXPECT_EQ(store::public_key(store.read()), store.trusted_key());
}

TEST_P(JournalContract, AGroupWithARefusalInItIsSignedWithoutTheRefused) {
    auto store = open();
    {
        store::Writer writer(store);
        for (int i = 0; i < 30; ++i) {
            writer.submit(
                [&, i] {
                    write(store);
                    if (i % 3 == 0) throw Problem("test.refused");
                },
                [](std::exception_ptr) {});
        }
    }
    EXPECT_EQ(store::newest_checkpoint(store.read())->size, 20);
    EXPECT_THAT(faults(store), IsEmpty());
}

TEST_P(JournalContract, AClockThatIsSetBackPutsNoEntryBeforeItsPredecessor) {
    auto store = open();
    write(store, 2);
    const auto latest = now - 1000;
    now -= 3'600'000;
    write(store, 2);
    const auto entries = store::entries_since(store.read(), 0);
    EXPECT_EQ(entries.at(2).at_utc_ms, latest);
    EXPECT_EQ(entries.at(3).at_utc_ms, latest);
    EXPECT_EQ(store::newest_checkpoint(store.read())->at_utc_ms, latest);
    now += 7'200'000;
    write(store);
    EXPECT_EQ(store::entries_since(store.read(), 4).at(0).at_utc_ms, now - 1000);
}

TEST_P(JournalContract, TwoProcessesThatWriteInTurnsKeepOneHead) {
    auto one = open(), other = open();
    for (int i = 0; i < 10; ++i) {
        write(one, 1 + i % 2);
        write(other);
    }
    EXPECT_EQ(store::newest_checkpoint(one.read())->size, 25);
    EXPECT_THAT(faults(other), IsEmpty());
}

TEST_P(JournalContract, AProcessKilledBeforeItsCommitLeavesTheHeadThatWas) {
    const int status = in_child([this] {
        auto store = open();
        write(store, 3);
        auto change = store.change(permit());
        store::run(change, "INSERT INTO movement (id, code) VALUES (1, 'm')");
        kill(getpid(), SIGKILL);
    });
    ASSERT_TRUE(WIFSIGNALED(status));
    auto store = open();
    EXPECT_EQ(store::newest_checkpoint(store.read())->size, 3);
    write(store);
    EXPECT_THAT(faults(store), IsEmpty());
}

// The key -------------------------------------------------------------------------------------------------------

TEST_P(JournalContract, TheKeyIsForItsOwnerAlone) {
    open();
    namespace fs = std::filesystem;
    EXPECT_EQ(fs::status(database.key_file()).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_P(JournalContract, WithoutItsKeyADatabaseIsReadAndNotWritten) {
    auto before = open();
    write(before);
    std::filesystem::rename(database.key_file(), database.key_file() + ".away");
    auto store = open();
    EXPECT_EQ(store.read().seq(), 1);
    EXPECT_THAT(codes(store::check_journal(store.read(), {})), IsEmpty());
    EXPECT_EQ(refusal([&] { write(store); }), "store.journal-key");
    std::filesystem::rename(database.key_file() + ".away", database.key_file());
    write(store);
    EXPECT_EQ(store.read().seq(), 2);
}

TEST_P(JournalContract, TheKeyOfAnotherDatabaseSignsNothingHere) {
    {
        auto store = open();
        write(store);
    }
    std::filesystem::remove(database.key_file());
    store::write_key_file(database.key_file(), store::SigningKey::generate());
    auto store = open();
    EXPECT_EQ(refusal([&] { write(store); }), "store.journal-key");
    EXPECT_THAT(faults(store), ElementsAre("doctor.journal-other-key"));
}

TEST_P(JournalContract, AKeyWhoseDatabaseWasOnDiskWhenTheProgramDiedTakesItsPlace) {
    open();
    std::filesystem::rename(database.key_file(), database.key_file() + ".new");
    auto store = open();
    write(store);
    EXPECT_THAT(faults(store), IsEmpty());
}

/// Takes back what came with the head and after it, the newest first.
std::string as_before_signatures() {
    std::string sql;
    const std::regex table("CREATE (?:VIRTUAL )?TABLE (\\w+)");
    for (const auto& [name, text] : embedded::migrations()) {
        if (name < "0006") continue;
        std::string drops;
        const std::string statements(text);
        for (std::sregex_iterator found(statements.begin(), statements.end(), table), end; found != end; ++found)
            drops = "DROP TABLE IF EXISTS " + found->str(1) + "; " + drops;
        sql = drops + sql;
    }
    return sql + "DROP INDEX journal_who; DROP INDEX journal_time; DELETE FROM schema_migration WHERE number >= 6";
}

TEST_P(JournalContract, ADatabaseFromBeforeSignaturesGetsItsHeadWhenItIsOpened) {
    {
        auto store = open();
        write(store, 7);
    }
    behind_its_back(as_before_signatures());
    std::filesystem::remove(database.key_file());
    auto store = open();
    EXPECT_EQ(store::newest_checkpoint(store.read())->size, 7);
    write(store);
    EXPECT_THAT(faults(store), IsEmpty());
}

TEST_P(JournalContract, AHeadThatWasTakenAwayIsNotMadeAnew) {
    {
        auto store = open();
        write(store, 7);
    }
    behind_its_back(as_before_signatures());
    EXPECT_EQ(refusal([&] { open(); }), "store.journal-key");
}

// Nothing is signed on trust ------------------------------------------------------------------------------------

TEST_P(JournalContract, AHeadThatWasChangedIsNotGoneOnFrom) {
    auto store = open();
    write(store, 4);
    const auto other_root = std::string(64, 'a');
    const char* const changes[] = {
        "UPDATE journal_head SET frontier = 'ROOT', root = 'ROOT'",
        "UPDATE journal_head SET size = 3",
        "UPDATE journal_head SET note = replace(note, 'time 1', 'time 2')",
        "DELETE FROM journal_head",
        "DELETE FROM journal WHERE seq = 4",
        "INSERT INTO journal SELECT 5, at_utc_ms, who, capacity, what, subject, document, hash FROM journal WHERE seq "
        "= 4",
    };
    for (std::string sql : changes) {
        for (auto at = sql.find("ROOT"); at != std::string::npos; at = sql.find("ROOT")) sql.replace(at, 4, other_root);
        const auto kept = store::rows<std::int64_t, std::string, std::string, std::string, std::int64_t>(
            store.read(), "SELECT size, frontier, root, note, at_utc_ms FROM journal_head");
        const auto last = store::entries_since(store.read(), 3).at(0);
        behind_its_back(sql);
        EXPECT_EQ(refusal([&] { write(store); }), "store.journal-head") << sql;
        const auto in_another_process = refusal([&] {
            auto fresh = open();
            write(fresh);
        });
        EXPECT_THAT(in_another_process, testing::AnyOf("store.journal-head", "store.journal-key")) << sql;
        store::Connection repair(store::Address::parse(database.url()), store::Purpose::write, 1000);
        repair.execute("DELETE FROM journal_head; DELETE FROM journal WHERE seq > 3");
        const auto& [size, frontier, root, note, at] = kept.at(0);
        store::run(repair, "INSERT INTO journal_head VALUES (1, :s, :f, :r, :n, :a)", size, frontier, root, note, at);
        store::run(repair, "INSERT INTO journal VALUES (:s, :a, :w, :c, :wh, :su, :d, :h)", last.seq, last.at_utc_ms,
                   last.who, last.capacity, last.what, last.subject, last.document, last.hash);
    }
    write(store);
    EXPECT_THAT(faults(store), IsEmpty());
}

// Kept checkpoints and exported files ---------------------------------------------------------------------------

TEST_P(JournalContract, AKeptCheckpointFindsAnOlderCopyAndAnotherPast) {
    auto store = open();
    write(store, 5);
    const auto kept = store::newest_checkpoint(store.read());
    write(store, 3);
    EXPECT_THAT(faults(store, {"", kept}), IsEmpty());
    auto newer = *kept;
    const auto key = *store::read_key_file(database.key_file());
    newer = store::signed_checkpoint(9, *store::digest_of(kept->root), now, key);
    EXPECT_THAT(faults(store, {"", newer}), ElementsAre("doctor.journal-rolled-back"));
    const auto other = store::signed_checkpoint(4, *store::digest_of(kept->root), now, key);
    EXPECT_THAT(faults(store, {"", other}), ElementsAre("doctor.journal-past"));
    const auto foreign = store::signed_checkpoint(5, *store::digest_of(kept->root), now, store::SigningKey::generate());
    EXPECT_THAT(faults(store, {"", foreign}), ElementsAre("doctor.journal-older-key"));
}

TEST_P(JournalContract, AnExportedFileIsCheckedWithoutTheDatabaseAndEveryLetterCounts) {
    auto store = open();
    {
        auto change = store.change(permit());
        change.commit("text.tried", "tab\t \"quote\" đ ؤکھ", {{"text", "Đồng Hới"}});
    }
    write(store, 12);
    std::string file;
    EXPECT_EQ(store::write_journal(store.read(), [&](std::string_view piece) { file += piece; }), 13);
    const store::Trust trust{store.trusted_key()->fingerprint(), store::newest_checkpoint(store.read())};
    const auto verdict = store::check_journal_file(file, "f", trust);
    EXPECT_THAT(codes(verdict), IsEmpty());
    EXPECT_EQ(verdict.entries, 13);
    const auto is_missed = [&](const std::string& changed) {
        try {
            return store::check_journal_file(changed, "f", trust).found.empty();
        } catch (const Problem&) {
            return false;
        }
    };
    for (std::size_t at = 0; at + 1 < file.size(); ++at) {
        auto changed = file;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        EXPECT_FALSE(is_missed(changed)) << "byte " << at << ": " << file.substr(at, 20);
    }
    const auto second = file.find('\n') + 1, third = file.find('\n', second) + 1;
    EXPECT_FALSE(is_missed(file.substr(0, second) + file.substr(third)));            // one line less
    EXPECT_FALSE(is_missed(file + file.substr(second, third - second)));             // one more
    EXPECT_FALSE(is_missed(file.substr(0, file.rfind('\n', file.size() - 2) + 1)));  // the last one
    EXPECT_FALSE(is_missed(file.substr(0, second) + "\n" + file.substr(second)));    // an empty one
}

// For the pages -------------------------------------------------------------------------------------------------

TEST_P(JournalContract, EveryEntryCanBeShownToBeInTheSignedTree) {
    auto store = open();
    write(store, 11);
    const auto reader = store.read();
    const auto root = *store::digest_of(store::newest_checkpoint(reader)->root);
    for (int seq = 1; seq <= 11; ++seq) {
        const auto proof = store::inclusion_proof(reader, seq);
        EXPECT_TRUE(store::is_included(proof->leaf, seq - 1, proof->size, proof->path, root)) << seq;
    }
    EXPECT_FALSE(store::inclusion_proof(reader, 0));
    EXPECT_FALSE(store::inclusion_proof(reader, 12));
}

TEST_P(JournalContract, EntriesAreFoundByWhoWhatSubjectAndTimePageByPage) {
    auto store = open();
    const auto begin = now;
    write(store, 10);                    // 1..10 value.changed u1 u2 u3 u4 u0 …
    write(store, 5, "values.imported");  // 11..15
    {
        auto change = store.change(people::Gate::terminal("Binh"));
        change.commit("value.changed", "u1");  // 16
    }
    const auto reader = store.read();
    const auto found = [&](const store::Filter& filter, int most = 50) {
        std::string seqs;
        for (const auto& entry : store::entries_matching(reader, filter, most)) seqs += std::to_string(entry.seq) + " ";
        return seqs;
    };
    EXPECT_EQ(found({}, 3), "16 15 14 ");
    EXPECT_EQ(found({.before_seq = 14}, 3), "13 12 11 ");
    EXPECT_EQ(found({.who = "Binh"}), "16 ");
    EXPECT_EQ(found({.who = "An", .subject = "u1"}), "11 6 1 ");
    EXPECT_EQ(found({.what = "values."}), "15 14 13 12 11 ");
    EXPECT_EQ(found({.what = "value.", .subject = "u1"}), "16 6 1 ");
    EXPECT_EQ(found({.who = "An", .what = "value.", .subject = "u1", .before_seq = 6}), "1 ");
    EXPECT_EQ(found({.from_utc_ms = begin + 2000, .to_utc_ms = begin + 5000}), "5 4 3 ");
    EXPECT_EQ(found({.from_utc_ms = now + 1}), "");
    EXPECT_EQ(found({.who = "nobody"}), "");
}

}  // namespace
}  // namespace guidon::contract

// Opening, reading, changing and the journal.
#include "store/store.h"

#include <atomic>
#include <stop_token>
#include <thread>

#include "contract.h"
#include "store/journal.h"
#include "store/sql.h"
#include "store/writer.h"

namespace guidon::contract {
namespace {

using store::Change;
using store::Store;

class StoreContract : public OnBoth {
protected:
    static void add_movement(Change& change, int id) {
        store::run(change, "INSERT INTO movement (id, code) VALUES (:id, :code)", id, "m" + std::to_string(id));
    }
    static std::int64_t movements(Store& store) {
        return store::one<std::int64_t>(store.read(), "SELECT count(*) FROM movement");
    }
};
ON_BOTH(StoreContract);

TEST_P(StoreContract, WhatWasCommittedIsThereWhenTheStoreIsOpenedAgain) {
    {
        auto store = open();
        auto change = store.change(permit());
        add_movement(change, 1);
        EXPECT_EQ(change.commit("movement.added", "m1"), 1);
    }
    auto store = open();
    EXPECT_EQ(movements(store), 1);
}

TEST_P(StoreContract, AChangeThatIsNotCommittedLeavesNothing) {
    auto store = open();
    {
        auto change = store.change(permit());
        add_movement(change, 1);
    }
    EXPECT_EQ(movements(store), 0);
    EXPECT_EQ(store.read().seq(), 0);
}

TEST_P(StoreContract, AReaderSeesOneMomentWhateverIsCommittedMeanwhile) {
    auto store = open();
    const auto reader = store.read();
    auto change = store.change(permit());
    add_movement(change, 1);
    change.commit("movement.added", "m1");
    EXPECT_EQ(store::one<int>(reader, "SELECT count(*) FROM movement"), 0);
    EXPECT_EQ(movements(store), 1);
}

TEST_P(StoreContract, AReaderCannotWrite) {
    auto store = open();
    const auto reader = store.read();
    EXPECT_ANY_THROW(store::run(reader.connection(), "INSERT INTO movement (id, code) VALUES (1, 'm')"));
}

TEST_P(StoreContract, EveryEntrySaysWhoWhatAndWhenAndItsHashCoversTheOneBefore) {
    auto store = open();
    for (const int id : {1, 2}) {
        auto change = store.change(permit());
        add_movement(change, id);
        change.commit("movement.added", "m" + std::to_string(id), {{"key", "Đồng Hới"}, {"n", id}});
        now += 1000;
    }
    const auto entries = store::entries_since(store.read(), 0);
    ASSERT_EQ(entries.size(), 2U);
    store::Entry second{2, 1'700'000'001'000, "An", "operator", "movement.added", "m2", R"({"key":"Đồng Hới","n":2})",
                        ""};
    second.hash = store::entry_hash(second, entries[0].hash);
    EXPECT_EQ(entries[1], second);
    EXPECT_EQ(store::entries_since(store.read(), 1), std::vector{second});
    EXPECT_EQ(store::entries_about(store.read(), "m2"), std::vector{second});
    EXPECT_EQ(store::entries_before(store.read(), 0, 1), std::vector{second});
}

TEST_P(StoreContract, TextComesBackByteForByte) {
    auto store = open();
    const std::string odd = "tab\t line\n back\\slash 'quote' \"double\" :name ؤکھ đ 🏳";
    auto change = store.change(permit());
    change.commit("text.tried", odd, {{"text", odd}});
    EXPECT_EQ(store::entries_since(store.read(), 0).at(0).subject, odd);
}

TEST_P(StoreContract, NothingAndEmptyAreTwoThings) {
    auto store = open();
    const auto reader = store.read();
    using Text = std::optional<std::string>;
    const auto row =
        store::first_row<Text, Text>(reader, "SELECT CAST(:a AS TEXT), CAST(:b AS TEXT)", Text(), Text(""));
    EXPECT_EQ(row, std::tuple(Text(), Text("")));
}

TEST_P(StoreContract, OnlyOneChangeAtATimeAndTheNextWaitsForItsTurn) {
    auto store = open();
    auto first = std::make_unique<Change>(store.change(permit()));
    std::thread second([&] {
        auto change = store.change(permit());
        change.commit("second", "");
    });
    first->commit("first", "");
    first.reset();
    second.join();
    const auto entries = store::entries_since(store.read(), 0);
    EXPECT_EQ(entries.at(0).what + " " + entries.at(1).what, "first second");
}

TEST_P(StoreContract, AnotherProcessThatHoldsTheDatabaseIsWaitedForAndThenReported) {
    auto store = open();
    auto other = open({.busy_timeout_ms = 50});
    const auto change = store.change(permit());
    EXPECT_EQ(refusal([&] { other.change(permit()); }), "store.busy");
}

TEST_P(StoreContract, HooksRunOnceTheChangeIsOnDiskAndNeverWhenItIsUndone) {
    auto store = open();
    std::string ran;
    {
        auto change = store.change(permit());
        change.after_commit([&] { ran += "undone"; });
    }
    auto change = store.change(permit());
    change.after_commit([&] { ran += "done"; });
    change.commit("tried", "");
    EXPECT_EQ(ran, "done");
}

TEST_P(StoreContract, AHookThatThrowsDoesNotUnsayWhatIsOnDisk) {
    auto store = open();
    store::Writer writer(store);
    writer.run([&] {
        auto change = store.change(permit());
        change.after_commit([] { throw Problem("test.hook"); });
        change.commit("tried", "");
    });
    EXPECT_EQ(store.read().seq(), 1);
}

TEST_P(StoreContract, ADatabaseNewerThanTheProgramIsRefused) {
    {
        auto store = open();
        auto change = store.change(permit());
        store::run(change,
                   "INSERT INTO schema_migration (number, name, checksum, at_utc_ms) VALUES (9999, 'f', 'f', 0)");
        change.commit("tried", "");
    }
    EXPECT_EQ(refusal([&] { open(); }), "store.newer");
}

TEST_P(StoreContract, ASchemaThatWasMadeFromOtherFilesIsRefused) {
    {
        auto store = open();
        auto change = store.change(permit());
        store::run(change, "UPDATE schema_migration SET checksum = 'other' WHERE number = 2");
        change.commit("tried", "");
    }
    EXPECT_EQ(refusal([&] { open(); }), "store.other-schema");
}

// The writer ----------------------------------------------------------------------------------------------------

class WriterContract : public StoreContract {};
ON_BOTH(WriterContract);

TEST_P(WriterContract, ManyClientsWriteAndEveryAnswerIsOnDisk) {
    auto store = open();
    {
        store::Writer writer(store);
        std::vector<std::thread> clients;
        for (int client = 0; client < 8; ++client) {
            clients.emplace_back([&, client] {
                for (int i = 0; i < 25; ++i) {
                    const auto seq = writer.run([&] {
                        auto change = store.change(permit());
                        add_movement(change, client * 100 + i);
                        return change.commit("movement.added", std::to_string(client));
                    });
                    const auto reader = store.read();
                    EXPECT_GE(reader.seq(), seq);
                }
            });
        }
        for (auto& client : clients) client.join();
        EXPECT_EQ(writer.figures().changes, 200);
        EXPECT_LE(writer.figures().groups, 200);
    }
    EXPECT_EQ(movements(store), 200);
    EXPECT_EQ(store.read().seq(), 200);
}

TEST_P(WriterContract, WhatNobodyWaitsForGivesWayToChangesAndNoLonger) {
    using std::chrono::hours, std::chrono::milliseconds;
    auto store = open();
    std::stop_source stop;
    store.give_way(hours(1), stop.get_token());  // nobody writes
    store::Writer writer(store);
    std::atomic<bool> writing{true};
    const auto write = [&] { writer.run([&] { store.change(permit()).commit("tried", ""); }); };
    write();
    std::thread client([&] {
        while (writing) write();
    });
    store.give_way(milliseconds(100), stop.get_token());  // somebody writes all the time: it goes on after a while
    std::thread ending([&] { stop.request_stop(); });
    store.give_way(hours(1), stop.get_token());  // the program ends
    ending.join();
    writing = false;
    client.join();
    store.give_way(hours(1), std::stop_token());  // the last one was done a moment ago
    EXPECT_GE(writer.figures().changes, 1) << "and each of the three came to its end";
}

TEST_P(WriterContract, ARefusalUndoesItsOwnWorkAndNoOther) {
    auto store = open();
    store::Writer writer(store);
    const auto work = [&](int id, bool refuse_before, bool refuse_after) {
        return [&store, id, refuse_before, refuse_after] {
            auto change = store.change(permit());
            add_movement(change, id);
            if (refuse_before) throw Problem("test.refused");
            change.commit("movement.added", std::to_string(id));
            if (refuse_after) throw Problem("test.refused");
        };
    };
    std::mutex mutex;
    std::string outcome;
    std::promise<void> last;
    const auto tell = [&](const char* name, bool is_last = false) {
        return [&, name, is_last](std::exception_ptr wrong) {
            const std::lock_guard lock(mutex);
            outcome += std::string(name) + (wrong ? " refused " : " done ");
            if (is_last) last.set_value();
        };
    };
    writer.submit(work(1, false, false), tell("a"));
    writer.submit(work(2, true, false), tell("b"));
    writer.submit(work(3, false, true), tell("c"));
    writer.submit(work(1, false, false), tell("d"));  // the number is taken
    writer.submit(work(4, false, false), tell("e", true));
    last.get_future().get();
    EXPECT_EQ(outcome, "a done b refused c refused d refused e done ");
    EXPECT_EQ(movements(store), 2);
    EXPECT_EQ(store.read().seq(), 2);
}

TEST_P(WriterContract, WorkSeesWhatTheGroupHasChangedSoFar) {
    auto store = open();
    store::Writer writer(store);
    const auto seen = writer.run([&] {
        auto change = store.change(permit());
        add_movement(change, 1);
        change.commit("movement.added", "1");
        return movements(store);
    });
    EXPECT_EQ(seen, 1);
}

TEST_P(WriterContract, LongWorkAloneDoesNotEndWithTheOthers) {
    auto store = open();
    store::Writer writer(store);
    std::promise<bool> refused;
    writer.submit_alone(
        [&] {
            auto change = store.change(permit());
            add_movement(change, 1);
            throw Problem("test.refused");
        },
        [&](std::exception_ptr wrong) { refused.set_value(wrong != nullptr); });
    writer.run([&] {
        auto change = store.change(permit());
        add_movement(change, 2);
        change.commit("movement.added", "2");
    });
    EXPECT_TRUE(refused.get_future().get());
    EXPECT_EQ(movements(store), 1);
}

TEST_P(WriterContract, TwoProcessesKeepOneJournalInOrder) {
    auto one_process = open(), other_process = open();
    store::Writer writer(one_process), other(other_process);
    const auto write = [&](Store& store, store::Writer& through) {
        for (int i = 0; i < 30; ++i) {
            through.run([&] {
                auto change = store.change(permit());
                change.commit("tried", "");
            });
        }
    };
    std::thread beside([&] { write(other_process, other); });
    write(one_process, writer);
    beside.join();
    std::string previous;
    std::int64_t seq = 0;
    for (const auto& entry : store::entries_since(one_process.read(), 0)) {
        EXPECT_EQ(entry.seq, ++seq);
        EXPECT_EQ(entry.hash, store::entry_hash(entry, previous));
        previous = entry.hash;
    }
    EXPECT_EQ(seq, 60);
}

}  // namespace
}  // namespace guidon::contract

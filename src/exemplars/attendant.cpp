#include "exemplars/attendant.h"

#include <chrono>
#include <iostream>

#include "exemplars/attendant_store.h"
#include "people/gate.h"

namespace guidon::exemplars {

using people::Gate;

namespace {

using Clock = std::chrono::steady_clock;
constexpr int texts_at_once = 50;                   // some ten milliseconds, in which nobody else writes
constexpr auto patience = std::chrono::seconds(1);  // while changes come one after the other
constexpr auto when_idle = std::chrono::seconds(2);
constexpr auto between_sweeps = std::chrono::hours(1);

int index_round(store::Store& store) {
    auto change = store.change(Gate::program("similar texts"));
    const int done = index_some(change, texts_at_once);
    if (done > 0) change.keep();
    return done;
}

/// Whether something changed since the index was brought up to date; without the right to write.
bool waits(store::Store& store) {
    return index_waits(store.read());
}

}  // namespace

int sweep_drafts(store::Store& store, const CycleFiles& cycles) {
    const Day today = Day::of_utc_ms(store.now_utc_ms());
    if (drafts_behind_deadline(store.read(), cycles, today).empty()) return 0;
    auto change = store.change(Gate::program("deadline"));
    boost::json::array ids;
    for (const Exemplar& draft : drafts_behind_deadline(change, cycles, today)) {
        mark_swept(change, draft.id, today);
        ids.emplace_back(draft.public_id);
    }
    const int swept = static_cast<int>(ids.size());
    if (swept > 0) change.commit("exemplar.swept", "", {{"day", today.text()}, {"exemplars", std::move(ids)}});
    return swept;
}

Attendant::Attendant(store::Store& store)
    : store_(store), thread_([this](const std::stop_token& stop) { go_round(stop); }) {}

void Attendant::go_round(const std::stop_token& stop) {
    auto next_sweep = Clock::now();
    while (!stop.stop_requested()) {
        bool more = false;
        store_.give_way(patience, stop);
        try {
            if (Clock::now() >= next_sweep) {
                sweep_drafts(store_, cycles_);
                next_sweep = Clock::now() + between_sweeps;
            }
            more = waits(store_) && index_round(store_) > 0;
        } catch (const std::exception& wrong) {  // busy, full: the next round tries again
            std::cerr << std::string("guidon: exemplars: ") + wrong.what() + "\n";
        }
        if (more) continue;
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, stop, when_idle, [] { return false; });
    }
}

}  // namespace guidon::exemplars

// Who looks after exemplars while nobody asks for them? A thread of `guidon serve`: it brings new texts into the index
// of similar ones a moment after they are stored, so that registering does not wait for it, and marks the drafts that a
// deadline found unfinished.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "exemplars/cycle_files.h"
#include "store/store.h"

namespace guidon::exemplars {

/// One round of it, for tests too: gives how many drafts were marked. Each keeps its text; who may write it is told at
/// their work, and the unit above may still take it in.
int sweep_drafts(store::Store& store, const CycleFiles& cycles);

class Attendant {
public:
    /// `store` outlives it.
    explicit Attendant(store::Store& store);

private:
    void go_round(const std::stop_token& stop);

    store::Store& store_;
    CycleFiles cycles_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::jthread thread_;
};

}  // namespace guidon::exemplars

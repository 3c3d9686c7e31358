// How does a page look at a cycle for somebody? With what they may see of it, and without telling in an error what they
// may not.
#pragma once

#include <exception>
#include <string>

#include "evaluation/insight.h"
#include "evaluation/live_cycles.h"
#include "people/viewer.h"
#include "web/resource.h"

namespace guidon::evaluation {

/// Whether nothing of the cycle is hidden from `viewer`, told from its file alone.
bool sees_everything(const store::Reader& reader, const people::Viewer* viewer, const std::string& key,
                     const std::string& period);

/// Of a cycle that cannot be scored: `faults` as they are for who may see all of its figures, else Problem
/// "standings.unsound" (409), which names none.
[[noreturn]] void refuse_unsound(store::Store& store, const people::Viewer* viewer, const std::string& key,
                                 const std::string& period, const Faults& faults);

/// Runs `look(board, insight)` for `viewer` (null: the public). A cycle that is open to everybody costs no more than
/// without asking. Throws Problem "movement.unknown-cycle" (404), and what refuse_unsound throws.
template <class Look>
auto look_as(LiveCycles& live, store::Store& store, const people::Viewer* viewer, const std::string& key,
             const std::string& period, Look look) {
    try {
        const bool open = live.with(key, period, [](const Board& board) { return board.open(); });
        if (open || !viewer)
            return live.with(key, period, [&](const Board& board) { return look(board, Insight(board)); });
        const auto reader = store.read();
        const people::Sight sight(reader, viewer, key, period);
        return live.with(key, period, [&](const Board& board) { return look(board, Insight(board, sight)); });
    } catch (const Faults& faults) {
        refuse_unsound(store, viewer, key, period, faults);
    }
}

/// Whether the caller of `request` may watch `topic`, the KEY/PERIOD of a cycle: only one of which nothing is hidden
/// from them tells of its changes. Other topics are not ours: true.
bool may_watch(LiveCycles& live, store::Store& store, const web::Request& request, const std::string& topic);

}  // namespace guidon::evaluation

// How do pages see results at once? The cycles that somebody looks at are kept in memory, scored; they follow the
// journal, so that one changed value moves ranks and roll-ups within the time of a request, whoever changed it.
#pragma once

#include <boost/json.hpp>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "evaluation/board.h"
#include "store/store.h"

namespace guidon::evaluation {

/// A value that somebody wants to change.
struct ValueWish {
    int unit = -1;       // engine index
    int indicator = -1;  // index in the rulebook
    scoring::Cell value, target;
};

/// What a committed journal entry "value.changed" says.
struct ChangedValue {
    std::int64_t seq = 0;
    std::string unit, indicator, period;  // unit: its public id
    scoring::Cell value, target;
};

/// What somebody wants to know of a change before it is stored. Nobody else sees the board meanwhile.
struct Trial {
    std::function<std::optional<ValueWish>(const Board&)> wish;            // nothing: then nothing is tried
    std::function<void(const Board&, const scoring::Moved&)> carried_out;  // sees the board with the wish
    std::function<void(const Board&)> taken_back;                          // sees it without, as it stays
};

class LiveCycles {
    struct Kept {
        std::string key, period;
        std::shared_mutex mutex;
        std::shared_ptr<Board> board;  // null until loaded; changed under the mutex, and only while it stands here
    };

public:
    /// Tells open pages: topic and JSON text, as web::LiveHub::tell.
    using Tell = std::function<void(const std::string& topic, const std::string& data)>;
    LiveCycles(store::Store& store, Tell tell, int threads);
    ~LiveCycles();

    /// Runs `look` on the cycle's board, which nobody changes meanwhile. Loads it first if nobody has looked at it yet.
    /// Throws Problem "movement.unknown-cycle" (404).
    template <class Look>
    auto with(const std::string& key, const std::string& period, Look look) {
        const std::shared_ptr<Kept> kept = keep(key, period);
        const std::shared_lock reading(kept->mutex);
        return look(static_cast<const Board&>(*kept->board));
    }

    /// A board to look at again later: units and indicators keep their indices in it even when the cycle has been
    /// loaded anew meanwhile.
    class Held {
    public:
        template <class Look>
        auto look(Look look) const {
            const std::shared_lock reading(kept_->mutex);
            return look(*board_);
        }

    private:
        friend class LiveCycles;
        Held(std::shared_ptr<Kept> kept, std::shared_ptr<const Board> board)
            : kept_(std::move(kept)), board_(std::move(board)) {}
        std::shared_ptr<Kept> kept_;
        std::shared_ptr<const Board> board_;
    };

    /// What a change would move: it is carried out and taken back before anybody can see it. Throws Faults if the
    /// engine refuses the value. Gives the board on which it was tried.
    Held try_value(const std::string& key, const std::string& period, const Trial& trial);

    /// Brings everything in memory up to the newest journal entry.
    void follow();
    /// The same after a commit of this process, which knows what its entry says; call in the order of the entries.
    void follow(const ChangedValue& change);
    /// Follows what other processes commit, in the background, and loads the running cycles.
    void start_following();

    /// For the health page: how many cycles are in memory and how many units they hold.
    std::pair<std::size_t, std::size_t> figures();

private:
    using Name = std::pair<std::string, std::string>;  // key and period
    std::shared_ptr<Kept> keep(const std::string& key, const std::string& period);
    void read_on();
    /// Carries a change out on all boards that read it; false: a kept cycle combines the value with others, and
    /// must be loaded anew.
    bool apply(const ChangedValue& change);
    void apply(const ChangedValue& change, const std::shared_ptr<Kept>& kept);
    void reload(const std::shared_ptr<Kept>& kept);
    void reload_all();
    void tell(const Board& board, const std::vector<int>& units);

    store::Store& store_;
    Tell tell_;
    int threads_;
    std::mutex mutex_;      // of kept_
    std::mutex following_;  // of seq_
    std::map<Name, std::shared_ptr<Kept>> kept_;
    std::int64_t seq_ = 0;  // newest journal entry that is in memory
    std::condition_variable_any wake_;
    std::jthread follower_;
};

/// Loads a stored cycle with its units, groups and values, and scores it. Throws Problem "movement.unknown-cycle".
std::unique_ptr<Board> load_board(const store::Reader& reader, const std::string& key, const std::string& period,
                                  int threads);

}  // namespace guidon::evaluation

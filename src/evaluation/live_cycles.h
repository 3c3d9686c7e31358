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

class LiveCycles {
public:
    /// Tells open pages: topic and JSON text, as web::Live::tell.
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

    /// What the change would move: the wish is carried out and taken back before anybody can see it. Throws Faults if
    /// the engine refuses the value. `look` sees the board with the wish carried out.
    scoring::Moved try_value(const std::string& key, const std::string& period, const ValueWish& wish,
                             const std::function<void(const Board&)>& look);

    /// Brings everything in memory up to the newest journal entry; call after a commit.
    void follow();
    /// Follows what other processes commit, in the background, and loads the running cycles.
    void start_following();

    /// For the health page: how many cycles are in memory and how many units they hold.
    std::pair<std::size_t, std::size_t> figures();

private:
    using Name = std::pair<std::string, std::string>;  // key and period
    struct Kept {
        std::shared_mutex mutex;
        std::unique_ptr<Board> board;  // null until loaded
    };
    std::shared_ptr<Kept> keep(const std::string& key, const std::string& period);
    /// Whether a kept cycle combines the changed value with others: then it is loaded anew.
    bool is_entry(const boost::json::object& document);
    void apply_value(const std::string& unit_id, const boost::json::object& document);
    void reload(const Name& name, const std::shared_ptr<Kept>& kept);
    void reload_all();
    void tell(const Board& board, const std::vector<int>& units);

    store::Store& store_;
    Tell tell_;
    int threads_;
    std::mutex mutex_;  // of kept_ and seq_
    std::mutex following_;
    std::map<Name, std::shared_ptr<Kept>> kept_;
    std::int64_t seq_ = 0;  // newest journal entry that is in memory
    std::condition_variable_any wake_;
    std::jthread follower_;
};

/// Loads a stored cycle with its units, groups and values, and scores it. Throws Problem "movement.unknown-cycle".
std::unique_ptr<Board> load_board(const store::Reader& reader, const std::string& key, const std::string& period,
                                  int threads);

}  // namespace guidon::evaluation

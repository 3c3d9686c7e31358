// Which exemplars have these words, the best first? Best is: the words beside each other in the title, then all of them
// in the title, then beside each other anywhere, then anywhere; of equals the newest first. Only so many are looked for
// that a common word costs no more than a rare one.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "gallery/search_store.h"

namespace guidon::gallery {

struct Found {
    std::vector<ExemplarId> ids;  // the best first
    std::vector<Term> terms;      // what was looked for
    bool more = false;            // there are more than `ids`
    bool beginnings = false;      // nothing has the last word: in these a word begins so
};

/// At most `most`. Nothing to look for finds nothing.
Found find(const store::Reader& reader, std::string_view typed, int most);

/// Reads what is new for the search, in the background and in small pieces, so that who registers waits for nothing.
class SearchFollower {
public:
    explicit SearchFollower(store::Store& store) : store_(store) {}

    void start();
    /// Reads on until everything is read; gives how many exemplars that were.
    int catch_up(const std::stop_token& stop = {});
    /// Moves whenever the search may find something else.
    std::int64_t version() const { return version_; }

private:
    int read_some();

    store::Store& store_;
    std::atomic<std::int64_t> version_ = 0;
    std::mutex reading_;
    Position read_;
    std::condition_variable_any wake_;
    std::jthread thread_;
};

}  // namespace guidon::gallery

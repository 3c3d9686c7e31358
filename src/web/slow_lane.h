// Where does work go that takes long by design – a password, another server – so that nobody else waits for it? On a
// few threads of its own, with a queue that ends.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace guidon::web {

class SlowLane {
public:
    explicit SlowLane(unsigned threads = 1, std::size_t most_waiting = 64);
    /// Finishes what is queued.
    ~SlowLane();
    SlowLane(const SlowLane&) = delete;

    /// Problem web.busy (503) when too much waits already. `work` must not throw.
    void submit(std::function<void()> work);

private:
    void loop();

    const std::size_t most_waiting_;
    std::mutex mutex_;
    std::condition_variable filled_;
    std::deque<std::function<void()>> queue_;
    bool ending_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace guidon::web

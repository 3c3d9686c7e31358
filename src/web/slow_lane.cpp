#include "web/slow_lane.h"

#include "base/problem.h"

namespace guidon::web {

SlowLane::SlowLane(unsigned threads, std::size_t most_waiting) : most_waiting_(most_waiting) {
    for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { loop(); });
}

SlowLane::~SlowLane() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    filled_.notify_all();
    for (auto& thread : threads_) thread.join();
}

void SlowLane::submit(std::function<void()> work) {
    {
        const std::lock_guard lock(mutex_);
        if (queue_.size() >= most_waiting_) throw Problem("web.busy", {}, "", 503);
        queue_.push_back(std::move(work));
    }
    filled_.notify_one();
}

void SlowLane::loop() {
    while (true) {
        std::function<void()> work;
        {
            std::unique_lock lock(mutex_);
            filled_.wait(lock, [this] { return ending_ || !queue_.empty(); });
            if (queue_.empty()) return;
            work = std::move(queue_.front());
            queue_.pop_front();
        }
        work();
    }
}

}  // namespace guidon::web

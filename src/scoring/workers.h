// How do several threads share one piece of work? Numbered tasks, each done once, by threads that stay alive.
#pragma once

#include <atomic>
#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace guidon::scoring {

class Workers {
public:
    using Work = std::function<void(int task, int thread)>;

    Workers() = default;
    ~Workers();
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    /// Calls work(task, thread) once for each task 0 … tasks − 1, on up to `threads` threads; the caller is thread 0.
    /// Returns when all are done; throws what the lowest failing task threw. What a task writes must be its own.
    void share(int threads, int tasks, const Work& work);

private:
    void run(int thread);
    void take_tasks(int thread);
    void add_threads(int threads);

    std::vector<std::thread> threads_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::atomic<int> round_ = 0;  // changes when there is work
    std::atomic<int> next_ = 0, busy_ = 0;
    std::atomic<bool> stop_ = false;
    const Work* work_ = nullptr;
    int tasks_ = 0, wanted_ = 0;
    std::exception_ptr failure_;
    int failed_task_ = 0;
};

}  // namespace guidon::scoring

#include "scoring/workers.h"

namespace guidon::scoring {
namespace {

/// How often a thread looks for work before it sleeps: some tens of microseconds, the pause between two phases.
constexpr int looks_before_sleep = 2000;

void breathe() {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#else
    std::this_thread::yield();
#endif
}

}  // namespace

Workers::~Workers() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
        ++round_;
    }
    wake_.notify_all();
    for (auto& thread : threads_) thread.join();
}

void Workers::take_tasks(int thread) {
    for (int task = next_++; task < tasks_; task = next_++) {
        try {
            (*work_)(task, thread);
        } catch (...) {
            const std::lock_guard lock(mutex_);
            if (!failure_ || task < failed_task_) {
                failure_ = std::current_exception();
                failed_task_ = task;
            }
        }
    }
}

void Workers::run(int thread) {
    // A thread starts together with a round of work: it must not miss that one.
    for (int seen = round_ - 1;;) {
        for (int looks = 0; round_ == seen && looks < looks_before_sleep; ++looks) breathe();
        if (round_ == seen) {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [&] { return round_ != seen; });
        }
        seen = round_;
        if (stop_) return;
        if (thread < wanted_) take_tasks(thread);
        --busy_;
    }
}

void Workers::add_threads(int threads) {
    while (static_cast<int>(threads_.size()) + 1 < threads) {
        const int number = static_cast<int>(threads_.size()) + 1;
        threads_.emplace_back([this, number] { run(number); });
    }
}

void Workers::share(int threads, int tasks, const Work& work) {
    if (threads <= 1 || tasks <= 1) {
        for (int task = 0; task < tasks; ++task) work(task, 0);
        return;
    }
    {
        const std::lock_guard lock(mutex_);
        work_ = &work;
        tasks_ = tasks;
        wanted_ = threads;
        next_ = 0;
        failure_ = nullptr;
        busy_ = std::max(static_cast<int>(threads_.size()), threads - 1);
        ++round_;
    }
    wake_.notify_all();
    add_threads(threads);
    take_tasks(0);
    for (int looks = 0; busy_ > 0; ++looks) looks < looks_before_sleep ? breathe() : std::this_thread::yield();
    if (failure_) std::rethrow_exception(failure_);
}

}  // namespace guidon::scoring

// How is one piece of work done by several threads?
#pragma once

#include <exception>
#include <thread>
#include <vector>

namespace guidon {

/// Calls `work(i)` for every i below `count`, each on a thread of its own. An exception of any is thrown again.
template <class Work>
void on_threads(int count, Work&& work) {
    std::vector<std::exception_ptr> failed(static_cast<std::size_t>(count));
    const auto guarded = [&](int i) {
        try {
            work(i);
        } catch (...) {
            failed[static_cast<std::size_t>(i)] = std::current_exception();
        }
    };
    std::vector<std::thread> threads;
    for (int i = 1; i < count; ++i) threads.emplace_back(guarded, i);
    if (count > 0) guarded(0);
    for (auto& thread : threads) thread.join();
    for (const auto& failure : failed)
        if (failure) std::rethrow_exception(failure);
}

}  // namespace guidon

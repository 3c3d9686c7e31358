// How is a large values file shared out among threads? Into chunks that end behind a line feed.
#pragma once

#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "values/value_scan.h"

namespace guidon::values {

/// A file that the fast scan can try: columns known, header without faults, rows cut into chunks.
struct Chunks {
    Layout layout;
    std::vector<Fault> warnings;
    std::vector<std::string_view> parts;
};
/// Nothing if the header needs the plain reader.
std::optional<Chunks> cut(std::string_view csv, const std::string& file, int threads);

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

}  // namespace guidon::values

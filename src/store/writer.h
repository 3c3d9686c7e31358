// How do many clients write durably without a disk sync each? One thread takes what is queued, runs many changes
// in one transaction – each under a savepoint, so that one refusal undoes nothing else – commits once, and only
// then tells everybody. While it waits for the disk, the next group gathers.
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <type_traits>

#include "store/store.h"

namespace guidon::store {

class Writer {
public:
    using Work = std::function<void()>;
    using Done = std::function<void(std::exception_ptr)>;

    explicit Writer(Store& store);
    /// Finishes what is queued.
    ~Writer();
    Writer(const Writer&) = delete;

    /// Queues `work`, which calls store.read() and store.change() on the writer's thread as it would anywhere.
    /// `done` is called there once: with nothing when all is on disk, else with what was thrown (and nothing of
    /// this piece of work is stored). `done` must not throw. Any thread may submit.
    void submit(Work work, Done done);
    /// As submit, in a transaction of its own: for long work (an import), which must not keep others waiting for
    /// their commit nor be undone with them.
    void submit_alone(Work work, Done done);

    /// submit() and wait: gives what `work` gives, throws what it throws. Not from the writer's own thread.
    template <class F>
    auto run(F work) {
        using Result = std::invoke_result_t<F>;
        std::promise<void> promise;
        auto on_disk = promise.get_future();
        const Done done = [&promise](const std::exception_ptr& wrong) {
            wrong ? promise.set_exception(wrong) : promise.set_value();
        };
        if constexpr (std::is_void_v<Result>) {
            submit([&work] { work(); }, done);
            on_disk.get();
        } else {
            std::optional<Result> result;
            submit([&work, &result] { result.emplace(work()); }, done);
            on_disk.get();
            return std::move(*result);
        }
    }

    struct Figures {
        std::int64_t groups = 0;   // transactions committed
        std::int64_t changes = 0;  // pieces of work in them
        std::int64_t queued = 0;   // waiting now
    };
    Figures figures() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace guidon::store

#include "store/writer.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "store/state.h"

namespace guidon::store {
namespace {

// A group ends when the queue is empty or at this size: beyond it a sync shared by more saves nothing, and the first
// in the group would wait for the last.
constexpr std::size_t most_in_group = 512;

struct Piece {
    Writer::Work work;
    Writer::Done done;
    bool alone;
    std::exception_ptr wrong;
};

}  // namespace

struct Writer::State {
    Store::State& store;
    mutable std::mutex mutex;
    std::condition_variable filled;
    std::deque<Piece> queue;
    bool ending = false;
    std::atomic<std::int64_t> groups{0}, changes{0};
    std::thread thread;

    explicit State(Store::State& store_) : store(store_) {}

    std::vector<Piece> next_group();
    void run_group(std::vector<Piece>& group);
    static void run_piece(Transaction& transaction, Piece& piece);
    void loop();
};

std::vector<Piece> Writer::State::next_group() {
    std::unique_lock lock(mutex);
    filled.wait(lock, [this] { return ending || !queue.empty(); });
    std::vector<Piece> group;
    while (!queue.empty() && group.size() < most_in_group) {
        if (queue.front().alone && !group.empty()) break;
        group.push_back(std::move(queue.front()));
        queue.pop_front();
        if (group.back().alone) break;
    }
    return group;
}

/// What a piece throws undoes that piece alone – unless the database has given up the whole transaction.
void Writer::State::run_piece(Transaction& transaction, Piece& piece) {
    const auto mark = transaction.mark();
    try {
        piece.work();
        if (transaction.alive()) transaction.release_mark();
    } catch (...) {
        piece.wrong = as_problem(std::current_exception());
        if (transaction.alive()) transaction.return_to(mark);
    }
    if (!transaction.alive())
        std::rethrow_exception(piece.wrong ? piece.wrong
                                           : as_problem(std::make_exception_ptr(
                                                 DatabaseError("the transaction was given up", 0, "08006"))));
}

void Writer::State::run_group(std::vector<Piece>& group) {
    std::exception_ptr lost;
    store.last_group = std::chrono::steady_clock::now();
    try {
        const auto transaction = store.begin();
        current_group = {&store, transaction.get()};
        for (auto& piece : group) run_piece(*transaction, piece);
        current_group = {};
        transaction->commit();
        ++groups;
        changes += static_cast<std::int64_t>(group.size());
    } catch (...) {
        lost = as_problem(std::current_exception());
    }
    current_group = {};
    store.last_group = std::chrono::steady_clock::now();
    for (auto& piece : group) piece.done(piece.wrong ? piece.wrong : lost);
}

void Writer::State::loop() {
    for (auto group = next_group(); !group.empty(); group = next_group()) run_group(group);
}

Writer::Writer(Store& store) : state_(std::make_unique<State>(*store.state_)) {
    state_->thread = std::thread([this] { state_->loop(); });
}

Writer::~Writer() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->ending = true;
    }
    state_->filled.notify_one();
    state_->thread.join();
}

void Writer::submit(Work work, Done done) {
    {
        const std::lock_guard lock(state_->mutex);
        state_->queue.push_back({std::move(work), std::move(done), false, nullptr});
    }
    state_->filled.notify_one();
}

void Writer::submit_alone(Work work, Done done) {
    {
        const std::lock_guard lock(state_->mutex);
        state_->queue.push_back({std::move(work), std::move(done), true, nullptr});
    }
    state_->filled.notify_one();
}

Writer::Figures Writer::figures() const {
    const std::lock_guard lock(state_->mutex);
    return {state_->groups, state_->changes, static_cast<std::int64_t>(state_->queue.size())};
}

}  // namespace guidon::store

#include "store/store.h"

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "base/assert.h"
#include "base/problem.h"
#include "store/migrations.h"
#include "store/sql.h"
#include "store/state.h"

namespace guidon::store {

thread_local Group current_group;

namespace {

Problem busy() {
    return Problem("store.busy", {{"reason", "timeout"}}, "", 503);
}

/// What SQLite says of a file is not enough to act on: a missing folder, a missing file and a missing right look alike.
void check_file(const Address& address, bool create) {
    namespace fs = std::filesystem;
    const fs::path file(address.target);
    std::error_code unknown;
    const auto refuse = [&](const char* code) {
        throw Problem(code, {{"database", address.shown}, {"file", address.target}}, "db", 503);
    };
    if (fs::is_directory(file, unknown)) refuse("store.is-folder");
    const bool is_there = fs::exists(file, unknown);
    if (unknown == std::errc::permission_denied) refuse("store.no-permission");
    if (is_there) {
        if (access(file.c_str(), R_OK | W_OK) != 0) refuse("store.no-permission");
        return;
    }
    if (!create) refuse("store.missing");
    const auto folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    if (!fs::is_directory(folder, unknown)) refuse("store.no-folder");
    if (access(folder.c_str(), W_OK | X_OK) != 0) refuse("store.no-permission");
    // For its owner alone, and with it the files that SQLite puts beside it: names and hashes of passwords are in
    // there.
    const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (made >= 0) ::close(made);
}

}  // namespace

// Connections ---------------------------------------------------------------------------------------------------

std::unique_ptr<Connection> Pool::take() {
    {
        std::unique_lock lock(mutex_);
        const auto free = [this] { return !idle_.empty() || out_ < options_.readers; };
        if (!returned_.wait_for(lock, std::chrono::milliseconds(options_.busy_timeout_ms), free)) throw busy();
        ++out_;
        if (!idle_.empty()) {
            auto connection = std::move(idle_.back());
            idle_.pop_back();
            return connection;
        }
    }
    try {
        return std::make_unique<Connection>(address_, Purpose::read, options_.busy_timeout_ms);
    } catch (...) {
        give_back(nullptr);
        throw;
    }
}

void Pool::give_back(std::unique_ptr<Connection> connection) {
    {
        const std::lock_guard lock(mutex_);
        --out_;
        if (connection) idle_.push_back(std::move(connection));
    }
    returned_.notify_one();
}

std::unique_ptr<Transaction> Store::State::begin() {
    std::unique_lock lock(turn, std::chrono::milliseconds(options.busy_timeout_ms));
    if (!lock.owns_lock()) throw busy();
    if (writer && writer->lost()) writer.reset();
    if (!writer) writer = std::make_unique<Connection>(address, Purpose::write, options.busy_timeout_ms);
    return std::make_unique<Transaction>(*writer, std::move(lock), &sealer);
}

Reader Store::State::snapshot() {
    for (int lost = 0;; ++lost) {
        auto connection = readers.take();
        try {
            connection->execute_often("BEGIN");
            Reader reader(connection.release(), &readers);
            reader.seq();  // the snapshot is taken by the first query
            return reader;
        } catch (...) {
            if (!connection) throw;  // the reader has given it back
            const bool again = connection->lost() && lost < options.readers;
            connection.reset();
            readers.give_back(nullptr);
            if (!again) throw;  // else: the server went away since, and may be back
        }
    }
}

std::int64_t Store::State::now_utc_ms() const {
    if (options.now_utc_ms) return options.now_utc_ms();
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

// Reader --------------------------------------------------------------------------------------------------------

Reader::Reader(Reader&& other) noexcept : connection_(other.connection_), home_(other.home_) {
    other.connection_ = nullptr;
    other.home_ = nullptr;
}

Reader::~Reader() {
    if (!home_ || !connection_) return;
    std::unique_ptr<Connection> connection(connection_);
    try {
        connection->execute_often("COMMIT");
    } catch (...) {
        connection.reset();  // lost: the pool opens another
    }
    home_->give_back(std::move(connection));
}

Backend Reader::backend() const {
    return connection_->backend();
}

std::int64_t Reader::seq() const {
    return one<std::int64_t>(*this, "SELECT coalesce(max(seq), 0) FROM journal");
}

// Change --------------------------------------------------------------------------------------------------------

struct Change::Turn {
    std::unique_ptr<Transaction> own;  // null inside a Writer's group
    Transaction* transaction;
    Transaction::Mark mark{};
    bool committed = false;
};

Change::Change(std::unique_ptr<Turn> turn, Permit permit)
    : Reader(&turn->transaction->connection(), nullptr), turn_(std::move(turn)), permit_(std::move(permit)) {
    auto& transaction = *turn_->transaction;
    GUIDON_ASSERT(!transaction.change_open);
    next_seq_ = transaction.last_seq() + 1;
    turn_->mark = turn_->own ? Transaction::Mark{} : transaction.mark();
    transaction.change_open = true;
}

Change::Change(Change&&) noexcept = default;

Change::~Change() {
    if (!turn_ || turn_->committed) return;
    turn_->transaction->change_open = false;
    if (turn_->own) return;  // undone with its transaction
    try {
        if (turn_->transaction->alive()) turn_->transaction->return_to(turn_->mark);
    } catch (...) {
        turn_->transaction->roll_back();  // the Writer finds it dead and tells everybody
    }
}

std::int64_t Change::commit(std::string_view what, std::string_view subject, const boost::json::object& document) {
    GUIDON_ASSERT(turn_ && !turn_->committed);
    try {
        const auto seq =
            turn_->transaction->append(permit_, at_utc_ms_, what, subject, boost::json::serialize(document));
        GUIDON_ASSERT(seq == next_seq_);
        end();
        return seq;
    } catch (const BrokenPromise&) {
        throw;
    } catch (...) {
        std::rethrow_exception(as_problem(std::current_exception()));
    }
}

void Change::keep() {
    GUIDON_ASSERT(turn_ && !turn_->committed);
    try {
        end();
    } catch (...) {
        std::rethrow_exception(as_problem(std::current_exception()));
    }
}

void Change::end() {
    auto& transaction = *turn_->transaction;
    if (!turn_->own) transaction.release_mark();
    turn_->committed = true;
    transaction.change_open = false;
    if (!turn_->own) return;
    connection_ = nullptr;  // the turn passes on
    transaction.commit();
}

void Change::after_commit(std::function<void()> then) {
    turn_->transaction->after_commit.push_back(std::move(then));
}

// Store ---------------------------------------------------------------------------------------------------------

Store::Store(std::unique_ptr<State> state) : state_(std::move(state)) {}
Store::~Store() = default;
Store::Store(Store&&) noexcept = default;

Store Store::open(const std::string& url, Options options) {
    auto state = std::make_unique<State>(Address::parse(url), std::move(options));
    const auto& address = state->address;
    if (address.backend == Backend::sqlite) check_file(address, state->options.create);
    try {
        state->writer = std::make_unique<Connection>(address, Purpose::write, state->options.busy_timeout_ms);
        migrate(*state->writer, migrations_for(address.backend), address.shown, state->now_utc_ms());
        state->sealer.begin_journal(*state->writer);
    } catch (const Problem&) {
        throw;
    } catch (const std::exception& wrong) {
        const std::string reason = wrong.what();
        try {
            std::rethrow_exception(as_problem(std::current_exception()));
        } catch (Problem& problem) {
            problem.arguments["database"] = address.shown;
            throw;
        } catch (...) {
            throw Problem("store.cannot-open", {{"database", address.shown}, {"reason", reason}}, "db", 503);
        }
    }
    return Store(std::move(state));
}

Backend Store::backend() const {
    return state_->address.backend;
}
std::optional<PublicKey> Store::trusted_key() const {
    try {
        const auto key = read_key_file(journal_key_file(state_->address, state_->options.key_file));
        return key ? std::optional(key->public_key()) : std::nullopt;
    } catch (const Problem&) {
        return {};
    }
}
std::optional<std::string> Store::secret(std::string_view purpose) const {
    try {
        const auto key = read_key_file(journal_key_file(state_->address, state_->options.key_file));
        return key ? std::optional(key->derived(purpose)) : std::nullopt;
    } catch (const Problem&) {
        return {};
    }
}
std::int64_t Store::now_utc_ms() const {
    return state_->now_utc_ms();
}

Reader Store::read() {
    if (current_group.state == state_.get()) return Borrowed(current_group.transaction->connection());
    try {
        return state_->snapshot();
    } catch (...) {
        std::rethrow_exception(as_problem(std::current_exception()));
    }
}

void Store::give_way(std::chrono::milliseconds most, const std::stop_token& stop) const {
    using Clock = std::chrono::steady_clock;
    constexpr auto moment = std::chrono::milliseconds(50), step = std::chrono::milliseconds(10);
    const auto end = Clock::now() + most;
    while (!stop.stop_requested() && Clock::now() < end && Clock::now() - state_->last_group.load() < moment)
        std::this_thread::sleep_for(step);
}

Change Store::change(const Permit& permit) {
    try {
        auto turn = std::make_unique<Change::Turn>();
        if (current_group.state == state_.get()) {
            turn->transaction = current_group.transaction;
        } else {
            turn->own = state_->begin();
            turn->transaction = turn->own.get();
        }
        Change change(std::move(turn), permit);
        // A clock that was set back must not put this before what is known to have been earlier.
        change.at_utc_ms_ = std::max(state_->now_utc_ms(), change.turn_->transaction->last_utc_ms());
        return change;
    } catch (const BrokenPromise&) {
        throw;
    } catch (...) {
        std::rethrow_exception(as_problem(std::current_exception()));
    }
}

}  // namespace guidon::store

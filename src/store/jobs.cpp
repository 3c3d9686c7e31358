#include "store/jobs.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

#include "base/assert.h"
#include "base/problem.h"
#include "store/hash.h"
#include "store/sql.h"
#include "store/state.h"

namespace guidon::store {
namespace {

using namespace std::chrono_literals;

constexpr JobState states[] = {JobState::queued, JobState::running,   JobState::done,
                               JobState::failed, JobState::cancelled, JobState::interrupted};

bool ended(JobState state) {
    return state != JobState::queued && state != JobState::running;
}

JobState job_state_of(std::string_view text) {
    const auto* found = std::find_if(std::begin(states), std::end(states), [&](JobState s) { return code(s) == text; });
    GUIDON_ASSERT(found != std::end(states));
    return *found;
}

/// When a process started, in ticks since the machine did: with its number it names the process. "" = no such process.
std::string start_of_process(std::string_view pid) {
    std::ifstream file("/proc/" + std::string(pid) + "/stat");
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    auto at = text.rfind(')');  // the name may hold anything
    if (at == std::string::npos) return "";
    for (int field = 2; field < 21 && at != std::string::npos; ++field) at = text.find(' ', at + 1);
    if (at == std::string::npos) return "";
    return text.substr(at + 1, text.find(' ', at + 1) - at - 1);
}

/// `PID:START:RANDOM`
std::string this_process() {
    const auto pid = std::to_string(getpid());
    return pid + ":" + start_of_process(pid) + ":" + new_public_id();
}

std::string lock_key(const std::string& process) {
    return std::to_string(std::stoll(sha256_hex(process).substr(0, 15), nullptr, 16));
}

/// SQLite is shared by processes of one machine, which can be looked up; on PostgreSQL each process holds a lock.
bool is_alive(Connection& connection, const std::string& process) {
    if (connection.backend() == Backend::sqlite) {
        const auto colon = process.find(':');
        const auto second = process.find(':', colon + 1);
        if (second == std::string::npos) return false;
        return start_of_process(process.substr(0, colon)) == process.substr(colon + 1, second - colon - 1);
    }
    const Borrowed reader(connection);
    const auto key = lock_key(process);
    if (one<int>(reader, "SELECT CASE WHEN pg_try_advisory_lock(" + key + ") THEN 1 ELSE 0 END") == 0) return true;
    connection.execute("SELECT pg_advisory_unlock(" + key + ")");
    return false;
}

const std::string select =
    "SELECT id, kind, state, progress, total, cancel_wanted, result, faults, who, created_utc_ms, changed_utc_ms"
    " FROM job ";

template <class... Arguments>
std::vector<Job> read_jobs(const Reader& reader, const std::string& condition, const Arguments&... arguments) {
    std::vector<Job> jobs;
    for (auto& [id, kind, state, progress, total, cancel, result, faults, who, created, changed] :
         rows<std::string, std::string, std::string, std::int64_t, std::int64_t, bool, std::string, std::string,
              std::string, std::int64_t, std::int64_t>(reader, select + condition, arguments...)) {
        jobs.push_back({std::move(id), std::move(kind), job_state_of(state), progress, total, cancel,
                        boost::json::parse(result).as_object(), boost::json::parse(faults).as_array(), std::move(who),
                        created, changed});
    }
    return jobs;
}

}  // namespace

std::string_view code(JobState state) {
    constexpr std::string_view codes[] = {"queued", "running", "done", "failed", "cancelled", "interrupted"};
    return codes[static_cast<int>(state)];
}

// The jobs of this process are in memory, and a thread of its own writes them down: whoever adds a job or asks for one
// never waits for the long transaction of another job.
struct Jobs::State {
    Store& registry;
    Store::State& store;
    std::string process = this_process();
    Connection connection;

    mutable std::mutex mutex;
    std::condition_variable woken, kept;
    std::map<std::string, Job> here;  // of this process, until they have ended and are stored
    std::set<std::string> unsaved, cancels_elsewhere;
    std::set<std::string> saving;  // taken from `unsaved`, not on disk yet
    bool ending = false;
    std::thread thread;

    State(Store& registry_, Store::State& store_)
        : registry(registry_),
          store(store_),
          connection(store.address, Purpose::write, store.options.busy_timeout_ms) {}

    void mark_interrupted();
    void save(const Job& job);
    bool save_some();
    void follow();
    void loop();
    template <class F>
    void change(const std::string& id, F change);
};

void Jobs::State::mark_interrupted() {
    if (connection.backend() == Backend::postgresql) {
        connection.execute("SELECT pg_advisory_lock(" + lock_key(process) + ")");
    }
    for (const auto& [id, owner] : rows<std::string, std::string>(
             Borrowed(connection), "SELECT id, process FROM job WHERE state IN ('queued', 'running')")) {
        if (is_alive(connection, owner)) continue;
        run(connection, "UPDATE job SET state = 'interrupted', changed_utc_ms = :now WHERE id = :id",
            store.now_utc_ms(), id);
    }
}

void Jobs::State::save(const Job& job) {
    run(connection,
        "INSERT INTO job (id, kind, state, progress, total, cancel_wanted, result, faults, who, process,"
        " created_utc_ms, changed_utc_ms) VALUES (:id, :kind, :state, :progress, :total, :cancel, :result, :faults,"
        " :who, :process, :created, :changed) ON CONFLICT (id) DO UPDATE SET state = excluded.state,"
        " progress = excluded.progress, total = excluded.total, result = excluded.result, faults = excluded.faults,"
        " cancel_wanted = CASE WHEN job.cancel_wanted = 1 THEN 1 ELSE excluded.cancel_wanted END,"
        " changed_utc_ms = excluded.changed_utc_ms",
        job.id, job.kind, code(job.state), job.progress, job.total, job.cancel_wanted,
        boost::json::serialize(job.result), boost::json::serialize(job.faults), job.who, process, job.created_utc_ms,
        job.changed_utc_ms);
}

/// Gives whether all was written; what was not is tried again.
bool Jobs::State::save_some() {
    std::vector<Job> jobs;
    std::set<std::string> cancels;
    {
        const std::lock_guard lock(mutex);
        for (const auto& id : unsaved) jobs.push_back(here.at(id));
        cancels = cancels_elsewhere;
        saving = std::exchange(unsaved, {});
        cancels_elsewhere.clear();
    }
    try {
        for (const auto& id : cancels) {
            run(connection, "UPDATE job SET cancel_wanted = 1 WHERE id = :id AND state IN ('queued', 'running')", id);
        }
        for (const auto& job : jobs) save(job);
    } catch (const std::exception&) {
        const std::lock_guard lock(mutex);
        unsaved.merge(saving);
        saving.clear();
        cancels_elsewhere.merge(cancels);
        return false;
    }
    const std::lock_guard lock(mutex);
    saving.clear();
    kept.notify_all();
    for (const auto& job : jobs) {
        if (ended(job.state) && !unsaved.contains(job.id)) here.erase(job.id);
    }
    return true;
}

/// Other processes see how far a job is, and may have asked it to stop.
void Jobs::State::follow() try {
    const auto wanted = rows<std::string>(Borrowed(connection),
                                          "SELECT id FROM job WHERE process = :process AND cancel_wanted = 1", process);
    const std::lock_guard lock(mutex);
    for (const auto& [id] : wanted) {
        if (const auto job = here.find(id); job != here.end()) job->second.cancel_wanted = true;
    }
    for (const auto& [id, job] : here) unsaved.insert(id);
} catch (const std::exception&) {
    // The server is away; the next round finds out whether it is back.
}

void Jobs::State::loop() {
    for (;;) {
        {
            std::unique_lock lock(mutex);
            const auto work = [this] { return ending || !unsaved.empty() || !cancels_elsewhere.empty(); };
            here.empty() ? woken.wait(lock, work) : static_cast<void>(woken.wait_for(lock, 1s, work));
            if (ending && unsaved.empty() && cancels_elsewhere.empty()) return;
        }
        if (connection.backend() == Backend::postgresql) follow();
        const bool saved = save_some();
        const std::lock_guard lock(mutex);
        if (!saved && ending) return;  // found as interrupted by the next process
    }
}

template <class F>
void Jobs::State::change(const std::string& id, F change) {
    {
        const std::lock_guard lock(mutex);
        const auto job = here.find(id);
        if (job == here.end()) throw Problem("job.not-here", {{"job", id}}, "", 404);
        change(job->second);
        job->second.changed_utc_ms = store.now_utc_ms();
        unsaved.insert(id);
    }
    woken.notify_one();
}

Jobs::Jobs(Store& store) : state_(std::make_unique<State>(store, *store.state_)) {
    state_->mark_interrupted();
    state_->thread = std::thread([this] { state_->loop(); });
}

Jobs::~Jobs() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->ending = true;
    }
    state_->woken.notify_one();
    state_->thread.join();
}

std::string Jobs::add(const std::string& kind, const std::string& who, const boost::json::object& about,
                      const std::string& wanted_id) {
    Job job;
    job.id = wanted_id.empty() ? new_public_id() : wanted_id;
    job.kind = kind;
    job.result = about;
    job.who = who;
    job.created_utc_ms = job.changed_utc_ms = state_->store.now_utc_ms();
    const auto id = job.id;
    {
        const std::lock_guard lock(state_->mutex);
        state_->here.emplace(id, std::move(job));
        state_->unsaved.insert(id);
    }
    state_->woken.notify_one();
    return id;
}

void Jobs::start(const std::string& id) {
    state_->change(id, [](Job& job) { job.state = JobState::running; });
}

bool Jobs::wait_until_kept(const std::string& id, int most_ms) {
    std::unique_lock lock(state_->mutex);
    return state_->kept.wait_for(lock, std::chrono::milliseconds(most_ms),
                                 [&] { return !state_->unsaved.contains(id) && !state_->saving.contains(id); });
}

void Jobs::progress(const std::string& id, std::int64_t done, std::int64_t total) {
    const std::lock_guard lock(state_->mutex);
    const auto job = state_->here.find(id);
    if (job == state_->here.end()) return;
    job->second.progress = done;
    job->second.total = total;
}

bool Jobs::cancel_wanted(const std::string& id) const {
    const std::lock_guard lock(state_->mutex);
    const auto job = state_->here.find(id);
    return job != state_->here.end() && job->second.cancel_wanted;
}

void Jobs::cancel(const std::string& id) {
    {
        const std::lock_guard lock(state_->mutex);
        if (const auto job = state_->here.find(id); job != state_->here.end()) {
            job->second.cancel_wanted = true;
            state_->unsaved.insert(id);
        } else {
            state_->cancels_elsewhere.insert(id);
        }
    }
    state_->woken.notify_one();
}

void Jobs::end(const std::string& id, JobState state, const boost::json::object& result,
               const boost::json::array& faults) {
    GUIDON_ASSERT(ended(state));
    state_->change(id, [&](Job& job) {
        job.state = state;
        job.result = result;
        job.faults = faults;
    });
}

std::optional<Job> Jobs::find(const std::string& id) const {
    {
        const std::lock_guard lock(state_->mutex);
        if (const auto job = state_->here.find(id); job != state_->here.end()) return job->second;
    }
    auto stored = read_jobs(state_->registry.read(), "WHERE id = :id", id);
    if (stored.empty()) return std::nullopt;
    return std::move(stored.front());
}

std::vector<Job> Jobs::list(int most) const {
    std::map<std::string, Job> jobs;
    for (auto& job : read_jobs(state_->registry.read(), "ORDER BY created_utc_ms DESC, id LIMIT :most", most)) {
        jobs.insert_or_assign(job.id, std::move(job));
    }
    {
        const std::lock_guard lock(state_->mutex);
        for (const auto& [id, job] : state_->here) jobs.insert_or_assign(id, job);
    }
    std::vector<Job> result;
    for (auto& [id, job] : jobs) result.push_back(std::move(job));
    std::stable_sort(result.begin(), result.end(),
                     [](const Job& a, const Job& b) { return a.created_utc_ms > b.created_utc_ms; });
    if (result.size() > static_cast<std::size_t>(most)) result.resize(static_cast<std::size_t>(most));
    return result;
}

}  // namespace guidon::store

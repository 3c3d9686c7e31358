// What runs in the background, how far is it, and how did it end? Jobs are rows that survive a restart; a job
// whose process ended without finishing it is found as `interrupted`.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.h"

namespace guidon::store {

enum class JobState { queued, running, done, failed, cancelled, interrupted };
std::string_view code(JobState state);

struct Job {
    std::string id;    // public
    std::string kind;  // "import.values"
    JobState state = JobState::queued;
    std::int64_t progress = 0, total = 0;  // in the job's own measure (rows, bytes); total 0 = not known
    bool cancel_wanted = false;
    boost::json::object result;  // when done; until then what was said of it at the beginning
    boost::json::array faults;   // when failed
    std::string who;
    std::int64_t created_utc_ms = 0, changed_utc_ms = 0;
};

/// Book-keeping of jobs; who runs them (a thread, the Writer) is the caller's affair. Any thread may call. Jobs are
/// no changes of the registry: they are not journalled, what they do is.
class Jobs {
public:
    /// Marks what a dead process left behind as interrupted.
    explicit Jobs(Store& store);
    ~Jobs();
    Jobs(const Jobs&) = delete;

    /// Gives its id: the one that was asked for, or a new one.
    std::string add(const std::string& kind, const std::string& who, const boost::json::object& about = {},
                    const std::string& id = "");
    void start(const std::string& id);
    /// Waits until what was said of the job is on disk, so that it is found as interrupted whatever happens next; at
    /// most so long, because a long transaction may hold the database. Not while this thread holds one itself.
    bool wait_until_kept(const std::string& id, int most_ms);
    /// Kept in memory of the process that runs the job: cheap enough for every thousand rows.
    void progress(const std::string& id, std::int64_t done, std::int64_t total);
    /// Whether somebody asked this job to stop. The job then undoes its change and calls end(cancelled).
    bool cancel_wanted(const std::string& id) const;
    void cancel(const std::string& id);
    void end(const std::string& id, JobState state, const boost::json::object& result = {},
             const boost::json::array& faults = {});

    std::optional<Job> find(const std::string& id) const;
    /// Newest first.
    std::vector<Job> list(int most = 50) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace guidon::store

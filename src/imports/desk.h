// Where do files wait between the plan and somebody's decision? In memory, for this run of the program: a plan is
// worth little once the store has moved on.
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "imports/plan.h"

namespace guidon::imports {

enum class Decision { open, applied, discarded };

/// A file that was handed in, and what it would change.
struct Waiting {
    std::string id;       // public
    std::string content;  // empty once decided
    Plan plan;
    std::int64_t since_utc_ms = 0;
    Decision decision = Decision::open;
    std::string job;  // that applies it
    std::string who;  // handed it in, as the journal names them
};

/// Any thread may call.
class Desk {
public:
    static constexpr std::size_t most_files = 50;
    static constexpr std::size_t most_bytes = 256U << 20;  // of their contents; the oldest make room

    /// Gives its id.
    std::string put(std::string content, Plan plan, std::int64_t now_utc_ms, std::string who);
    /// Without its content. Also found by the id of its job.
    std::optional<Waiting> find(const std::string& id) const;
    /// What was handed in; nothing once decided.
    std::optional<std::string> content(const std::string& id) const;
    /// Newest first, without contents.
    std::vector<Waiting> list() const;
    /// Takes the content away, so that only one can decide. Throws Problem "import.not-waiting" (409) if somebody has.
    std::string decide(const std::string& id, Decision decision);
    void remember_job(const std::string& id, const std::string& job);

private:
    mutable std::mutex mutex_;
    std::deque<Waiting> files_;  // newest first
};

}  // namespace guidon::imports

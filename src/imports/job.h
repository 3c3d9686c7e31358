// How does a long import run beside everything else? As a job, alone on the writer's thread: people see how far it is,
// can stop it, and find it as interrupted if the process dies – with nothing of it stored.
#pragma once

#include <functional>
#include <string>

#include "imports/import.h"
#include "store/jobs.h"
#include "store/writer.h"

namespace guidon::imports {

/// A file that somebody sent, with what they agreed to.
struct Order {
    Kind kind;
    std::string file, content;
    Day since;
    std::string identity;  // of the plan
    Rights rights;         // of who agreed
    std::string id{};      // of the plan, whose address stays good when the process dies; empty: a new one
};

using Moved = std::function<void(const std::string& id, store::JobState state)>;

/// Queues the import and gives the job's id at once; not from a thread that holds a transaction. `store`, `writer` and
/// `jobs` outlive the job. When it ends, the job's result is {file, new, changed, unchanged, entry} (entry 0: nothing
/// to change), or its faults say why not. `moved` is told now and then that it is running, and once how it ended.
std::string start_job(store::Store& store, store::Writer& writer, store::Jobs& jobs, Order order, Language language,
                      const Moved& moved = {});

}  // namespace guidon::imports

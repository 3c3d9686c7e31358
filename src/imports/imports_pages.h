// Which addresses take files in and give them out?
//
//   GET  /import                    what can be imported, and the imports so far; ?kind= chooses
//   POST /import                    a file (multipart: kind, file): read and compared, nothing is stored
//   GET  /import/:id                its plan, faults, progress or outcome
//   POST /import/:id/apply          stores what the plan shows, as a job
//   POST /import/:id/cancel         discards the plan, or stops the job
//   GET  /import/:id/faults         (.xlsx)   what was handed in, with a remark at each faulty cell
//   GET  /import/template/:kind     (.csv .xlsx)   an empty file with the columns
#pragma once

#include <functional>
#include <string>

#include "store/jobs.h"
#include "store/store.h"
#include "store/writer.h"
#include "web/resource.h"

namespace guidon::imports {

/// Tells open pages that a topic moved on.
using Tell = std::function<void(const std::string& topic, const std::string& data)>;

/// Whether the caller may hear of topic "jobs/ID": of their own imports, and of all who sees all. Other topics are not
/// ours: true.
bool may_watch(const store::Jobs& jobs, const web::Request& request, const std::string& topic);

/// `store`, `writer` and `jobs` outlive the routes.
void add_routes(web::Routes& routes, store::Store& store, store::Writer& writer, store::Jobs& jobs, Tell tell);

}  // namespace guidon::imports

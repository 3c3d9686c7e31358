#include "imports/desk.h"

#include <algorithm>
#include <utility>

#include "store/store.h"

namespace guidon::imports {
namespace {

Waiting without_content(const Waiting& file) {
    return {file.id, "", file.plan, file.since_utc_ms, file.decision, file.job, file.who};
}

/// By its own id or that of its job; null if there is none.
template <class Files>
auto* entry(Files& files, const std::string& id) {
    const auto found = std::find_if(files.begin(), files.end(),
                                    [&](const auto& file) { return file.id == id || (!id.empty() && file.job == id); });
    return found == files.end() ? nullptr : &*found;
}

}  // namespace

std::string Desk::put(std::string content, Plan plan, std::int64_t now_utc_ms, std::string who) {
    const std::lock_guard lock(mutex_);
    files_.push_front(
        {store::new_public_id(), std::move(content), std::move(plan), now_utc_ms, Decision::open, "", std::move(who)});
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < files_.size(); ++i) {
        bytes += files_[i].content.size();
        if (i > 0 && (i >= most_files || bytes > most_bytes)) {
            files_.resize(i);
            break;
        }
    }
    return files_.front().id;
}

std::optional<Waiting> Desk::find(const std::string& id) const {
    const std::lock_guard lock(mutex_);
    const auto* file = entry(files_, id);
    return file ? std::optional(without_content(*file)) : std::nullopt;
}

std::optional<std::string> Desk::content(const std::string& id) const {
    const std::lock_guard lock(mutex_);
    const auto* file = entry(files_, id);
    return file && file->decision == Decision::open ? std::optional(file->content) : std::nullopt;
}

std::vector<Waiting> Desk::list() const {
    const std::lock_guard lock(mutex_);
    std::vector<Waiting> files;
    for (const auto& file : files_) files.push_back(without_content(file));
    return files;
}

std::string Desk::decide(const std::string& id, Decision decision) {
    const std::lock_guard lock(mutex_);
    auto* file = entry(files_, id);
    if (!file || file->decision != Decision::open) throw Problem("import.not-waiting", {}, "", 409);
    file->decision = decision;
    return std::exchange(file->content, {});
}

void Desk::remember_job(const std::string& id, const std::string& job) {
    const std::lock_guard lock(mutex_);
    if (auto* file = entry(files_, id)) file->job = job;
}

}  // namespace guidon::imports

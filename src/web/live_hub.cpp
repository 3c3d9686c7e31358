#include "web/live_hub.h"

#include <charconv>
#include <chrono>

namespace guidon::web {

namespace {

/// One event as it goes over the wire; a line break in `data` becomes another data line.
std::string event_bytes(const std::string& id, const std::string& name, const std::string& data) {
    std::string out = "id: " + id + "\n";
    if (!name.empty()) out += "event: " + name + "\n";
    std::size_t from = 0;
    while (true) {
        const auto end = data.find('\n', from);
        out.append("data: ").append(data, from, end == std::string::npos ? end : end - from).append("\n");
        if (end == std::string::npos) break;
        from = end + 1;
    }
    return out + "\n";
}

std::shared_ptr<const std::string> shared(std::string text) {
    return std::make_shared<const std::string>(std::move(text));
}

}  // namespace

LiveHub::LiveHub(std::size_t most_subscribers)
    : most_subscribers_(most_subscribers),
      era_(std::to_string(std::chrono::system_clock::now().time_since_epoch().count() / 1000)) {}

void LiveHub::tell(const std::string& topic, const std::string& data) {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    ++newest_;
    events_.push_back({newest_, topic, shared(event_bytes(era_ + "-" + std::to_string(newest_), "", data))});
    if (events_.size() > events_kept) events_.pop_front();
    const auto [begin, end] = subscribers_.equal_range(topic);
    for (auto at = begin; at != end;) at = at->second(events_.back().bytes) ? std::next(at) : subscribers_.erase(at);
}

bool LiveHub::subscribe(const std::string& topic, const std::string& last_event, Send send) {
    const std::lock_guard lock(mutex_);
    if (closed_ || subscribers_.size() >= most_subscribers_) return false;
    std::string first = "retry: 3000\n\n";
    if (!last_event.empty()) {
        std::uint64_t last = 0;
        const auto dash = last_event.find('-');
        const bool ours =
            dash != std::string::npos && last_event.compare(0, dash, era_) == 0 &&
            std::from_chars(last_event.data() + dash + 1, last_event.data() + last_event.size(), last).ec ==
                std::errc();
        const bool known = ours && last <= newest_ && (last == newest_ || events_.front().number <= last + 1);
        if (!known) first += event_bytes(era_ + "-" + std::to_string(newest_), "missed", "{}");
        for (const Event& event : events_) {
            if (known && event.number > last && event.topic == topic) first += *event.bytes;
        }
    }
    if (!send(shared(std::move(first)))) return false;
    subscribers_.emplace(topic, std::move(send));
    return true;
}

void LiveHub::beat() {
    static const auto comment = shared(":\n\n");
    const std::lock_guard lock(mutex_);
    for (auto at = subscribers_.begin(); at != subscribers_.end();)
        at = at->second(comment) ? std::next(at) : subscribers_.erase(at);
}

void LiveHub::close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    subscribers_.clear();
}

std::size_t LiveHub::subscribers() const {
    const std::lock_guard lock(mutex_);
    return subscribers_.size();
}

}  // namespace guidon::web

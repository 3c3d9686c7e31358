// Who watches which topic, and how does word of a change reach them? Server-sent events, each numbered, the last ones
// kept for clients that were away for a moment.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace guidon::web {

class LiveHub {
public:
    /// Hands over bytes of the event stream; false when the client is gone or does not keep up. Must not block.
    using Send = std::function<bool(std::shared_ptr<const std::string>)>;

    explicit LiveHub(std::size_t most_subscribers = 1000);

    /// Tells who watches `topic` (e.g. "four-good-cells/2024") that something changed; `data` is a JSON text.
    void tell(const std::string& topic, const std::string& data);

    /// What happened since `last_event` (the header Last-Event-ID, "" = nothing missed) is sent first; when it is too
    /// long ago, event `missed` asks the page to load anew. False if there is no room or `send` refuses.
    bool subscribe(const std::string& topic, const std::string& last_event, Send send);
    /// Something for every client, so that dead connections show. To be called every few seconds.
    void beat();
    /// Ends all streams: no client is called any more.
    void close();
    std::size_t subscribers() const;
    bool is_full() const { return subscribers() >= most_subscribers_; }

private:
    struct Event {
        std::uint64_t number;
        std::string topic;
        std::shared_ptr<const std::string> bytes;
    };
    static constexpr std::size_t events_kept = 512;

    const std::size_t most_subscribers_;
    const std::string era_;  // numbers of another run of the program say nothing
    mutable std::mutex mutex_;
    std::uint64_t newest_ = 0;
    std::deque<Event> events_;
    std::multimap<std::string, Send> subscribers_;
    bool closed_ = false;
};

}  // namespace guidon::web

// Which bodies are worth keeping? Those of documents that carry a version, as long as there is room.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace guidon::web {

struct KeptBody {
    std::string version;
    std::string tag;  // its strong ETag
    std::string type;
    std::string encoding;  // "" or "gzip"
    std::shared_ptr<const std::string> body;
};

/// Bounded in bytes; what was not asked for the longest goes first. Any thread.
class KeptBodies {
public:
    explicit KeptBodies(std::size_t most_bytes) : most_bytes_(most_bytes) {}

    /// The body kept under `key` if it has this version.
    std::shared_ptr<const KeptBody> find(const std::string& key, const std::string& version);
    void keep(const std::string& key, KeptBody body);
    std::size_t bytes() const;

private:
    struct Entry {
        std::string key;
        std::shared_ptr<const KeptBody> body;
        std::size_t cost;
    };
    void drop(std::list<Entry>::iterator entry);

    const std::size_t most_bytes_;
    mutable std::mutex mutex_;
    std::list<Entry> entries_;  // newest use first
    std::unordered_map<std::string, std::list<Entry>::iterator> by_key_;
    std::size_t bytes_ = 0;
};

}  // namespace guidon::web

// How often may one client ask, or one account be tried? A bucket of tokens for each key: full at first, a token for
// each attempt, refilled steadily. Nobody is locked out for good: an empty bucket is full again after
// capacity / refill seconds, whatever happened.
//
// Pure: time is an argument. A bucket is one number, the moment at which it will be full (GCRA, ITU-T I.371 annex A).
#pragma once

#include <chrono>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace guidon::web {

class TokenBuckets {
public:
    /// `capacity` tokens (≥ 1) may go at once, `refill_per_s` (> 0, also 0.1 for one in ten seconds) come back.
    /// At most `most_keys` (≥ 1) are remembered, a hundred bytes or so and the key's own each; the one that was used
    /// longest ago is forgotten first, and a forgotten bucket is a full one.
    TokenBuckets(std::int64_t capacity, double refill_per_s, std::size_t most_keys);

    struct Verdict {
        bool allowed = true;
        std::chrono::milliseconds wait{0};  // until the same attempt would be allowed; 0 when it is
    };
    /// Takes `cost` (1 … capacity) tokens of `key`'s bucket, or none if there are not so many: a refused attempt does
    /// not prolong the wait. `now_ms` is of any steady clock; one that jumps back costs at most a full wait.
    /// Safe from any thread.
    Verdict take(std::string_view key, std::int64_t now_ms, std::int64_t cost = 1);
    /// Undoes a `take` of as many tokens: the attempt turned out to be a good one.
    void give_back(std::string_view key, std::int64_t cost = 1);

    std::size_t keys() const;

private:
    struct Bucket {
        std::string key;
        std::int64_t full_at_ns;
    };
    using Buckets = std::list<Bucket>;  // used last first

    Bucket& bucket(std::string_view key, std::int64_t now_ns);

    const std::int64_t token_ns_;  // the time in which one token comes back
    const std::int64_t depth_ns_;  // the time in which an empty bucket fills
    const std::size_t most_keys_;
    mutable std::mutex mutex_;
    Buckets buckets_;
    std::unordered_map<std::string_view, Buckets::iterator> found_;  // by the keys inside buckets_
};

}  // namespace guidon::web

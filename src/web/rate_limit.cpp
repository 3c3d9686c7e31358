#include "web/rate_limit.h"

#include <algorithm>
#include <cmath>

#include "base/assert.h"

namespace guidon::web {

namespace {

constexpr std::int64_t ns_per_ms = 1'000'000;
constexpr double ns_per_s = 1e9;

}  // namespace

TokenBuckets::TokenBuckets(std::int64_t capacity, double refill_per_s, std::size_t most_keys)
    : token_ns_(std::max<std::int64_t>(1, std::llround(ns_per_s / refill_per_s))),
      depth_ns_(capacity * token_ns_),
      most_keys_(most_keys) {
    GUIDON_ASSERT(capacity >= 1 && refill_per_s > 0 && most_keys >= 1);
}

TokenBuckets::Bucket& TokenBuckets::bucket(std::string_view key, std::int64_t now_ns) {
    if (const auto known = found_.find(key); known != found_.end()) {
        buckets_.splice(buckets_.begin(), buckets_, known->second);
        return buckets_.front();
    }
    if (buckets_.size() >= most_keys_) {
        found_.erase(buckets_.back().key);
        buckets_.pop_back();
    }
    buckets_.push_front({std::string(key), now_ns});
    found_.emplace(buckets_.front().key, buckets_.begin());
    return buckets_.front();
}

TokenBuckets::Verdict TokenBuckets::take(std::string_view key, std::int64_t now_ms, std::int64_t cost) {
    GUIDON_ASSERT(cost >= 1 && cost * token_ns_ <= depth_ns_);
    const std::int64_t now_ns = now_ms * ns_per_ms;
    const std::lock_guard lock(mutex_);
    Bucket& one = bucket(key, now_ns);
    // No bucket is more than full, and none emptier than empty, even if the clock was set back.
    one.full_at_ns = std::clamp(one.full_at_ns, now_ns, now_ns + depth_ns_);
    const std::int64_t full_at_ns = one.full_at_ns + cost * token_ns_;
    const std::int64_t missing_ns = full_at_ns - now_ns - depth_ns_;
    if (missing_ns > 0) return {false, std::chrono::milliseconds((missing_ns + ns_per_ms - 1) / ns_per_ms)};
    one.full_at_ns = full_at_ns;
    return {};
}

void TokenBuckets::give_back(std::string_view key, std::int64_t cost) {
    const std::lock_guard lock(mutex_);
    if (const auto known = found_.find(key); known != found_.end()) known->second->full_at_ns -= cost * token_ns_;
}

std::size_t TokenBuckets::keys() const {
    const std::lock_guard lock(mutex_);
    return buckets_.size();
}

}  // namespace guidon::web

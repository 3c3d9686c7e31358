#include "store/merkle.h"

#include <sodium.h>

#include <bit>

#include "base/assert.h"

namespace guidon::store {
namespace {

/// The largest power of two below `size`, 2 or more: where the RFC splits a list.
std::size_t split(std::size_t size) {
    return std::bit_floor(size - 1);
}

/// SUBPROOF of RFC 6962, 2.1.2. `whole`: the old tree is all of `leaves` seen so far, its root is known.
void add_consistency(std::span<const Digest> leaves, std::size_t old_size, bool whole, std::vector<Digest>& path) {
    if (old_size == leaves.size()) {
        if (!whole) path.push_back(root_of(leaves));
        return;
    }
    const auto k = split(leaves.size());
    if (old_size <= k) {
        add_consistency(leaves.first(k), old_size, whole, path);
        path.push_back(root_of(leaves.subspan(k)));
    } else {
        add_consistency(leaves.subspan(k), old_size - k, false, path);
        path.push_back(root_of(leaves.first(k)));
    }
}

/// Goes from leaf `at` of a tree whose last leaf is `last` up to its root (RFC 9162, 2.1.3.2): `take` gets each hash
/// that stands beside the way, and whether on its left. Whether the path was as long as the way.
template <class Take>
bool climb(std::int64_t at, std::int64_t last, std::span<const Digest> path, Take take) {
    for (const auto& beside : path) {
        if (last == 0) return false;
        const bool on_the_left = (at & 1) != 0 || at == last;
        take(beside, on_the_left);
        while (on_the_left && (at & 1) == 0 && at != 0) {
            at >>= 1;
            last >>= 1;
        }
        at >>= 1;
        last >>= 1;
    }
    return last == 0;
}

}  // namespace

std::string hex(std::span<const Digest> digests) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(digests.size() * 64);
    for (const auto& digest : digests) {
        for (const auto byte : digest) {
            text += digits[byte >> 4];
            text += digits[byte & 15];
        }
    }
    return text;
}

std::string hex(const Digest& digest) {
    return hex(std::span(&digest, 1));
}

std::optional<std::vector<Digest>> digests_of(std::string_view text) {
    if (text.size() % 64 != 0 || text.find_first_not_of("0123456789abcdef") != std::string_view::npos) return {};
    std::vector<Digest> digests(text.size() / 64);
    for (std::size_t i = 0; i < digests.size(); ++i) {
        sodium_hex2bin(digests[i].data(), digests[i].size(), text.data() + i * 64, 64, nullptr, nullptr, nullptr);
    }
    return digests;
}

std::optional<Digest> digest_of(std::string_view text) {
    const auto digests = digests_of(text);
    if (!digests || digests->size() != 1) return {};
    return digests->front();
}

Digest leaf_hash(std::string_view bytes) {
    std::string leaf(1, '\0');
    leaf += bytes;
    return sha256(leaf);
}

Digest node_hash(const Digest& left, const Digest& right) {
    std::string bytes("\x01");
    bytes.append(left.begin(), left.end()).append(right.begin(), right.end());
    return sha256(bytes);
}

std::optional<Frontier> Frontier::from(std::int64_t size, std::vector<Digest> subtrees) {
    if (size < 0 || std::popcount(static_cast<std::uint64_t>(size)) != static_cast<int>(subtrees.size())) return {};
    Frontier frontier;
    frontier.size_ = size;
    frontier.subtrees_ = std::move(subtrees);
    return frontier;
}

void Frontier::append(const Digest& leaf) {
    Digest subtree = leaf;
    for (auto carry = size_; (carry & 1) != 0; carry >>= 1) {
        subtree = node_hash(subtrees_.back(), subtree);
        subtrees_.pop_back();
    }
    subtrees_.push_back(subtree);
    ++size_;
}

Digest Frontier::root() const {
    if (subtrees_.empty()) return sha256("");
    Digest root = subtrees_.back();
    for (auto i = subtrees_.size() - 1; i > 0; --i) root = node_hash(subtrees_[i - 1], root);
    return root;
}

Digest root_of(std::span<const Digest> leaves) {
    Frontier frontier;
    for (const auto& leaf : leaves) frontier.append(leaf);
    return frontier.root();
}

std::vector<Digest> inclusion_path(std::span<const Digest> leaves, std::int64_t index) {
    auto at = static_cast<std::size_t>(index);
    GUIDON_ASSERT(index >= 0 && at < leaves.size());
    std::vector<Digest> path;
    while (leaves.size() > 1) {
        const auto k = split(leaves.size());
        const bool left = at < k;
        path.push_back(root_of(left ? leaves.subspan(k) : leaves.first(k)));
        leaves = left ? leaves.first(k) : leaves.subspan(k);
        if (!left) at -= k;
    }
    return {path.rbegin(), path.rend()};
}

bool is_included(const Digest& leaf, std::int64_t index, std::int64_t size, std::span<const Digest> path,
                 const Digest& root) {
    if (index < 0 || index >= size) return false;
    Digest hash = leaf;
    const bool whole = climb(index, size - 1, path, [&](const Digest& beside, bool on_the_left) {
        hash = on_the_left ? node_hash(beside, hash) : node_hash(hash, beside);
    });
    return whole && hash == root;
}

std::vector<Digest> consistency_path(std::span<const Digest> leaves, std::int64_t old_size) {
    const auto old = static_cast<std::size_t>(old_size);
    GUIDON_ASSERT(old_size >= 1 && old <= leaves.size());
    std::vector<Digest> path;
    add_consistency(leaves, old, true, path);
    return path;
}

bool is_extension(std::int64_t old_size, const Digest& old_root, std::int64_t size, const Digest& root,
                  std::span<const Digest> path) {
    if (old_size < 0 || old_size > size) return false;
    if (old_size == 0) return path.empty() && old_root == root_of({});
    if (old_size == size) return path.empty() && old_root == root;
    auto at = old_size - 1, last = size - 1;
    while ((at & 1) != 0) {
        at >>= 1;
        last >>= 1;
    }
    Digest old_hash = old_root;
    if (at != 0) {  // else the old tree is one full subtree of the new one: its root is where both begin
        if (path.empty()) return false;
        old_hash = path.front();
        path = path.subspan(1);
    }
    Digest hash = old_hash;
    const bool whole = climb(at, last, path, [&](const Digest& beside, bool on_the_left) {
        if (on_the_left) old_hash = node_hash(beside, old_hash);
        hash = on_the_left ? node_hash(beside, hash) : node_hash(hash, beside);
    });
    return whole && old_hash == old_root && hash == root;
}

}  // namespace guidon::store

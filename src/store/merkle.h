// How does one hash stand for a whole list, so that nothing in it can be changed, dropped or put elsewhere?
// The Merkle tree of RFC 6962, section 2.1: pure functions over hashes.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/hash.h"

namespace guidon::store {

/// 64 hexadecimal digits in lower case; of several digests, one after the other.
std::string hex(std::span<const Digest> digests);
std::string hex(const Digest& digest);
/// Nothing unless `text` is exactly what hex() gives.
std::optional<std::vector<Digest>> digests_of(std::string_view text);
std::optional<Digest> digest_of(std::string_view text);

/// SHA-256(0x00 ‖ bytes)
Digest leaf_hash(std::string_view bytes);
/// SHA-256(0x01 ‖ left ‖ right)
Digest node_hash(const Digest& left, const Digest& right);

/// What has to be kept of a tree to let it grow: the roots of its full subtrees, largest first, one for each bit
/// that is set in its size.
class Frontier {
public:
    Frontier() = default;
    /// Nothing if a tree of `size` leaves has another number of full subtrees.
    static std::optional<Frontier> from(std::int64_t size, std::vector<Digest> subtrees);

    /// O(log size).
    void append(const Digest& leaf);
    std::int64_t size() const { return size_; }
    const std::vector<Digest>& subtrees() const { return subtrees_; }
    /// SHA-256 of nothing for an empty tree. O(log size).
    Digest root() const;

    bool operator==(const Frontier&) const = default;

private:
    std::int64_t size_ = 0;
    std::vector<Digest> subtrees_;
};

/// The root over `leaves` (leaf hashes), as the RFC defines it.
Digest root_of(std::span<const Digest> leaves);

/// The hashes that lead from the leaf `index` (from 0) to the root over `leaves`, the leaf's neighbour first.
std::vector<Digest> inclusion_path(std::span<const Digest> leaves, std::int64_t index);
/// Whether `path` leads from `leaf` at `index` to the `root` of a tree with `size` leaves (RFC 9162, 2.1.3.2).
bool is_included(const Digest& leaf, std::int64_t index, std::int64_t size, std::span<const Digest> path,
                 const Digest& root);

/// The hashes that show that the tree over `leaves` begins with the tree over its first `old_size`, 1 or more.
std::vector<Digest> consistency_path(std::span<const Digest> leaves, std::int64_t old_size);
/// Whether `path` shows that the tree `root` of `size` leaves extends the tree `old_root` of `old_size` leaves
/// (RFC 9162, 2.1.4.2). Every tree extends the empty one, with an empty path.
bool is_extension(std::int64_t old_size, const Digest& old_root, std::int64_t size, const Digest& root,
                  std::span<const Digest> path);

}  // namespace guidon::store

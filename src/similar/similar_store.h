// Which stored texts may be similar to this one? An index of sketches (similar/sketch.h), kept in the database so that
// several processes share it and none holds it in memory.
//
// A text is known by a number that its owner chose; the texts themselves stay with their owner, who loads those that
// candidates() names and compares exactly (similar/passages.h). A hint for people, never a verdict.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "store/store.h"

namespace guidon::similar {

struct Indexed {
    std::int64_t id;  // one text of the whole index; others' numbers are the owners' agreement
    std::string_view text;
};

/// A text without words is not indexed. A text that changes is forgotten first.
void index_text(store::Change& change, std::int64_t id, std::string_view text);
/// Many at once. From a few thousand on they become a part of their own, and every question looks into each part: give
/// what there is in one call (some 250 bytes a text are needed beside the texts).
void index_texts(store::Change& change, std::span<const Indexed> texts);
/// `text` is what it was indexed with: from it follows where the index has it.
void forget_text(store::Change& change, std::int64_t id, std::string_view text);
/// Empties the index, to index everything again.
void forget_all(store::Change& change);

/// At most this many texts are named: of a text that everybody copied nobody reads more.
constexpr std::size_t most_candidates = 50;

/// Texts that are probably similar to `text`, the most similar first, the lower number first among equals; with itself,
/// if it is indexed. Nearly every text with a share of common words from 0.8 is among them, and many that have less.
/// Reads no more however many copies there are.
std::vector<std::int64_t> candidates(const store::Reader& reader, std::string_view text,
                                     std::size_t most = most_candidates);

/// Which texts are indexed, ascending: for checks (reads the whole index).
std::vector<std::int64_t> indexed_texts(const store::Reader& reader);

}  // namespace guidon::similar

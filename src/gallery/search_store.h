// How do SQLite (FTS5) and PostgreSQL (tsvector, GIN) keep the words of exemplars, and find them in the same order?
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exemplars/exemplars_store.h"
#include "gallery/words.h"
#include "store/store.h"

namespace guidon::gallery {

using exemplars::ExemplarId;
using exemplars::Position;

/// Up to which exemplar the search has read.
Position position(const store::Reader& reader);

/// One that is to be searched, or no longer.
struct Text {
    Position at;
    bool searched = true;  // false: a draft
    std::string title;     // folded
    WordText body;
};
/// The next `most` after `from`.
std::vector<Text> texts_after(const store::Reader& reader, const Position& from, int most);
/// Keeps them and the position of the last one; what has not changed is not written.
void keep_texts(store::Change& change, const std::vector<Text>& texts);

/// How what is looked for stands in a text, the best way first. Beside in the title: all of it as it was typed; beside
/// elsewhere: each word and the next one.
enum class Stands { beside_in_title, in_title, beside, anywhere };
/// The newest `most` that have all of `terms`, newest first.
std::vector<ExemplarId> newest_with(const store::Reader& reader, const std::vector<Term>& terms, Stands stands,
                                    int most);

/// The best way in which one that has all of `terms` has them.
Stands stands(const store::Reader& reader, ExemplarId id, const std::vector<Term>& terms);

/// What the search shows of one: folded and as written. Nothing if it was not read yet.
std::optional<WordText> shown_text(const store::Reader& reader, ExemplarId id);

/// Exemplars up to the position that are not kept as they stand: code "doctor.exemplar-words".
std::vector<Problem> check_texts(const store::Reader& reader);

}  // namespace guidon::gallery

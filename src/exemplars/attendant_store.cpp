#include "exemplars/attendant_store.h"

#include "exemplars/similar_hints.h"
#include "similar/similar_store.h"
#include "store/sql.h"

namespace guidon::exemplars {

namespace json = boost::json;
using store::first_row;
using store::run;

namespace {

/// Title and compared text.
struct Compared {
    std::string title, all;
};

/// What the index has of it, when everything up to entry `seq` is indexed: the text that the first rewriting behind
/// that entry replaced; nothing where none did.
std::optional<Compared> replaced_text(const store::Reader& reader, ExemplarId id, std::int64_t seq) {
    const auto row = first_row<std::string>(
        reader,
        "SELECT document FROM exemplar_past WHERE exemplar = :id AND until_seq > :seq ORDER BY until_seq LIMIT 1", id,
        seq);
    if (!row) return std::nullopt;
    const auto kept = json::parse(std::get<0>(*row)).as_object();
    Writing writing;
    writing.title = std::string(kept.at("title").as_string());
    writing.content = content_of(kept.at("content").as_object());
    return Compared{writing.title, compared_text(writing)};
}

void index_one(store::Change& change, const Exemplar& it, std::int64_t indexed_to) {
    const Compared now{it.title, compared_text(it)};
    const auto before = replaced_text(change, it.id, indexed_to);
    if (it.state == State::draft) {
        if (events_of(change, it.id).empty()) return;  // never handed in
        similar::forget_text(change, text_number(it.id), before.value_or(now).all);
        similar::forget_text(change, title_number(it.id), before.value_or(now).title);
        return;
    }
    if (before) {
        if (before->all != now.all) similar::forget_text(change, text_number(it.id), before->all);
        if (before->title != now.title) similar::forget_text(change, title_number(it.id), before->title);
    }
    similar::index_text(change, text_number(it.id), now.all);
    similar::index_text(change, title_number(it.id), now.title);
}

Position indexed_to(const store::Reader& reader) {
    const auto [seq, id] = *first_row<std::int64_t, ExemplarId>(reader, "SELECT seq, exemplar FROM exemplar_index");
    return {seq, id};
}

}  // namespace

int index_some(store::Change& change, int most) {
    const Position from = indexed_to(change);
    const auto next = changed_after(change, from, most);
    for (const Position& one : next) index_one(change, exemplar(change, one.exemplar), from.seq);
    if (!next.empty())
        run(change, "UPDATE exemplar_index SET seq = :seq, exemplar = :id", next.back().seq, next.back().exemplar);
    return static_cast<int>(next.size());
}

bool index_waits(const store::Reader& reader) {
    return !changed_after(reader, indexed_to(reader), 1).empty();
}

std::vector<Exemplar> drafts_behind_deadline(const store::Reader& reader, const CycleFiles& cycles, Day today) {
    std::vector<Exemplar> found;
    for (const auto& cycle : cycles.taking(reader)) {
        if (cycle->rules.closes.empty() || today.text() <= cycle->rules.closes) continue;
        for (const auto& draft : listed(reader, cycle->stored.id, State::draft))
            if (auto it = find_exemplar(reader, draft.public_id); it && it->swept_on == Day::always())
                found.push_back(*std::move(it));
    }
    return found;
}

}  // namespace guidon::exemplars

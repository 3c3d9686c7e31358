#include "exemplars/attendant_store.h"

#include "exemplars/similar_hints.h"
#include "similar/similar_store.h"
#include "store/sql.h"

namespace guidon::exemplars {

namespace json = boost::json;
using store::first_row;
using store::rows;
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

}  // namespace

int index_some(store::Change& change, int most) {
    const auto [seq, last] = *first_row<std::int64_t, ExemplarId>(change, "SELECT seq, exemplar FROM exemplar_index");
    int done = 0;
    std::int64_t at = seq;
    ExemplarId id = last;
    for (const auto& [next, since] :
         rows<ExemplarId, std::int64_t>(change,
                                        "SELECT id, since_seq FROM exemplar WHERE (since_seq, id) > (:seq, :last)"
                                        " ORDER BY since_seq, id LIMIT :most",
                                        seq, last, most)) {
        index_one(change, exemplar(change, next), seq);
        at = since;
        id = next;
        ++done;
    }
    if (done > 0) run(change, "UPDATE exemplar_index SET seq = :seq, exemplar = :id", at, id);
    return done;
}

bool index_waits(const store::Reader& reader) {
    const auto [seq, last] = *first_row<std::int64_t, ExemplarId>(reader, "SELECT seq, exemplar FROM exemplar_index");
    return first_row<ExemplarId>(
               reader, "SELECT id FROM exemplar WHERE (since_seq, id) > (:seq, :last) ORDER BY since_seq, id LIMIT 1",
               seq, last)
        .has_value();
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

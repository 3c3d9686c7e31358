#include "exemplars/similar_hints.h"

#include <algorithm>
#include <set>

#include "base/plain_text.h"
#include "evidence/evidence_store.h"
#include "exemplars/form.h"
#include "similar/passages.h"
#include "similar/similar_store.h"
#include "units/units_pages.h"

namespace guidon::exemplars {

namespace json = boost::json;
using people::Action;
using people::Gate;
using web::Answer;
using web::Request;

namespace {

constexpr double worth_showing = 0.5;  // share of common words
constexpr std::size_t most_hints = 10;

struct Hint {
    Exemplar other;
    double share;
    bool of_title;  // the titles have more in common than the texts
};

/// Exemplars whose text or title the index names, the most similar first, of those that the viewer may see.
std::vector<Hint> hints_for(const store::Reader& reader, const people::Viewer* viewer, const std::string& title,
                            const std::string& text, std::optional<ExemplarId> itself) {
    std::set<ExemplarId> named;
    for (const std::string* of : {&text, &title})
        for (const std::int64_t number : similar::candidates(reader, *of)) named.insert(ExemplarId(number / 2));
    std::vector<Hint> hints;
    for (const ExemplarId id : named) {
        if (id == itself) continue;
        auto other = find_exemplar(reader, id);
        if (!other || !sees(reader, viewer, *other)) continue;
        const double of_text = similar::jaccard(text, compared_text(*other));
        const double of_title = similar::jaccard(title, other->title);
        const double share = std::max(of_text, of_title);
        if (share >= worth_showing) hints.push_back({*std::move(other), share, of_title > of_text});
    }
    std::stable_sort(hints.begin(), hints.end(), [](const Hint& a, const Hint& b) { return a.share > b.share; });
    if (hints.size() > most_hints) hints.resize(most_hints);
    return hints;
}

std::string percent_text(double share, bool of_title, Language language) {
    return say(language, of_title ? "exemplars.share-of-title" : "exemplars.share",
               {{"percent", std::to_string(static_cast<int>(share * 100))}});
}

json::object other_part(const store::Reader& reader, const Exemplar& other, Day today, Language language) {
    json::object part = exemplar_reference(other, language);
    part["unit"] = units::unit_reference(units::unit(reader, other.unit, today), language);
    return part;
}

json::array hint_rows(const store::Reader& reader, const std::vector<Hint>& hints, const std::string& beside, Day today,
                      Language language) {
    json::array rows;
    for (const Hint& hint : hints) {
        json::object row = other_part(reader, hint.other, today, language);
        row["share_text"] = percent_text(hint.share, hint.of_title, language);
        row["compare_href"] = beside.empty() ? "/exemplars/" + hint.other.public_id
                                             : "/exemplars/" + beside + "/similar/" + hint.other.public_id;
        rows.push_back(std::move(row));
    }
    return rows;
}

/// The exemplar whose likes are looked for, by somebody who works on it.
Exemplar must_work_on(const store::Reader& reader, const Request& request) {
    const auto* viewer = people::viewer_of(request);
    Exemplar it = must_find_exemplar(reader, viewer, request.place.at("id"));
    if (!works_on(reader, viewer, it)) throw Gate::refusal(reader, viewer, Action::review_exemplar, owner_place(it));
    return it;
}

/// Files of other exemplars that are the same, or look the same.
json::array file_rows(const store::Reader& reader, const people::Viewer* viewer, const Exemplar& it, Day today,
                      Language language) {
    json::array rows;
    std::set<std::string> told;
    const auto tell = [&](const evidence::Evidence& own, const evidence::Evidence& other, const char* how) {
        for (const ExemplarId id : with_evidence(reader, other.public_id)) {
            const auto owner = find_exemplar(reader, id);
            if (id == it.id || !owner || !sees(reader, viewer, *owner)) continue;
            if (!told.insert(own.public_id + owner->public_id).second) continue;
            json::object row = other_part(reader, *owner, today, language);
            row["own"] = evidence::evidence_part(own, language);
            row["other"] = evidence::evidence_part(other, language);
            row["how_text"] = say(language, std::string("exemplars.file.") + how);
            rows.push_back(std::move(row));
        }
    };
    for (const Attached& one : attached_to(reader, it.id)) {
        const auto own = evidence::find(reader, one.evidence);
        if (!own) continue;
        for (const auto& same : evidence::same_bytes(reader, own->hash)) tell(*own, same, "same");
        if (own->look)
            for (const auto& alike : evidence::looks_like(reader, *own->look)) tell(*own, alike.evidence, "alike");
    }
    return rows;
}

json::array piece_rows(const std::vector<similar::Piece>& pieces) {
    json::array rows;
    for (const auto& piece : pieces) rows.push_back(json::object{{"text", piece.text}, {"common", piece.common}});
    return rows;
}

}  // namespace

std::string compared_text(const Writing& writing) {
    return writing.title + "\n" + all_text(writing.content);
}

Answer similar_part(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const auto* viewer = people::viewer_of(request);
    if (!Gate::may_somewhere(viewer, Action::register_exemplar))
        throw Gate::refusal(reader, viewer, Action::register_exemplar, {});
    std::optional<ExemplarId> itself;
    if (const auto known = find_exemplar(reader, request.field("itself"))) itself = known->id;
    const std::string title = request.field("title").substr(0, 4 * longest_title);
    std::string text = title;
    for (const char* name : {"situation", "aim", "result", "method", "place", "forces", "product", "upkeep"})
        if (const auto part = request.field(name); !part.empty()) text += "\n" + part.substr(0, 4 * longest_text);
    Answer answer{.template_name = "exemplars/hints"};
    answer.document = {{"title", say(request.language, "exemplars.similar-title")},
                       {"hints", hint_rows(reader, hints_for(reader, viewer, title, text, itself), "", desk.today(),
                                           request.language)}};
    return answer;
}

Answer similar_page(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const auto* viewer = people::viewer_of(request);
    const Exemplar it = must_work_on(reader, request);
    const Language language = request.language;
    Answer answer{.template_name = "exemplars/similar"};
    answer.document = {{"title", say(language, "exemplars.similar-title")},
                       {"lede", say(language, "exemplars.hint-not-verdict")},
                       {"exemplar", exemplar_reference(it, language)},
                       {"hints", hint_rows(reader, hints_for(reader, viewer, it.title, compared_text(it), it.id),
                                           it.public_id, desk.today(), language)},
                       {"files", file_rows(reader, viewer, it, desk.today(), language)}};
    return answer;
}

Answer side_by_side(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const Exemplar it = must_work_on(reader, request);
    const Exemplar other = must_find_exemplar(reader, people::viewer_of(request), request.place.at("other"));
    const Language language = request.language;
    const auto compared = similar::compare(compared_text(it), compared_text(other));
    Answer answer{.template_name = "exemplars/side_by_side"};
    answer.document = {{"title", say(language, "exemplars.side-by-side")},
                       {"lede", say(language, "exemplars.hint-not-verdict")},
                       {"share_text", percent_text(compared.jaccard, false, language)},
                       {"left", other_part(reader, it, desk.today(), language)},
                       {"right", other_part(reader, other, desk.today(), language)},
                       {"left_pieces", piece_rows(compared.left)},
                       {"right_pieces", piece_rows(compared.right)}};
    return answer;
}

}  // namespace guidon::exemplars

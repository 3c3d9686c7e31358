#include "exemplars/evidence_changes.h"

#include <algorithm>

#include "base/plain_text.h"
#include "evidence/evidence_store.h"
#include "exemplars/exemplar_document.h"
#include "web/again.h"

namespace guidon::exemplars {

namespace json = boost::json;
using people::Action;
using people::Gate;
using web::Answer;
using web::Request;

namespace {

constexpr std::size_t longest_caption = 300;
constexpr std::size_t longest_credit = 200;

/// The exemplar, and the right to change what belongs to it.
struct Held {
    Exemplar exemplar;
    store::Permit permit;
};
Held held(const store::Reader& reader, const Request& request) {
    const auto* viewer = &signed_in(request);
    Exemplar it = must_find_exemplar(reader, viewer, request.place.at("id"));
    auto permit = Gate::permit(reader, viewer, Action::register_exemplar, owner_place(it));
    return {std::move(it), std::move(permit)};
}

Answer stored_file(const Desk& desk, const Request& request) {
    const auto [it, permit] = held(desk.store.read(), request);
    const std::string caption = clean_line(request.field("caption"), longest_caption, "caption");
    const std::string credit = clean_line(request.field("credit"), longest_credit, "credit");
    static const web::Upload none;
    const auto upload = request.uploads.find("file");
    const auto taken = evidence::take(desk.depot, upload == request.uploads.end() ? none : upload->second, "file",
                                      evidence::Wanted::any);

    auto change = desk.store.change(permit);
    auto all = attached_to(change, it.id);
    if (all.size() >= most_files)
        throw Problem("exemplar.too-many-files", {{"most", std::to_string(most_files)}}, "file");
    for (const Attached& one : all)
        if (const auto there = evidence::find(change, one.evidence); there && there->hash == taken.hash)
            throw Problem("evidence.there-already", {{"name", there->file_name}}, "file");
    const auto kept = evidence::evidence(change, evidence::keep(change, desk.depot, taken));
    all.push_back({kept.public_id, caption, credit});
    attach(change, it.id, all);
    const auto seq = change.commit("exemplar.files", it.public_id, {{"file", kept.hash}, {"change", "added"}});
    auto answer = at_exemplar(it, it.state, seq, 201);
    answer.document["file"] = kept.public_id;
    return answer;
}

/// The files after what was asked for: `do` = save, up, down, remove.
std::vector<Attached> rearranged(std::vector<Attached> all, std::size_t at, const Request& request) {
    const std::string wanted = request.field("do");
    if (wanted == "save") {
        all[at].caption = clean_line(request.field("caption"), longest_caption, "caption");
        all[at].credit = clean_line(request.field("credit"), longest_credit, "credit");
    } else if (wanted == "up" || wanted == "down") {
        const std::size_t other = wanted == "up" ? at - 1 : at + 1;
        if (other < all.size()) std::swap(all[at], all[other]);
    } else if (wanted == "remove") {
        all.erase(all.begin() + static_cast<std::ptrdiff_t>(at));
    } else {
        throw Problem("exemplar.bad-choice", {{"value", wanted.substr(0, longest_caption)}}, "do");
    }
    return all;
}

Answer stored_change(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    const auto [it, permit] = held(reader, request);
    const auto before = attached_to(reader, it.id);
    const std::string& file = request.place.at("file");
    const auto found =
        std::find_if(before.begin(), before.end(), [&](const Attached& one) { return one.evidence == file; });
    if (found == before.end()) throw Problem("evidence.unknown", {{"id", file}}, "", 404);
    const auto after = rearranged(before, static_cast<std::size_t>(found - before.begin()), request);
    if (after == before) return at_exemplar(it, it.state, it.since, 200);

    auto change = desk.store.change(permit);
    const auto kept = evidence::find(change, file);
    attach(change, it.id, after);
    const bool gone = after.size() < before.size() && kept && with_evidence(change, file).empty();
    if (gone) evidence::forget(change, kept->id);
    const auto seq = change.commit("exemplar.files", it.public_id,
                                   {{"file", kept ? kept->hash : file}, {"change", request.field("do")}});
    return at_exemplar(it, it.state, seq, 200);
}

template <class Store>
Answer or_page_again(const Desk& desk, const Request& request, Store stored) {
    try {
        return stored(desk, request);
    } catch (const Problem& problem) {
        constexpr int told_there[] = {413, 415, 422};
        if (std::find(std::begin(told_there), std::end(told_there), problem.status) == std::end(told_there)) throw;
        return web::again(request, exemplar_page(desk, request), problem);
    }
}

}  // namespace

Answer add_file(const Desk& desk, const Request& request) {
    return or_page_again(desk, request, stored_file);
}

Answer change_file(const Desk& desk, const Request& request) {
    return or_page_again(desk, request, stored_change);
}

}  // namespace guidon::exemplars

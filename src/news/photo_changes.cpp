#include "news/photo_changes.h"

#include <algorithm>

#include "base/plain_text.h"
#include "evidence/evidence_store.h"
#include "news/article_changes.h"
#include "web/again.h"

namespace guidon::news {

namespace json = boost::json;
using web::Answer;
using web::Request;

namespace {

void read_words(const Request& request, Photo& photo) {
    photo.caption = clean_line(request.field("caption"), longest_field, "caption");
    photo.credit = clean_line(request.field("credit"), longest_credit, "credit");
}

/// What the version that is being written shows.
std::vector<Photo> photos_of(const store::Reader& reader, const Article& article) {
    return version(reader, article.id, article.draft).text.photos;
}

Answer store_photo(const Desk& desk, const Request& request) {
    const auto [before, permit] = open_article(desk.store.read(), request);
    must_be_written(before);
    Photo photo;
    read_words(request, photo);
    static const web::Upload none;
    const auto upload = request.uploads.find("file");
    const auto taken = evidence::take(desk.depot, upload == request.uploads.end() ? none : upload->second, "file",
                                      evidence::Wanted::photo);

    auto change = desk.store.change(permit);
    const Article now = article(change, before.id);
    must_be_written(now);  // it may have been published while the file was looked into
    auto photos = photos_of(change, now);
    if (photos.size() >= most_of_each) throw Problem("news.too-many", {{"most", std::to_string(most_of_each)}}, "file");
    for (const Photo& one : photos)
        if (const auto there = evidence::find(change, one.evidence); there && there->hash == taken.hash)
            throw Problem("evidence.there-already", {{"name", there->file_name}}, "file");
    const auto kept = evidence::evidence(change, evidence::keep(change, desk.depot, taken));
    photo.evidence = kept.public_id;
    photos.push_back(std::move(photo));
    put_photos(change, now, photos);
    Answer answer = at_article(desk, change, request, article(change, now.id), 201);
    change.commit("article.photos", now.public_id, {{"file", kept.hash}, {"change", "added"}});
    return answer;
}

/// The photos after what was asked for: `do` = save, up, down, remove.
std::vector<Photo> rearranged(std::vector<Photo> all, std::size_t at, const Request& request) {
    const std::string wanted = request.field("do");
    if (wanted == "save") {
        read_words(request, all[at]);
    } else if (wanted == "up" || wanted == "down") {
        const std::size_t other = wanted == "up" ? at - 1 : at + 1;
        if (other < all.size()) std::swap(all[at], all[other]);
    } else if (wanted == "remove") {
        all.erase(all.begin() + static_cast<std::ptrdiff_t>(at));
    } else {
        throw Problem("news.photo-change", {{"value", wanted.substr(0, longest_field)}}, "do");
    }
    return all;
}

Answer store_change(const Desk& desk, const Request& request) {
    const auto [before, permit] = open_article(desk.store.read(), request);
    auto change = desk.store.change(permit);
    const Article now = article(change, before.id);
    must_be_written(now);
    const auto photos = photos_of(change, now);
    const std::string& id = request.place.at("photo");
    const auto found = std::find_if(photos.begin(), photos.end(), [&](const Photo& one) { return one.evidence == id; });
    if (found == photos.end()) throw Problem("evidence.unknown", {{"id", id}}, "", 404);
    const auto after = rearranged(photos, static_cast<std::size_t>(found - photos.begin()), request);
    if (after == photos) return at_article(desk, change, request, now);

    const auto kept = evidence::find(change, id);
    put_photos(change, now, after);
    forget_unshown(change, {*found});
    Answer answer = at_article(desk, change, request, article(change, now.id));
    change.commit("article.photos", now.public_id, {{"file", kept ? kept->hash : id}, {"change", request.field("do")}});
    return answer;
}

/// A photo that was refused leaves its writer on the article's page, with the sentence.
template <class Store>
Answer or_page_again(const Desk& desk, const Request& request, Store stored) {
    try {
        return stored(desk, request);
    } catch (const Problem& problem) {
        constexpr int told_there[] = {413, 415, 422};
        if (std::find(std::begin(told_there), std::end(told_there), problem.status) == std::end(told_there)) throw;
        const auto reader = desk.store.read();
        Answer page = at_article(desk, reader, request, open_article(reader, request).article);
        page.location.clear();
        return web::again(request, std::move(page), problem);
    }
}

}  // namespace

void forget_unshown(store::Change& change, const std::vector<Photo>& photos) {
    for (const Photo& photo : photos) {
        const auto kept = evidence::find(change, photo.evidence);
        if (kept && showing(change, photo.evidence).empty()) evidence::forget(change, kept->id);
    }
}

Answer add_photo(const Desk& desk, const Request& request) {
    return or_page_again(desk, request, store_photo);
}

Answer change_photo(const Desk& desk, const Request& request) {
    return or_page_again(desk, request, store_change);
}

}  // namespace guidon::news

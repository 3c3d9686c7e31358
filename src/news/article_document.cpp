#include "news/article_document.h"

#include "base/moment.h"
#include "base/partial_date.h"
#include "evidence/evidence_store.h"
#include "news/markup.h"
#include "units/units_pages.h"

namespace guidon::news {

namespace json = boost::json;
using people::Action;
using people::Gate;
using web::Request;

namespace {

json::array blocks_part(const std::string& body) {
    json::array blocks;
    for (const Block& block : blocks_of(body)) {
        json::array items(block.items.begin(), block.items.end());
        blocks.push_back(json::object{{"paragraph", block.kind == BlockKind::paragraph},
                                      {"heading", block.kind == BlockKind::heading},
                                      {"subheading", block.kind == BlockKind::subheading},
                                      {"quote", block.kind == BlockKind::quote},
                                      {"bullets", block.kind == BlockKind::bullets},
                                      {"numbers", block.kind == BlockKind::numbers},
                                      {"text", block.text},
                                      {"items", std::move(items)}});
    }
    return blocks;
}

json::array sources_part(const std::vector<Source>& sources) {
    json::array all;
    for (const auto& [label, address] : sources) {
        json::object part{{"label", label}, {"has_address", !address.empty()}};
        if (!address.empty()) part["address"] = address;
        all.push_back(std::move(part));
    }
    return all;
}

json::array documents_part(const std::vector<CitedDocument>& documents, Language language) {
    json::array all;
    for (const auto& [number, issuer, dated, title] : documents) {
        json::array told;
        for (const std::string& known : {title, number, issuer, partial_date_text(language, dated)})
            if (!known.empty()) told.push_back(json::object{{"text", known}});
        json::object part{{"told", std::move(told)}};
        const std::pair<const char*, const std::string*> fields[] = {
            {"number", &number}, {"issuer", &issuer}, {"dated", &dated}, {"title", &title}};
        for (const auto& [name, value] : fields)
            if (!value->empty()) part[name] = *value;
        all.push_back(std::move(part));
    }
    return all;
}

json::array about_part(const std::vector<About>& about) {
    json::array all;
    for (const auto& [subject, label] : about)
        all.push_back(json::object{{"href", subject}, {"label", label.empty() ? subject : label}});
    return all;
}

/// `part.change_action` is there for who may change it.
json::array photos_part(const store::Reader& reader, const Article& article, const std::vector<Photo>& photos,
                        bool may_change, Language language) {
    json::array all;
    for (const Photo& photo : photos) {
        const auto kept = evidence::find(reader, photo.evidence);
        if (!kept) continue;  // the doctor tells
        json::object part = evidence::evidence_part(*kept, language);
        part["caption"] = photo.caption;
        part["credit"] = photo.credit;
        if (may_change) part["change_action"] = article.href() + "/photos/" + photo.evidence;
        all.push_back(std::move(part));
    }
    return all;
}

/// What other sites show of a published article: its summary and its first photo.
void tell_share(json::object& document, const Request& request, const ArticleText& text) {
    if (!text.lede.empty()) document["description"] = text.lede;
    const auto& photos = document.at("photos").as_array();
    if (!photos.empty()) document["image"] = request.origin + std::string(photos.front().at("href").as_string());
}

/// Which versions there are: those that were published, and for writers the one that is being written.
json::array versions_part(const store::Reader& reader, const Article& article, bool writes, int number,
                          Language language) {
    json::array all;
    for (const Version& one : versions(reader, article.id)) {
        if (one.published == 0 && !writes) continue;
        const bool current = one.number == article.shown;
        json::object part{
            {"number", one.number},
            {"href", current ? article.href() : article.href() + "/versions/" + std::to_string(one.number)},
            {"title", say(language, "news.version", {{"number", std::to_string(one.number)}})},
            {"current", current},
            {"here", one.number == number},
            {"is_draft", one.published == 0},
            {"at_text", one.published == 0 ? say(language, "news.being-written")
                                           : moment_text(language, one.published_utc_ms, DateStyle::medium)},
            {"has_note", !one.note.empty()}};
        if (!one.note.empty()) part["note"] = one.note;
        all.push_back(std::move(part));
    }
    return all;
}

/// "Corrected: … The version before is there."
void tell_corrections(json::object& document, const Article& article, const Version& version, Language language) {
    const bool older = version.published > 0 && version.number != article.shown;
    document["is_older"] = older;
    document["is_being_written"] = version.published == 0;
    if (older) document["newest_href"] = article.href();
    if (!version.note.empty()) document["corrected_text"] = say(language, "news.corrected", {{"note", version.note}});
}

void tell_withdrawal(json::object& document, const Article& article, Language language) {
    const bool withdrawn = article.state == ArticleState::withdrawn;
    document["is_withdrawn"] = withdrawn;
    if (!withdrawn) return;
    document["reason"] = article.reason;
    document["withdrawn_text"] =
        say(language, "news.withdrawn-on",
            {{"day", date_text(language, article.withdrawn.text())}, {"reason", article.reason}});
}

void tell_actions(json::object& document, const Article& article, bool writes) {
    const bool goes_on = writes && article.state != ArticleState::withdrawn;
    document["may_edit"] = goes_on && article.draft > 0;
    document["may_publish"] = goes_on && article.draft > 0;
    document["may_correct"] = goes_on && article.draft == 0;
    document["may_drop"] = goes_on && article.draft > 0 && article.was_published();
    document["may_withdraw"] = writes && may_move(article.state, ArticleMove::withdraw);
    document["action"] = article.href();
    document["version"] = std::to_string(article.since);
}

}  // namespace

bool may_write(const store::Reader& reader, const Request& request, const Article& article) {
    return Gate::may(reader, people::viewer_of(request), Action::write_news, {.unit = article.unit});
}

Article visible_article(const store::Reader& reader, const Request& request) {
    auto found = find_article(reader, request.place.at("id"));
    if (found && (found->was_published() || may_write(reader, request, *found))) return *std::move(found);
    throw Problem("news.unknown", {{"id", request.place.at("id")}}, "", 404);
}

json::object article_row(const Desk& desk, const store::Reader& reader, const Row& row, Language language) {
    json::object part{{"id", row.article.public_id},
                      {"href", row.article.href()},
                      {"title", row.title},
                      {"has_lede", !row.lede.empty()},
                      {"lede", row.lede},
                      {"language", code(row.language)},
                      {"direction", direction(row.language)},
                      {"unit", units::unit_reference(units::unit(reader, row.article.unit, desk.today()), language)},
                      {"state", code(row.article.state)},
                      {"is_published", row.article.state == ArticleState::published}};
    if (row.article.was_published()) {
        part["published"] = row.article.published.text();
        part["published_text"] = date_text(language, row.article.published.text());
    }
    return part;
}

json::object article_document(const Desk& desk, const store::Reader& reader, const Request& request,
                              const Article& article, int number) {
    const Language language = request.language;
    const bool writes = may_write(reader, request, article);
    const Version shown = version(reader, article.id, number);
    json::object document{{"title", shown.text.title},
                          {"id", article.public_id},
                          {"href", article.href()},
                          {"number", number},
                          {"language", code(shown.text.language)},
                          {"direction", direction(shown.text.language)},
                          {"unit", units::unit_reference(units::unit(reader, article.unit, desk.today()), language)},
                          {"state", code(article.state)},
                          {"state_text", say(language, "news.state." + std::string(code(article.state)))},
                          {"may_write", writes},
                          {"versions", versions_part(reader, article, writes, number, language)}};
    if (article.was_published()) {
        document["published"] = article.published.text();
        document["published_text"] = date_text(language, article.published.text());
    }
    tell_withdrawal(document, article, language);
    tell_corrections(document, article, shown, language);
    tell_actions(document, article, writes);
    // What was withdrawn is no longer told to readers; that it was there and why it went, is.
    const bool told = article.state != ArticleState::withdrawn || writes;
    const ArticleText text = told ? shown.text : ArticleText{};
    if (!text.lede.empty()) document["lede_text"] = text.lede;
    std::string authors;
    for (const auto& name : text.authors) authors += (authors.empty() ? "" : " – ") + name;
    if (!authors.empty()) document["authors_text"] = authors;
    document["authors"] = json::array(text.authors.begin(), text.authors.end());
    document["blocks"] = blocks_part(text.body);
    document["sources"] = sources_part(text.sources);
    document["documents"] = documents_part(text.documents, language);
    document["about"] = about_part(text.about);
    const bool changes_photos = writes && article.state != ArticleState::withdrawn && number == article.draft;
    document["photos"] = photos_part(reader, article, text.photos, changes_photos, language);
    if (changes_photos) document["photos_action"] = article.href() + "/photos";
    if (number == article.shown && article.state == ArticleState::published) tell_share(document, request, text);
    document["has_versions"] = told && document.at("versions").as_array().size() > 1;
    if (number == article.shown)
        if (auto thread = comments::comments_part(desk.comments, reader, request, article.href()); thread.is_object())
            document["thread"] = std::move(thread);
    return document;
}

}  // namespace guidon::news

// How are articles and their versions kept? What was published stays as it was; a correction is another version. At
// most one version of an article is being written.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/problem.h"
#include "news/article.h"
#include "store/store.h"
#include "units/units_store.h"

namespace guidon::news {

using ArticleId = Id<struct ArticleTag>;
using VersionId = Id<struct ArticleVersionTag>;
using units::UnitId;

struct Article {
    ArticleId id;
    std::string public_id;
    UnitId unit;  // that publishes it
    ArticleState state = ArticleState::draft;
    Day published;  // of the first version; always() = never
    std::int64_t published_utc_ms = 0;
    int shown = 0;  // number of the version that readers get; 0 = none
    int draft = 0;  // number of the version that is being written; 0 = none
    std::string reason;
    Day withdrawn;
    std::string salt;
    std::int64_t since = 0;  // journal entry that last changed it: its version for If-Match

    std::string href() const { return "/news/" + public_id; }
    bool was_published() const { return shown > 0; }
    bool operator==(const Article&) const = default;
};

struct Version {
    VersionId id;
    int number = 1;
    ArticleText text;
    std::string note;            // what was corrected
    std::int64_t published = 0;  // journal entry; 0 = being written
    std::int64_t published_utc_ms = 0;
    bool operator==(const Version&) const = default;
};

std::optional<Article> find_article(const store::Reader& reader, std::string_view public_id);
Article article(const store::Reader& reader, ArticleId id);              // must exist
Version version(const store::Reader& reader, ArticleId id, int number);  // must exist
/// All of them, the newest first; without their lists (authors, sources …).
std::vector<Version> versions(const store::Reader& reader, ArticleId id);

/// What a list shows of an article: the shown version, or the one being written.
struct Row {
    Article article;
    Language language = Language::en;
    std::string title, lede;
    std::int64_t changed_utc_ms = 0;  // when the shown version was published
};
/// Published ones, newest first; of one year, or of all (0).
std::vector<Row> published(const store::Reader& reader, int year, int most, int skip);
/// Drafts and corrections that are being written, anywhere; newest first.
std::vector<Row> being_written(const store::Reader& reader, int most);
/// Years in which something was published that still stands, newest first.
std::vector<int> years(const store::Reader& reader);

ArticleId add_article(store::Change& change, UnitId unit, const ArticleText& text, std::string public_id = "");
/// Replaces what the version that is being written says; its photos stay.
void rewrite(store::Change& change, const Article& article, const ArticleText& text, const std::string& note);
/// Replaces the photos of the version that is being written.
void put_photos(store::Change& change, const Article& article, const std::vector<Photo>& photos);
/// Where a kept file is shown: articles with the moment at which that version was published, 0 = not yet.
struct Showing {
    ArticleId article;
    std::int64_t published = 0;
};
std::vector<Showing> showing(const store::Reader& reader, std::string_view evidence);
/// A copy of the shown version to write on.
void begin_correction(store::Change& change, const Article& article);
/// The correction that is being written goes; nobody has read it. Photos that were in it alone are the caller's to
/// forget.
void drop_correction(store::Change& change, const Article& article);
/// The version that is being written becomes the shown one.
void publish(store::Change& change, const Article& article, Day today);
void withdraw(store::Change& change, const Article& article, const std::string& reason, Day today);

/// Shown versions, threads and photos’ files that are not there: codes "doctor.article-…".
std::vector<Problem> check_articles(const store::Reader& reader);

}  // namespace guidon::news

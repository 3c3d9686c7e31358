#include "news/articles_store.h"

#include "accounts/secret.h"
#include "base/assert.h"
#include "store/sql.h"

namespace guidon::news {

using store::first_of;
using store::first_row;
using store::next_id;
using store::one;
using store::rows;
using store::run;

namespace {

const std::string article_columns =
    "a.id, a.public_id, a.unit, a.state, a.published_day, a.published_utc_ms, a.shown, a.draft, a.reason,"
    " a.withdrawn_day, a.salt, a.since_seq";

template <class... Arguments>
std::vector<Article> read_articles(const store::Reader& reader, const std::string& rest,
                                   const Arguments&... arguments) {
    std::vector<Article> all;
    for (auto& [id, public_id, unit, state, day, at, shown, draft, reason, withdrawn, salt, since] :
         rows<ArticleId, std::string, UnitId, std::string, Day, std::int64_t, int, int, std::string, Day, std::string,
              std::int64_t>(reader, "SELECT " + article_columns + " FROM article a " + rest, arguments...))
        all.push_back({id, public_id, unit, article_state_of(state).value(), day, at, shown, draft, reason, withdrawn,
                       salt, since});
    return all;
}

/// Articles with the version that `joined` names.
template <class... Arguments>
std::vector<Row> read_rows(const store::Reader& reader, const std::string& joined, const std::string& rest,
                           const Arguments&... arguments) {
    std::vector<Row> all;
    for (auto& [id, public_id, unit, state, day, at, shown, draft, reason, withdrawn, salt, since, language, title,
                lede, changed] :
         rows<ArticleId, std::string, UnitId, std::string, Day, std::int64_t, int, int, std::string, Day, std::string,
              std::int64_t, std::string, std::string, std::string, std::int64_t>(
             reader,
             "SELECT " + article_columns +
                 ", v.language, v.title, v.lede, v.published_utc_ms FROM article a JOIN article_version v ON"
                 " v.article = a.id AND v.number = " +
                 joined + " " + rest,
             arguments...))
        all.push_back({{id, public_id, unit, article_state_of(state).value(), day, at, shown, draft, reason, withdrawn,
                        salt, since},
                       language_of(language).value(),
                       title,
                       lede,
                       changed});
    return all;
}

template <class... Arguments>
std::vector<Version> read_versions(const store::Reader& reader, const std::string& rest,
                                   const Arguments&... arguments) {
    std::vector<Version> all;
    for (auto& [id, number, language, title, lede, body, note, seq, at] :
         rows<VersionId, int, std::string, std::string, std::string, std::string, std::string, std::int64_t,
              std::int64_t>(reader,
                            "SELECT id, number, language, title, lede, body, note, published_seq, published_utc_ms"
                            " FROM article_version " +
                                rest,
                            arguments...)) {
        Version found{id, number, {}, note, seq, at};
        found.text.language = language_of(language).value();
        found.text.title = title;
        found.text.lede = lede;
        found.text.body = body;
        all.push_back(std::move(found));
    }
    return all;
}

void read_lists(const store::Reader& reader, Version& version) {
    ArticleText& text = version.text;
    for (auto& [name] :
         rows<std::string>(reader, "SELECT name FROM article_author WHERE version = :v ORDER BY position", version.id))
        text.authors.push_back(name);
    for (auto& [label, address] : rows<std::string, std::string>(
             reader, "SELECT label, address FROM article_source WHERE version = :v ORDER BY position", version.id))
        text.sources.push_back({label, address});
    for (auto& [number, issuer, dated, title] : rows<std::string, std::string, std::string, std::string>(
             reader, "SELECT number, issuer, dated, title FROM article_document WHERE version = :v ORDER BY position",
             version.id))
        text.documents.push_back({number, issuer, dated, title});
    for (auto& [subject, label] : rows<std::string, std::string>(
             reader, "SELECT subject, label FROM article_about WHERE version = :v ORDER BY position", version.id))
        text.about.push_back({subject, label});
    for (auto& [evidence, caption, credit] : rows<std::string, std::string, std::string>(
             reader, "SELECT evidence, caption, credit FROM article_photo WHERE version = :v ORDER BY position",
             version.id))
        text.photos.push_back({evidence, caption, credit});
}

void write_photos(store::Change& change, VersionId version, const std::vector<Photo>& photos) {
    run(change, "DELETE FROM article_photo WHERE version = :v", version);
    for (std::size_t i = 0; i < photos.size(); ++i)
        run(change,
            "INSERT INTO article_photo (version, position, evidence, caption, credit)"
            " VALUES (:v, :p, :evidence, :caption, :credit)",
            version, i + 1, photos[i].evidence, photos[i].caption, photos[i].credit);
}

void clear_lists(store::Change& change, VersionId version) {
    for (const std::string table : {"article_author", "article_source", "article_document", "article_about"})
        run(change, "DELETE FROM " + table + " WHERE version = :v", version);
}

void write_lists(store::Change& change, VersionId version, const ArticleText& text) {
    int position = 0;
    for (const auto& name : text.authors)
        run(change, "INSERT INTO article_author (version, position, name) VALUES (:v, :p, :name)", version, ++position,
            name);
    position = 0;
    for (const auto& [label, address] : text.sources)
        run(change, "INSERT INTO article_source (version, position, label, address) VALUES (:v, :p, :label, :address)",
            version, ++position, label, address);
    position = 0;
    for (const auto& [number, issuer, dated, title] : text.documents)
        run(change,
            "INSERT INTO article_document (version, position, number, issuer, dated, title)"
            " VALUES (:v, :p, :number, :issuer, :dated, :title)",
            version, ++position, number, issuer, dated, title);
    position = 0;
    for (const auto& [subject, label] : text.about)
        run(change, "INSERT INTO article_about (version, position, subject, label) VALUES (:v, :p, :subject, :label)",
            version, ++position, subject, label);
}

VersionId add_version(store::Change& change, ArticleId article, int number, const ArticleText& text) {
    const VersionId id(next_id(change, "article_version"));
    run(change,
        "INSERT INTO article_version (id, article, number, language, title, lede, body, note, published_seq,"
        " published_utc_ms) VALUES (:id, :article, :number, :language, :title, :lede, :body, '', 0, 0)",
        id, article, number, code(text.language), text.title, text.lede, text.body);
    write_lists(change, id, text);
    write_photos(change, id, text.photos);
    return id;
}

VersionId draft_of(const store::Reader& reader, const Article& article) {
    GUIDON_ASSERT(article.draft > 0);
    return VersionId(one<std::int64_t>(reader, "SELECT id FROM article_version WHERE article = :a AND number = :n",
                                       article.id, article.draft));
}

void touch(store::Change& change, ArticleId id) {
    run(change, "UPDATE article SET since_seq = :seq WHERE id = :id", change.next_seq(), id);
}

}  // namespace

std::optional<Article> find_article(const store::Reader& reader, std::string_view public_id) {
    return first_of(read_articles(reader, "WHERE a.public_id = :id", public_id));
}

Article article(const store::Reader& reader, ArticleId id) {
    return read_articles(reader, "WHERE a.id = :id", id).at(0);
}

Version version(const store::Reader& reader, ArticleId id, int number) {
    Version found = read_versions(reader, "WHERE article = :article AND number = :number", id, number).at(0);
    read_lists(reader, found);
    return found;
}

std::vector<Version> versions(const store::Reader& reader, ArticleId id) {
    return read_versions(reader, "WHERE article = :article ORDER BY number DESC", id);
}

std::vector<Row> published(const store::Reader& reader, int year, int most, int skip) {
    const int from = year * 10'000, to = year > 0 ? from + 10'000 : Day::never().number();
    return read_rows(reader, "a.shown",
                     "WHERE a.state = 'published' AND a.published_day >= :from AND a.published_day < :to"
                     " ORDER BY a.published_day DESC, a.id DESC LIMIT :most OFFSET :skip",
                     from, to, most, skip);
}

std::vector<Row> being_written(const store::Reader& reader, int most) {
    return read_rows(reader, "a.draft", "WHERE a.draft > 0 AND a.state <> 'withdrawn' ORDER BY a.id DESC LIMIT :most",
                     most);
}

std::vector<int> years(const store::Reader& reader) {
    std::vector<int> all;
    int before = Day::never().number();
    while (true) {  // one look into the index for each year
        const auto newest = one<std::optional<int>>(
            reader, "SELECT max(published_day) FROM article WHERE state = 'published' AND published_day < :before",
            before);
        if (!newest) return all;
        all.push_back(*newest / 10'000);
        before = *newest / 10'000 * 10'000;
    }
}

ArticleId add_article(store::Change& change, UnitId unit, const ArticleText& text, std::string public_id) {
    const ArticleId id(next_id(change, "article"));
    if (public_id.empty()) public_id = store::new_public_id();
    run(change,
        "INSERT INTO article (id, public_id, unit, state, published_day, published_utc_ms, shown, draft, reason,"
        " withdrawn_day, salt, since_seq) VALUES (:id, :public, :unit, 'draft', 0, 0, 0, 1, '', 0, :salt, :seq)",
        id, public_id, unit, accounts::new_key(), change.next_seq());
    add_version(change, id, 1, text);
    return id;
}

void rewrite(store::Change& change, const Article& article, const ArticleText& text, const std::string& note) {
    const VersionId id = draft_of(change, article);
    run(change,
        "UPDATE article_version SET language = :language, title = :title, lede = :lede, body = :body, note = :note"
        " WHERE id = :id",
        code(text.language), text.title, text.lede, text.body, note, id);
    clear_lists(change, id);
    write_lists(change, id, text);
    touch(change, article.id);
}

void put_photos(store::Change& change, const Article& article, const std::vector<Photo>& photos) {
    write_photos(change, draft_of(change, article), photos);
    touch(change, article.id);
}

std::vector<Showing> showing(const store::Reader& reader, std::string_view evidence) {
    std::vector<Showing> all;
    for (const auto& [article, published] : rows<ArticleId, std::int64_t>(
             reader,
             "SELECT v.article, v.published_utc_ms FROM article_photo p JOIN article_version v ON v.id = p.version"
             " WHERE p.evidence = :evidence ORDER BY v.id",
             evidence))
        all.push_back({article, published});
    return all;
}

void begin_correction(store::Change& change, const Article& article) {
    GUIDON_ASSERT(article.draft == 0 && article.shown > 0);
    const int number = versions(change, article.id).front().number + 1;
    add_version(change, article.id, number, version(change, article.id, article.shown).text);
    run(change, "UPDATE article SET draft = :number WHERE id = :id", number, article.id);
    touch(change, article.id);
}

void drop_correction(store::Change& change, const Article& article) {
    GUIDON_ASSERT(article.shown > 0);
    const VersionId id = draft_of(change, article);
    clear_lists(change, id);
    write_photos(change, id, {});
    run(change, "DELETE FROM article_version WHERE id = :id", id);
    run(change, "UPDATE article SET draft = 0 WHERE id = :id", article.id);
    touch(change, article.id);
}

void publish(store::Change& change, const Article& article, Day today) {
    run(change, "UPDATE article_version SET published_seq = :seq, published_utc_ms = :at WHERE id = :id",
        change.next_seq(), change.at_utc_ms(), draft_of(change, article));
    if (!article.was_published())
        run(change,
            "UPDATE article SET state = 'published', published_day = :day, published_utc_ms = :at WHERE id = :id",
            today, change.at_utc_ms(), article.id);
    run(change, "UPDATE article SET shown = draft, draft = 0 WHERE id = :id", article.id);
    touch(change, article.id);
}

void withdraw(store::Change& change, const Article& article, const std::string& reason, Day today) {
    run(change, "UPDATE article SET state = 'withdrawn', reason = :reason, withdrawn_day = :day WHERE id = :id", reason,
        today, article.id);
    touch(change, article.id);
}

std::vector<Problem> check_articles(const store::Reader& reader) {
    std::vector<Problem> found;
    for (const auto& [id] : rows<std::string>(
             reader,
             "SELECT public_id FROM article a WHERE (state = 'published' AND shown = 0) OR (shown > 0 AND NOT EXISTS"
             " (SELECT 1 FROM article_version v WHERE v.article = a.id AND v.number = a.shown AND v.published_seq > 0))"
             " OR (draft > 0 AND NOT EXISTS (SELECT 1 FROM article_version v WHERE v.article = a.id AND"
             " v.number = a.draft AND v.published_seq = 0)) ORDER BY id LIMIT 100"))
        found.emplace_back("doctor.article-version", Arguments{{"article", id}});
    for (const auto& [id] : rows<std::string>(
             reader,
             "SELECT public_id FROM article a WHERE state = 'published' AND NOT EXISTS"
             " (SELECT 1 FROM comment_thread t WHERE t.subject = '/news/' || a.public_id) ORDER BY id LIMIT 100"))
        found.emplace_back("doctor.article-thread", Arguments{{"article", id}});
    for (const auto& [id] :
         rows<std::string>(reader,
                           "SELECT DISTINCT a.public_id FROM article_photo p JOIN article_version v ON v.id = p.version"
                           " JOIN article a ON a.id = v.article WHERE NOT EXISTS"
                           " (SELECT 1 FROM evidence e WHERE e.public_id = p.evidence) ORDER BY a.public_id LIMIT 100"))
        found.emplace_back("doctor.article-photo", Arguments{{"article", id}});
    return found;
}

}  // namespace guidon::news

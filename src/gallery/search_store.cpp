#include "gallery/search_store.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "store/sql.h"

namespace guidon::gallery {

using store::first_row;
using store::one;
using store::run;

namespace {

bool on_sqlite(const store::Reader& reader) {
    return reader.backend() == store::Backend::sqlite;
}

/// `'word':3A 'word':17`: what PostgreSQL keeps. The title's words come first; a gap keeps them from being beside the
/// text's.
std::string word_places(std::string_view title, std::string_view body) {
    std::string places;
    int place = 0;
    const auto add = [&](std::string_view text, const char* weight) {
        for (const std::string& word : tokens_of(text))
            places.append(places.empty() ? "'" : " '")
                .append(word)
                .append("':")
                .append(std::to_string(++place))
                .append(weight);
        ++place;
    };
    add(title, "A");
    add(body, "");
    return places;
}

/// Under which number SQLite keeps an exemplar's words: the newest first, which is cheaper than reading backwards.
std::int64_t words_number(ExemplarId id) {
    return -id.number();
}

/// `~dan~van`: what stands beside each other, as one word.
std::string beside(const std::vector<std::string>& words, std::size_t begin, std::size_t count) {
    std::string all;
    for (std::size_t i = begin; i < begin + count; ++i) all.append("~").append(words[i]);
    return all;
}

/// So many words beside each other SQLite keeps of a title, and of the rest.
constexpr std::size_t run_in_title = 3, run_in_text = 2;

/// What SQLite keeps: `_dan _van _kheo _~dan~van _~van~kheo _~dan~van~kheo dan van kheo ~dan~van ~van~kheo`.
std::string marked_words(std::string_view title, std::string_view body) {
    std::string all;
    const auto add = [&](const std::vector<std::string>& tokens, std::string_view mark, std::size_t longest) {
        for (const std::string& token : tokens) all.append(mark).append(token).append(" ");
        for (std::size_t count = 2; count <= longest; ++count)
            for (std::size_t i = 0; i + count <= tokens.size(); ++i)
                all.append(mark).append(beside(tokens, i, count)).append(" ");
    };
    const auto in_title = tokens_of(title);
    add(in_title, "_", run_in_title);
    add(in_title, "", run_in_text);
    add(tokens_of(body), "", run_in_text);
    return all;
}

/// Each word and the next one.
std::vector<Term> as_pairs(const std::vector<Term>& terms) {
    const Term all = as_one(terms);
    if (all.words.size() < 2) return {all};
    std::vector<Term> pairs;
    for (std::size_t i = 1; i < all.words.size(); ++i) pairs.push_back({{all.words[i - 1], all.words[i]}, false});
    pairs.back().beginning = all.beginning;
    return pairs;
}

/// `"_~dan~van" AND "_kheo" *`; of more words beside each other than are kept it asks for each run of so many.
std::string fts5_query(const std::vector<Term>& terms, bool in_title) {
    std::string all;
    for (const Term& term : terms) {
        const std::size_t count = std::min(term.words.size(), in_title ? run_in_title : run_in_text);
        for (std::size_t i = 0; i + count <= term.words.size(); ++i) {
            all.append(all.empty() ? "\"" : " AND \"").append(in_title ? "_" : "");
            all.append(count > 1 ? beside(term.words, i, count) : term.words[i]);
            all.append(term.beginning && i + count == term.words.size() ? "\" *" : "\"");
        }
    }
    return all;
}

/// `('dan':A <-> 'van':A) & 'kheo':*A`
std::string ts_query(const std::vector<Term>& terms, bool in_title) {
    std::string all;
    for (const Term& term : terms) {
        std::string phrase;
        for (std::size_t i = 0; i < term.words.size(); ++i) {
            const bool goes_on = term.beginning && i + 1 == term.words.size();
            phrase += (phrase.empty() ? "'" : " <-> '") + term.words[i] + "'" + (goes_on || in_title ? ":" : "") +
                      (goes_on ? "*" : "") + (in_title ? "A" : "");
        }
        all += (all.empty() ? "(" : " & (") + phrase + ")";
    }
    return all;
}

std::vector<ExemplarId> numbers_in(std::string_view list) {
    std::vector<ExemplarId> all;
    while (!list.empty()) {
        const auto comma = list.find(',');
        const std::string_view text = list.substr(0, comma);
        std::int64_t number = 0;
        std::from_chars(text.data(), text.data() + text.size(), number);
        all.emplace_back(number);
        list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
    }
    return all;
}

struct KeptText {
    std::string title, body, shown;
};

std::optional<KeptText> kept_text(const store::Reader& reader, ExemplarId id) {
    const auto row = first_row<std::string, std::string, std::string>(
        reader, "SELECT title, body, shown FROM exemplar_text WHERE exemplar = :id", id);
    if (!row) return std::nullopt;
    return KeptText{std::get<0>(*row), std::get<1>(*row), std::get<2>(*row)};
}

void forget(store::Change& change, ExemplarId id, const KeptText& was) {
    if (on_sqlite(change))
        run(change, "INSERT INTO exemplar_words (exemplar_words, rowid, words) VALUES ('delete', :n, :words)",
            words_number(id), marked_words(was.title, was.body));
    run(change, "DELETE FROM exemplar_text WHERE exemplar = :id", id);
}

void add(store::Change& change, const Text& text) {
    if (on_sqlite(change)) {
        run(change,
            "INSERT INTO exemplar_text (exemplar, since_seq, title, body, shown)"
            " VALUES (:id, :since, :title, :body, :shown)",
            text.at.exemplar, text.at.seq, text.title, text.body.folded, text.body.shown);
        run(change, "INSERT INTO exemplar_words (rowid, words) VALUES (:n, :words)", words_number(text.at.exemplar),
            marked_words(text.title, text.body.folded));
        return;
    }
    run(change,
        "INSERT INTO exemplar_text (exemplar, since_seq, title, body, shown, words)"
        " VALUES (:id, :since, :title, :body, :shown, CAST(:words AS tsvector))",
        text.at.exemplar, text.at.seq, text.title, text.body.folded, text.body.shown,
        word_places(text.title, text.body.folded));
}

void keep_text(store::Change& change, const Text& text) {
    const auto was = kept_text(change, text.at.exemplar);
    if (was && text.searched && was->title == text.title && was->body == text.body.folded &&
        was->shown == text.body.shown) {
        run(change, "UPDATE exemplar_text SET since_seq = :since WHERE exemplar = :id", text.at.seq, text.at.exemplar);
        return;
    }
    if (was) forget(change, text.at.exemplar, *was);
    if (text.searched) add(change, text);
}

/// Runs say of more words only that each of the runs is somewhere: whether it has `terms`.
bool says_all(const store::Reader& reader, ExemplarId id, const std::vector<Term>& terms, bool in_title) {
    const auto text = kept_text(reader, id);
    return text && std::all_of(terms.begin(), terms.end(), [&](const Term& term) {
               return says(text->title, term) || (!in_title && says(text->body, term));
           });
}

/// `unsure`: those of the terms that the runs do not tell.
std::vector<ExemplarId> newest_on_sqlite(const store::Reader& reader, const std::string& query,
                                         const std::vector<Term>& unsure, bool in_title, int most) {
    std::vector<ExemplarId> found;
    for (std::int64_t after = std::numeric_limits<std::int64_t>::min();;) {
        const auto some = numbers_in(
            one<std::string>(reader,
                             "SELECT coalesce(group_concat(n), '') FROM (SELECT -rowid AS n FROM exemplar_words"
                             " WHERE exemplar_words MATCH :query AND rowid > :after ORDER BY rowid LIMIT :most)",
                             query, after, most));
        for (const ExemplarId id : some)
            if (unsure.empty() || says_all(reader, id, unsure, in_title)) found.push_back(id);
        if (static_cast<int>(some.size()) < most || static_cast<int>(found.size()) >= most) break;
        after = words_number(some.back());
    }
    if (static_cast<int>(found.size()) > most) found.resize(static_cast<std::size_t>(most));
    return found;
}

}  // namespace

Position position(const store::Reader& reader) {
    const auto row =
        first_row<std::int64_t, ExemplarId>(reader, "SELECT seq, exemplar FROM exemplar_text_position WHERE id = 1");
    return row ? Position{std::get<0>(*row), std::get<1>(*row)} : Position();
}

std::vector<Text> texts_after(const store::Reader& reader, const Position& from, int most) {
    std::vector<Text> texts;
    for (const Position& at : exemplars::changed_after(reader, from, most)) {
        const auto [state, title, en, vi, ur, content] =
            *first_row<std::string, std::string, std::string, std::string, std::string, std::string>(
                reader, "SELECT state, title, title_en, title_vi, title_ur, content FROM exemplar WHERE id = :id",
                at.exemplar);
        Text text{at, state != "draft", "", {}};
        if (text.searched) {
            text.title = words_of(title + "\n" + en + "\n" + vi + "\n" + ur).folded;
            text.body = words_of(all_text(exemplars::content_of(boost::json::parse(content).as_object())));
        }
        texts.push_back(std::move(text));
    }
    return texts;
}

void keep_texts(store::Change& change, const std::vector<Text>& texts) {
    for (const Text& text : texts) keep_text(change, text);
    if (!texts.empty())
        run(change, "UPDATE exemplar_text_position SET seq = :seq, exemplar = :id WHERE id = 1", texts.back().at.seq,
            texts.back().at.exemplar);
}

std::vector<ExemplarId> newest_with(const store::Reader& reader, const std::vector<Term>& terms, Stands stands,
                                    int most) {
    const bool in_title = stands == Stands::beside_in_title || stands == Stands::in_title;
    std::vector<Term> unsure = terms;
    std::erase_if(unsure,
                  [&](const Term& term) { return term.words.size() <= (in_title ? run_in_title : run_in_text); });
    std::vector<Term> wanted = terms;
    if (stands == Stands::beside_in_title) {
        wanted = {as_one(terms)};
    } else if (stands == Stands::beside) {
        wanted = as_pairs(terms);
        wanted.insert(wanted.end(), unsure.begin(), unsure.end());
    }
    if (on_sqlite(reader)) return newest_on_sqlite(reader, fts5_query(wanted, in_title), unsure, in_title, most);
    return numbers_in(one<std::string>(
        reader,
        "SELECT coalesce(string_agg(CAST(n AS text), ',' ORDER BY n DESC), '') FROM (SELECT exemplar AS n"
        " FROM exemplar_text WHERE words @@ CAST(:query AS tsquery) ORDER BY exemplar DESC LIMIT :most) AS newest",
        ts_query(wanted, in_title), most));
}

Stands stands(const store::Reader& reader, ExemplarId id, const std::vector<Term>& terms) {
    const auto text = kept_text(reader, id);
    if (!text) return Stands::anywhere;
    if (says(text->title, as_one(terms))) return Stands::beside_in_title;
    const auto in_title = [&](const Term& term) { return says(text->title, term); };
    if (std::all_of(terms.begin(), terms.end(), in_title)) return Stands::in_title;
    const auto pairs = as_pairs(terms);
    const auto in_text = [&](const Term& pair) { return in_title(pair) || says(text->body, pair); };
    return std::all_of(pairs.begin(), pairs.end(), in_text) ? Stands::beside : Stands::anywhere;
}

std::optional<WordText> shown_text(const store::Reader& reader, ExemplarId id) {
    const auto row =
        first_row<std::string, std::string>(reader, "SELECT body, shown FROM exemplar_text WHERE exemplar = :id", id);
    if (!row) return std::nullopt;
    return WordText{std::get<0>(*row), std::get<1>(*row)};
}

std::vector<Problem> check_texts(const store::Reader& reader) {
    const auto wrong = one<std::int64_t>(
        reader,
        "SELECT count(*) FROM exemplar e CROSS JOIN exemplar_text_position p"
        " LEFT JOIN exemplar_text t ON t.exemplar = e.id WHERE (e.since_seq < p.seq OR (e.since_seq = p.seq"
        " AND e.id <= p.exemplar)) AND coalesce(t.since_seq, 0) <> CASE e.state WHEN 'draft' THEN 0 ELSE e.since_seq"
        " END");
    if (wrong == 0) return {};
    return {Problem("doctor.exemplar-words", {{"count", std::to_string(wrong)}})};
}

}  // namespace guidon::gallery

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

std::string pair_of(const std::string& word, const std::string& next) {
    return "~" + word + "~" + next;
}

/// What SQLite keeps: `_dan _van _~dan~van dan van ~dan~van`.
std::string marked_words(std::string_view title, std::string_view body) {
    std::string all;
    const auto add = [&](const std::vector<std::string>& tokens, std::string_view mark) {
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            all.append(mark).append(tokens[i]).append(" ");
            if (i > 0) all.append(mark).append(pair_of(tokens[i - 1], tokens[i])).append(" ");
        }
    };
    const auto in_title = tokens_of(title);
    add(in_title, "_");
    add(in_title, "");
    add(tokens_of(body), "");
    return all;
}

/// What stands beside each other when all of it does: each word and the next one.
std::vector<Term> as_pairs(const std::vector<Term>& terms) {
    std::vector<std::string> words;
    for (const Term& term : terms) words.insert(words.end(), term.words.begin(), term.words.end());
    if (words.size() < 2) return terms;
    std::vector<Term> pairs;
    for (std::size_t i = 1; i < words.size(); ++i) pairs.push_back({{words[i - 1], words[i]}, false});
    pairs.back().beginning = terms.back().beginning;
    return pairs;
}

/// `"_~dan~van" AND "_kheo" *`
std::string fts5_query(const std::vector<Term>& terms, bool in_title) {
    std::string all;
    for (const Term& term : terms) {
        const auto& words = term.words;
        for (std::size_t i = words.size() > 1 ? 1 : 0; i < words.size(); ++i) {
            all.append(all.empty() ? "\"" : " AND \"").append(in_title ? "_" : "");
            all.append(i > 0 ? pair_of(words[i - 1], words[i]) : words[i]);
            all.append(term.beginning && i + 1 == words.size() ? "\" *" : "\"");
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

/// Pairs say of three words only that the first two and the last two are beside each other somewhere.
bool says_all(const store::Reader& reader, ExemplarId id, const std::vector<Term>& terms, bool in_title) {
    const auto text = kept_text(reader, id);
    return text && std::all_of(terms.begin(), terms.end(), [&](const Term& term) {
               return term.words.size() < 3 || says(text->title, term) || (!in_title && says(text->body, term));
           });
}

std::vector<ExemplarId> newest_on_sqlite(const store::Reader& reader, const std::vector<Term>& terms, bool in_title,
                                         int most) {
    const std::string query = fts5_query(terms, in_title);
    const bool pairs_tell_all =
        std::all_of(terms.begin(), terms.end(), [](const Term& term) { return term.words.size() < 3; });
    std::vector<ExemplarId> found;
    for (std::int64_t after = std::numeric_limits<std::int64_t>::min();;) {
        const auto some = numbers_in(
            one<std::string>(reader,
                             "SELECT coalesce(group_concat(n), '') FROM (SELECT -rowid AS n FROM exemplar_words"
                             " WHERE exemplar_words MATCH :query AND rowid > :after ORDER BY rowid LIMIT :most)",
                             query, after, most));
        for (const ExemplarId id : some)
            if (pairs_tell_all || says_all(reader, id, terms, in_title)) found.push_back(id);
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
    const bool beside = stands == Stands::beside_in_title || stands == Stands::beside;
    auto wanted = terms;
    if (beside) {
        std::erase_if(wanted,
                      [](const Term& term) { return term.words.size() < 3; });  // the others are pairs, or in them
        const auto pairs = as_pairs(terms);
        wanted.insert(wanted.end(), pairs.begin(), pairs.end());
    }
    if (on_sqlite(reader)) return newest_on_sqlite(reader, wanted, in_title, most);
    return numbers_in(one<std::string>(
        reader,
        "SELECT coalesce(string_agg(CAST(n AS text), ',' ORDER BY n DESC), '') FROM (SELECT exemplar AS n"
        " FROM exemplar_text WHERE words @@ CAST(:query AS tsquery) ORDER BY exemplar DESC LIMIT :most) AS newest",
        ts_query(wanted, in_title), most));
}

Stands stands(const store::Reader& reader, ExemplarId id, const std::vector<Term>& terms) {
    const auto text = kept_text(reader, id);
    if (!text) return Stands::anywhere;
    const auto pairs = as_pairs(terms);
    const auto in_title = [&](const Term& term) { return says(text->title, term); };
    const auto in_text = [&](const Term& term) { return in_title(term) || says(text->body, term); };
    if (std::all_of(terms.begin(), terms.end(), in_title))
        return std::all_of(pairs.begin(), pairs.end(), in_title) ? Stands::beside_in_title : Stands::in_title;
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

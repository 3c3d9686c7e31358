#include "gallery/words.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>

#include "base/language.h"

namespace guidon::gallery {

namespace {

constexpr std::size_t most_words = 12;
constexpr std::size_t longest_word = 100;  // bytes; longer ones are no words
constexpr std::size_t words_before = 8, words_shown = 36;
constexpr std::string_view non_joiner = "\xe2\x80\x8c";

bool is_ascii_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/// One space between words, whatever was there.
std::string with_single_spaces(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        UChar32 c = 0;
        U8_NEXT(text.data(), at, text.size(), c);
        if (c < 0 || (c < 0x80 ? is_ascii_space(static_cast<char>(c)) : u_isUWhiteSpace(c) != 0)) {
            if (!out.empty() && out.back() != ' ') out += ' ';
        } else {
            out += text.substr(begin, at - begin);
        }
    }
    if (out.ends_with(' ')) out.pop_back();
    return out;
}

/// What is neither letter nor digit becomes a hyphen; spaces stay.
std::string with_hyphens(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        UChar32 c = 0;
        U8_NEXT(text.data(), at, text.size(), c);
        if (c == ' ' || (c >= 0 && u_isalnum(c)))
            out += text.substr(begin, at - begin);
        else
            out += '-';
    }
    return out;
}

std::string non_joiners_apart(std::string_view text, char by) {
    std::string out;
    for (std::size_t at; (at = text.find(non_joiner)) != std::string_view::npos; text.remove_prefix(at + 3)) {
        out += text.substr(0, at);
        out += by;
    }
    return out += text;
}

std::size_t spaces_in(std::string_view text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), ' '));
}

std::string folded_word(std::string_view word) {
    std::string folded_ = folded(word);
    std::replace(folded_.begin(), folded_.end(), ' ', '-');
    return folded_.empty() ? "-" : folded_;
}

/// Word by word: where folding the whole text has joined or split words.
std::string folded_by_words(std::string_view shown) {
    std::string out;
    while (!shown.empty()) {
        const auto space = shown.find(' ');
        out += (out.empty() ? "" : " ") + folded_word(shown.substr(0, space));
        shown = space == std::string_view::npos ? std::string_view() : shown.substr(space + 1);
    }
    return out;
}

bool is_separator(char c) {
    return c == ' ' || c == '-';
}

/// The end of `term` in `text` if it begins at `at`; npos if it does not.
std::size_t end_of(std::string_view text, std::size_t at, const Term& term) {
    for (std::size_t i = 0; i < term.words.size(); ++i) {
        if (i > 0) {
            const std::size_t begin = at;
            while (at < text.size() && is_separator(text[at])) ++at;
            if (at == begin) return std::string_view::npos;
        }
        if (!text.substr(at).starts_with(term.words[i])) return std::string_view::npos;
        at += term.words[i].size();
    }
    if (term.beginning)
        while (at < text.size() && !is_separator(text[at])) ++at;
    return at == text.size() || is_separator(text[at]) ? at : std::string_view::npos;
}

struct Hit {
    std::size_t begin, end;  // in bytes of the folded text
};

constexpr std::size_t most_hits = 200;

void find_hits(std::string_view text, const Term& term, std::vector<Hit>& hits, std::size_t most = most_hits) {
    const std::string& first = term.words.front();
    for (std::size_t at = text.find(first); at != std::string_view::npos && hits.size() < most;
         at = text.find(first, at + 1)) {
        if (at > 0 && !is_separator(text[at - 1])) continue;
        if (const std::size_t end = end_of(text, at, term); end != std::string_view::npos) hits.push_back({at, end});
    }
}

/// Takes one word and the space behind it away from `text`.
std::string_view take_word(std::string_view& text) {
    const auto space = text.find(' ');
    const std::string_view word = text.substr(0, space);
    text = space == std::string_view::npos ? std::string_view() : text.substr(space + 1);
    return word;
}

void append(std::vector<Piece>& pieces, std::string_view word, bool hit) {
    if (pieces.empty()) {
        pieces.push_back({std::string(word), hit});
        return;
    }
    if (pieces.back().hit == hit) {
        pieces.back().text.append(" ").append(word);
    } else if (hit) {
        pieces.back().text += ' ';
        pieces.push_back({std::string(word), true});
    } else {
        pieces.push_back({" " + std::string(word), false});
    }
}

}  // namespace

WordText words_of(std::string_view text) {
    WordText words;
    words.shown = with_single_spaces(text);
    const std::string joined = non_joiners_apart(words.shown, '-');
    words.folded = folded(joined);
    if (spaces_in(words.folded) != spaces_in(words.shown)) words.folded = folded_by_words(joined);
    words.folded = with_hyphens(words.folded);
    return words;
}

std::vector<std::string> tokens_of(std::string_view folded) {
    std::vector<std::string> all;
    for (std::size_t at = 0; at < folded.size();) {
        if (is_separator(folded[at])) {
            ++at;
            continue;
        }
        const std::size_t begin = at;
        while (at < folded.size() && !is_separator(folded[at])) ++at;
        if (at - begin <= longest_word) all.emplace_back(folded.substr(begin, at - begin));
    }
    return all;
}

std::vector<Term> terms_of(std::string_view typed) {
    std::vector<Term> terms;
    std::size_t words = 0;
    const auto add = [&](std::string_view text, bool beginning) {
        Term term{tokens_of(words_of(text).folded), beginning};
        if (term.words.size() > most_words - words) term.words.resize(most_words - words);
        words += term.words.size();
        if (!term.words.empty()) terms.push_back(std::move(term));
    };
    const std::string text = non_joiners_apart(typed, ' ');
    for (std::string_view rest = text; !rest.empty();) {
        if (rest.front() == '"') {
            const auto end = rest.find('"', 1);
            add(rest.substr(1, end == std::string_view::npos ? end : end - 1), false);
            rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
            continue;
        }
        const auto end = rest.find_first_of(" \t\n\"");
        const std::string_view word = rest.substr(0, end);
        if (!word.empty()) add(word, word.ends_with('*'));
        if (end == std::string_view::npos) break;
        rest.remove_prefix(rest[end] == '"' ? end : end + 1);
    }
    return terms;
}

Term as_one(const std::vector<Term>& terms) {
    Term all;
    for (const Term& term : terms) all.words.insert(all.words.end(), term.words.begin(), term.words.end());
    if (!terms.empty()) all.beginning = terms.back().beginning;
    return all;
}

bool says(std::string_view folded, const Term& term) {
    std::vector<Hit> hits;
    find_hits(folded, term, hits, 1);
    return !hits.empty();
}

std::vector<Piece> snippet(std::string_view folded, std::string_view shown, const std::vector<Term>& terms) {
    const std::string_view all = folded;
    std::vector<Hit> hits;
    if (terms.size() > 1) find_hits(folded, as_one(terms), hits);
    const std::size_t best = hits.empty() ? 1 : 0;  // beside each other is the best place
    std::size_t first = hits.empty() ? std::string_view::npos : hits.front().begin;
    for (const Term& term : terms) find_hits(folded, term, hits);
    if (best == 1 && !hits.empty())
        first = std::min_element(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
                    return a.begin < b.begin;
                })->begin;

    const std::size_t middle = first == std::string_view::npos ? 0 : spaces_in(folded.substr(0, first));
    const std::size_t from = middle > words_before ? middle - words_before : 0;
    for (std::size_t i = 0; i < from; ++i) {
        take_word(folded);
        take_word(shown);
    }
    std::vector<Piece> pieces;
    if (from > 0) append(pieces, "…", false);
    for (std::size_t i = 0; i < words_shown && !shown.empty(); ++i) {
        const auto word = take_word(folded);
        const auto at = static_cast<std::size_t>(word.data() - all.data());
        const bool hit = std::any_of(hits.begin(), hits.end(),
                                     [&](const Hit& one) { return one.begin < at + word.size() && at < one.end; });
        append(pieces, take_word(shown), hit);
    }
    if (!shown.empty()) append(pieces, "…", false);
    return pieces;
}

}  // namespace guidon::gallery

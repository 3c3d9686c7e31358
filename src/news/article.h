// What is an article, which states has it, and what may be written in its fields? Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"

namespace guidon::news {

/// Wire form = name.
enum class ArticleState {
    draft,      // its writers see it
    published,  // everybody reads it; a correction is a new version
    withdrawn   // that it was there and why it went is told, if it was ever published
};
std::string_view code(ArticleState state);
std::optional<ArticleState> article_state_of(std::string_view code);

enum class ArticleMove { publish, withdraw };
std::string_view code(ArticleMove move);

/// The permitted moves: buttons, JSON and tests read them.
struct MoveRule {
    ArticleMove move;
    ArticleState from, to;
    bool needs_reason;
};
constexpr MoveRule move_rules[] = {
    {ArticleMove::publish, ArticleState::draft, ArticleState::published, false},
    {ArticleMove::withdraw, ArticleState::draft, ArticleState::withdrawn, true},
    {ArticleMove::withdraw, ArticleState::published, ArticleState::withdrawn, true},
};
bool may_move(ArticleState from, ArticleMove move);
/// Problem "news.state" {state} (409) where the table has no such move.
const MoveRule& rule_of(ArticleState from, ArticleMove move);

/// Where something was found: a label, with an address or – when it is lost – without.
struct Source {
    std::string label;
    std::string address;  // http or https; "" = not known
    bool operator==(const Source&) const = default;
};

/// A document that the article cites, as far as it is known.
struct CitedDocument {
    std::string number, issuer;
    std::string dated;  // 2024-03-14, 2024-03, 2024, --03-14 (the year is not known) or ""
    std::string title;
    bool operator==(const CitedDocument&) const = default;
};

/// What it tells about: an address of this site, and what that is called.
struct About {
    std::string subject;  // "/movements/…"
    std::string label;
    bool operator==(const About&) const = default;
};

/// A kept file that the article shows.
struct Photo {
    std::string evidence;  // public id
    std::string caption, credit;
    bool operator==(const Photo&) const = default;
};

/// What one version says.
struct ArticleText {
    Language language = Language::en;
    std::string title, lede, body;
    std::vector<std::string> authors;  // in order; none is allowed
    std::vector<Source> sources;
    std::vector<CitedDocument> documents;
    std::vector<About> about;
    std::vector<Photo> photos;  // come and go one by one (photo_changes.h), not with the form
    bool operator==(const ArticleText&) const = default;
};

constexpr std::size_t longest_title = 200;  // characters
constexpr std::size_t longest_lede = 600;
constexpr std::size_t longest_body = 50'000;
constexpr std::size_t longest_field = 300;  // label, issuer, name …
constexpr std::size_t longest_address = 2'000;
constexpr std::size_t longest_credit = 200;
constexpr std::size_t most_of_each = 30;  // authors, sources, documents, subjects, photos

/// Whether `address` is http or https, names a host, and has no blank, quote, angle bracket or user in it.
bool is_web_address(std::string_view address);

}  // namespace guidon::news

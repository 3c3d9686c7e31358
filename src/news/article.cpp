#include "news/article.h"

#include <algorithm>

#include "base/dates.h"
#include "base/problem.h"
#include "base/states.h"

namespace guidon::news {
namespace {

constexpr Names<ArticleState, 3> states{"draft", "published", "withdrawn"};
constexpr Names<ArticleMove, 2> move_names{"publish", "withdraw"};

const MoveRule* find_rule(ArticleState from, ArticleMove move) {
    const auto* found = std::find_if(std::begin(move_rules), std::end(move_rules),
                                     [&](const MoveRule& one) { return one.from == from && one.move == move; });
    return found == std::end(move_rules) ? nullptr : found;
}

}  // namespace

std::string_view code(ArticleState state) {
    return states[state];
}

std::optional<ArticleState> article_state_of(std::string_view code) {
    return states.find(code);
}

std::string_view code(ArticleMove move) {
    return move_names[move];
}

bool may_move(ArticleState from, ArticleMove move) {
    return find_rule(from, move) != nullptr;
}

const MoveRule& rule_of(ArticleState from, ArticleMove move) {
    const MoveRule* rule = find_rule(from, move);
    if (!rule) throw Problem("news.state", {{"state", std::string(code(from))}}, "", 409);
    return *rule;
}

bool is_web_address(std::string_view address) {
    std::size_t scheme = 0;
    for (const std::string_view known : {"http://", "https://"})
        if (address.starts_with(known)) scheme = known.size();
    if (scheme == 0) return false;
    const std::string_view host = address.substr(scheme, address.find_first_of("/?#", scheme) - scheme);
    return !host.empty() && host.find('@') == std::string_view::npos && host.front() != ':' &&
           std::all_of(address.begin(), address.end(), [](unsigned char c) {
               return c > ' ' && c != 0x7f && c != '"' && c != '\'' && c != '<' && c != '>' && c != '\\' && c != '`';
           });
}

}  // namespace guidon::news

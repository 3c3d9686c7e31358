#include "books/book_states.h"

#include <iterator>

#include "base/states.h"

namespace guidon::books {
namespace {

using people::Action;

constexpr Names<State, std::size(states)> state_names{"nominated", "long_list", "surveyed", "selected", "requested",
                                                      "delivered", "edited",    "checked",  "approved", "typeset",
                                                      "published", "declined",  "withdrawn"};
constexpr Names<Verb, std::size(verbs)> verb_names{"list",      "survey",  "select",   "request", "deliver",
                                                   "edit",      "check",   "approve",  "typeset", "publish",
                                                   "send_back", "decline", "withdraw", "reopen"};

const std::vector<Move>& table() {
    using enum State;
    constexpr auto edits = Action::edit_book, approves = Action::approve_book;
    static const std::vector<Move> all = [] {
        std::vector<Move> moves{
            {Verb::list, nominated, long_list, edits},
            {Verb::survey, long_list, surveyed, edits},
            {Verb::select, surveyed, selected, edits},
            {Verb::request, selected, requested, edits},
            {Verb::deliver, requested, delivered, edits, Needs::text, true},
            {Verb::edit, delivered, edited, edits, Needs::text},
            {Verb::check, edited, checked, edits, Needs::consent},
            {Verb::approve, checked, approved, approves},
            {Verb::typeset, approved, typeset, edits},
            {Verb::publish, typeset, published, approves},
            {Verb::send_back, long_list, nominated, edits, Needs::reason},
            {Verb::send_back, surveyed, long_list, edits, Needs::reason},
            {Verb::send_back, selected, surveyed, edits, Needs::reason},
            {Verb::send_back, delivered, requested, edits, Needs::reason},
            {Verb::send_back, edited, delivered, edits, Needs::reason},
            {Verb::send_back, checked, edited, edits, Needs::reason},
            {Verb::send_back, approved, checked, approves, Needs::reason},
            {Verb::send_back, typeset, approved, edits, Needs::reason},
        };
        for (const State from : {nominated, long_list, surveyed, selected})
            moves.push_back({Verb::decline, from, declined, edits, Needs::reason});
        for (const State from :
             {nominated, long_list, surveyed, selected, requested, delivered, edited, checked, approved, typeset})
            moves.push_back({Verb::withdraw, from, withdrawn, edits, Needs::reason, true});
        for (const State from : {declined, withdrawn})
            moves.push_back({Verb::reopen, from, nominated, edits, Needs::reason});
        return moves;
    }();
    return all;
}

}  // namespace

std::span<const Move> moves() {
    return table();
}

const Move* find_move(State from, Verb verb) {
    return guidon::find_move(moves(), from, verb);
}

std::vector<Move> moves_from(State from) {
    return guidon::moves_from(moves(), from);
}

bool is_chosen(State state) {
    return state >= State::selected && state <= State::published;
}

bool is_approved(State state) {
    return state >= State::approved && state <= State::published;
}

std::string_view code(State state) {
    return state_names[state];
}
std::optional<State> state_of(std::string_view code) {
    return state_names.find(code);
}
std::string_view code(Verb verb) {
    return verb_names[verb];
}
std::optional<Verb> verb_of(std::string_view code) {
    return verb_names.find(code);
}

}  // namespace guidon::books

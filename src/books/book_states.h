// Which way does an exemplar take into a book, and who may take each step? The one table that buttons, JSON, bulk
// moves, tests and the handbook read.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "people/roles.h"

namespace guidon::books {

/// Wire form = name.
enum class State {
    nominated,  // put forward by its unit
    long_list,
    surveyed,   // somebody went to see it
    selected,   // counts against the quota from here on
    requested,  // its unit is asked for a text
    delivered,
    edited,
    checked,  // its owner agrees, the facts are checked
    approved,
    typeset,
    published,
    declined,  // by those who choose
    withdrawn  // by its owner or unit
};
constexpr State states[] = {State::nominated, State::long_list, State::surveyed, State::selected, State::requested,
                            State::delivered, State::edited,    State::checked,  State::approved, State::typeset,
                            State::published, State::declined,  State::withdrawn};

/// Wire form = name.
enum class Verb {
    list,
    survey,
    select,
    request,
    deliver,  // by its unit
    edit,
    check,
    approve,
    typeset,
    publish,    // the whole book at once
    send_back,  // one step
    decline,
    withdraw,
    reopen
};
constexpr Verb verbs[] = {Verb::list,      Verb::survey,  Verb::select,   Verb::request, Verb::deliver,
                          Verb::edit,      Verb::check,   Verb::approve,  Verb::typeset, Verb::publish,
                          Verb::send_back, Verb::decline, Verb::withdraw, Verb::reopen};

/// What has to be there before a step.
enum class Needs { nothing, reason, text, consent };

struct Move {
    Verb verb;
    State from, to;
    people::Action action;  // edit_book, approve_book: where the book is issued
    Needs needs = Needs::nothing;
    bool by_unit = false;  // also whoever may register exemplars of its unit
};

std::span<const Move> moves();
const Move* find_move(State from, Verb verb);
std::vector<Move> moves_from(State from);

/// Whether it takes a place of the quota.
bool is_chosen(State state);
/// Whether its text was approved, and will be or is printed.
bool is_approved(State state);

std::string_view code(State state);
std::optional<State> state_of(std::string_view code);
std::string_view code(Verb verb);
std::optional<Verb> verb_of(std::string_view code);

}  // namespace guidon::books

// Which steps may an exemplar take, who may take them, and what do they ask for? The one table of its life: buttons,
// JSON, bulk actions, tests and the handbook read it.
//
// An exemplar is *active* from its registration until it ends or is removed; one that was not recognised goes on and
// may be proposed again. Steps that change whether it is active have a cause, and the causes add up:
//
//     active at end = active at start + new + reactivated + moved in − removed − ended − moved out
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "people/roles.h"

namespace guidon::exemplars {

/// Wire form = name.
enum class State : std::uint8_t {
    draft,           // being written; seen by its unit alone
    registered,      // handed in with the complete form
    launched,        // made public with a commitment
    running,         // carried out
    proposed,        // put forward by its unit for recognition
    council,         // before the council of the level above
    recognised,      // by decision, at a level
    not_recognised,  // by decision; goes on, may be proposed again
    kept,            // recognised, and confirmed for a further year
    ended,           // its purpose is reached, or its owner stopped
    removed          // taken off the list by decision, with a reason
};
constexpr State states[] = {State::draft,    State::registered, State::launched,   State::running,
                            State::proposed, State::council,    State::recognised, State::not_recognised,
                            State::kept,     State::ended,      State::removed};

/// Wire form = name without a trailing `_`.
enum class Verb : std::uint8_t {
    register_,
    launch,
    start,
    propose,
    submit,     // to the council
    recognise,  // also to a higher level
    decline,
    resume,   // after it was not recognised
    confirm,  // for a further year
    end,
    remove,
    reactivate,
    send_back,
    transfer  // to another unit: after a merger, or because it was entered at the wrong one
};
constexpr Verb verbs[] = {Verb::register_, Verb::launch,     Verb::start,     Verb::propose, Verb::submit,
                          Verb::recognise, Verb::decline,    Verb::resume,    Verb::confirm, Verb::end,
                          Verb::remove,    Verb::reactivate, Verb::send_back, Verb::transfer};

/// Whose step it is: of who acts for the owner's unit, or of who decides for a unit at or above it.
enum class Side { owner, authority };

/// What a step has to say besides its day.
struct Needs {
    bool level = false;     // which is reached
    bool reason = false;    // a key of the movement's catalogue, or words
    bool decision = false;  // the number of a document
    bool unit = false;      // another unit
};

/// One permitted step.
struct Move {
    Verb verb;
    State from, to;
    Side side;
    people::Action action;
    Needs needs{};
};

/// All permitted steps, by state, in the order of buttons.
std::span<const Move> moves();
/// The step, if it is permitted.
const Move* find_move(State from, Verb verb);
/// Those that leave `from`.
std::vector<Move> moves_from(State from);

/// Whether it is counted among a unit's active exemplars.
bool is_active(State state);
/// Whether the public sees it (as far as it is not kept from the public).
bool is_public(State state);
/// How far along the way from draft to recognised, from 0: for progress.
int step_of(State state);

std::string_view code(State state);
std::optional<State> state_of(std::string_view code);
std::string_view code(Verb verb);
std::optional<Verb> verb_of(std::string_view code);

}  // namespace guidon::exemplars

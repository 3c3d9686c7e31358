// Which way does the adoption of an exemplar go, and whose step is each? One table: buttons, JSON, tests and the
// handbook read it.
//
//     suggested → agreed (by origin and adopter) → adopting → adopted → works | does not work;   declined
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/day.h"

namespace guidon::replications {

/// Wire form = name.
enum class State {
    suggested,
    agreed,    // by both, the origin and the adopter
    adopting,  // the adopter has begun, with an exemplar of its own
    adopted,   // carried out there
    works,     // assessed
    does_not_work,
    declined
};
constexpr State states[] = {State::suggested, State::agreed,        State::adopting, State::adopted,
                            State::works,     State::does_not_work, State::declined};

/// Wire form = name.
enum class Verb {
    agree_as_origin,
    agree_as_adopter,
    decline,
    begin,     // makes or names the adopter's exemplar
    complete,  // carried out
    find_working,
    find_not_working
};
constexpr Verb verbs[] = {Verb::agree_as_origin, Verb::agree_as_adopter, Verb::decline,         Verb::begin,
                          Verb::complete,        Verb::find_working,     Verb::find_not_working};

/// Whose step it is: of who registers for the origin's unit, for the adopter, for either; or of who reviews the
/// adopter.
enum class Party { origin, adopter, either, superior };

struct Move {
    Verb verb;
    State from, to;
    Party party;
};

std::span<const Move> moves();
const Move* find_move(State from, Verb verb);
std::vector<Move> moves_from(State from);

/// Who has agreed so far; always() = has not.
struct Agreement {
    Day origin, adopter;
    bool complete() const { return origin > Day::always() && adopter > Day::always(); }
};
/// With the agreement that `verb` gives on `on`.
Agreement with(Agreement before, Verb verb, Day on);
/// Whether `verb` is an agreement that was given already.
bool given(const Agreement& agreement, Verb verb);
/// Where `move` leads: an agreement of one party alone stays a suggestion.
State reached(const Move& move, const Agreement& after);

/// Whether one of the same exemplar by the same unit is still under way or stands.
bool stands(State state);

std::string_view code(State state);
std::optional<State> state_of(std::string_view code);
std::string_view code(Verb verb);
std::optional<Verb> verb_of(std::string_view code);

}  // namespace guidon::replications

#include "replications/course.h"

#include <iterator>

#include "base/states.h"

namespace guidon::replications {
namespace {

using enum State;

constexpr Move table[] = {
    {Verb::agree_as_origin, suggested, agreed, Party::origin},
    {Verb::agree_as_adopter, suggested, agreed, Party::adopter},
    {Verb::decline, suggested, declined, Party::either},

    {Verb::begin, agreed, adopting, Party::adopter},
    {Verb::decline, agreed, declined, Party::either},

    {Verb::begin, adopting, adopting, Party::adopter},  // anew: the draft that it began with was thrown away
    {Verb::complete, adopting, adopted, Party::adopter},
    {Verb::find_not_working, adopting, does_not_work, Party::superior},

    {Verb::find_working, adopted, works, Party::superior},
    {Verb::find_not_working, adopted, does_not_work, Party::superior},

    {Verb::find_not_working, works, does_not_work, Party::superior},
    {Verb::find_working, does_not_work, works, Party::superior},
};

constexpr Names<State, std::size(states)> state_names{"suggested", "agreed",        "adopting", "adopted",
                                                      "works",     "does_not_work", "declined"};
constexpr Names<Verb, std::size(verbs)> verb_names{"agree_as_origin", "agree_as_adopter", "decline",         "begin",
                                                   "complete",        "find_working",     "find_not_working"};

}  // namespace

std::span<const Move> moves() {
    return table;
}

const Move* find_move(State from, Verb verb) {
    return guidon::find_move(moves(), from, verb);
}

std::vector<Move> moves_from(State from) {
    return guidon::moves_from(moves(), from);
}

Agreement with(Agreement before, Verb verb, Day on) {
    if (verb == Verb::agree_as_origin) before.origin = on;
    if (verb == Verb::agree_as_adopter) before.adopter = on;
    return before;
}

bool given(const Agreement& agreement, Verb verb) {
    return (verb == Verb::agree_as_origin && agreement.origin > Day::always()) ||
           (verb == Verb::agree_as_adopter && agreement.adopter > Day::always());
}

State reached(const Move& move, const Agreement& after) {
    return move.to == agreed && !after.complete() ? move.from : move.to;
}

bool stands(State state) {
    return state != declined && state != does_not_work;
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

}  // namespace guidon::replications

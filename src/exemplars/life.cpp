#include "exemplars/life.h"

#include <iterator>

#include "base/states.h"

namespace guidon::exemplars {
namespace {

using enum State;
using people::Action;

constexpr Action own = Action::register_exemplar;
constexpr Action judge = Action::review_exemplar;
constexpr Action decide = Action::recognise_exemplar;
constexpr Needs nothing{};
constexpr Needs why{.reason = true};
constexpr Needs order{.decision = true};
constexpr Needs why_and_order{.reason = true, .decision = true};
constexpr Needs level_and_order{.level = true, .decision = true};
constexpr Needs place{.reason = true, .unit = true};

constexpr Move table[] = {
    {Verb::register_, draft, registered, Side::owner, own, nothing},

    {Verb::launch, registered, launched, Side::owner, own, nothing},
    {Verb::send_back, registered, draft, Side::authority, judge, why},
    {Verb::end, registered, ended, Side::owner, own, why},
    {Verb::remove, registered, removed, Side::authority, decide, why_and_order},
    {Verb::transfer, registered, registered, Side::authority, judge, place},

    {Verb::start, launched, running, Side::owner, own, nothing},
    {Verb::send_back, launched, registered, Side::authority, judge, why},
    {Verb::end, launched, ended, Side::owner, own, why},
    {Verb::remove, launched, removed, Side::authority, decide, why_and_order},
    {Verb::transfer, launched, launched, Side::authority, judge, place},

    {Verb::propose, running, proposed, Side::owner, own, nothing},
    {Verb::send_back, running, launched, Side::authority, judge, why},
    {Verb::end, running, ended, Side::owner, own, why},
    {Verb::remove, running, removed, Side::authority, decide, why_and_order},
    {Verb::transfer, running, running, Side::authority, judge, place},

    {Verb::submit, proposed, council, Side::authority, judge, nothing},
    {Verb::send_back, proposed, running, Side::authority, judge, why},
    {Verb::end, proposed, ended, Side::owner, own, why},
    {Verb::remove, proposed, removed, Side::authority, decide, why_and_order},
    {Verb::transfer, proposed, proposed, Side::authority, judge, place},

    {Verb::recognise, council, recognised, Side::authority, decide, level_and_order},
    {Verb::decline, council, not_recognised, Side::authority, decide, why_and_order},
    {Verb::send_back, council, proposed, Side::authority, judge, why},
    {Verb::remove, council, removed, Side::authority, decide, why_and_order},
    {Verb::transfer, council, council, Side::authority, judge, place},

    {Verb::confirm, recognised, kept, Side::authority, judge, nothing},
    {Verb::recognise, recognised, recognised, Side::authority, decide, level_and_order},
    {Verb::end, recognised, ended, Side::owner, own, why},
    {Verb::remove, recognised, removed, Side::authority, decide, why_and_order},
    {Verb::transfer, recognised, recognised, Side::authority, judge, place},

    {Verb::resume, not_recognised, running, Side::owner, own, nothing},
    {Verb::end, not_recognised, ended, Side::owner, own, why},
    {Verb::remove, not_recognised, removed, Side::authority, decide, why_and_order},
    {Verb::transfer, not_recognised, not_recognised, Side::authority, judge, place},

    {Verb::confirm, kept, kept, Side::authority, judge, nothing},
    {Verb::recognise, kept, recognised, Side::authority, decide, level_and_order},
    {Verb::end, kept, ended, Side::owner, own, why},
    {Verb::remove, kept, removed, Side::authority, decide, why_and_order},
    {Verb::transfer, kept, kept, Side::authority, judge, place},

    {Verb::reactivate, ended, running, Side::authority, judge, why},
    {Verb::reactivate, removed, running, Side::authority, decide, why_and_order},
};

constexpr Names<State, std::size(states)> state_names{"draft",    "registered", "launched",   "running",
                                                      "proposed", "council",    "recognised", "not_recognised",
                                                      "kept",     "ended",      "removed"};
constexpr Names<Verb, std::size(verbs)> verb_names{"register",  "launch",     "start",     "propose", "submit",
                                                   "recognise", "decline",    "resume",    "confirm", "end",
                                                   "remove",    "reactivate", "send_back", "transfer"};

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

bool is_active(State state) {
    return state != draft && state != ended && state != removed;
}

bool is_public(State state) {
    return state != draft;
}

int step_of(State state) {
    switch (state) {
        case draft:
            return 0;
        case registered:
            return 1;
        case launched:
            return 2;
        case running:
            return 3;
        case proposed:
            return 4;
        case council:
            return 5;
        case recognised:
        case not_recognised:
        case kept:
        case ended:
        case removed:
            return 6;
    }
    return 0;
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

}  // namespace guidon::exemplars

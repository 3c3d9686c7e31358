// How many points does a value earn by its rule? Exact; one unit and one criterion at a time.
#pragma once

#include <optional>
#include <vector>

#include "scoring/formula.h"
#include "scoring/peers.h"

namespace guidon::scoring {

/// What a rule needs beside the value.
struct Surroundings {
    Reading target;
    Reading limit;               // ratio: what `to` amounts to
    std::vector<Reading> named;  // formula: in the order of CompiledFormula::names()
    const PeerValues* peers = nullptr;
    const CompiledFormula* formula = nullptr;
};

/// Points before rounding. Nothing if a formula's result is not finite.
std::optional<Exact> points_by_rule(const Criterion& criterion, const Exact& value, const Surroundings& around);

/// The band that the value (or share) reaches; nothing if none.
const Band* band_reached(const Bands& rule, const Exact& value, const Reading& target);

}  // namespace guidon::scoring

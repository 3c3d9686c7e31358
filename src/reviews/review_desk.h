// What do the pages of surveys share? For reviews/*.cpp alone.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "exemplars/exemplar_part.h"
#include "exemplars/rules.h"
#include "people/gate.h"
#include "people/sight.h"
#include "reviews/reviews_store.h"
#include "web/resource.h"

namespace guidon::reviews {

struct Desk {
    store::Store& store;
    std::string sample_form;  // TOML: with what a plan begins

    Day today() const { return Day::of_utc_ms(store.now_utc_ms()); }
};

/// A survey with what is surveyed.
struct Survey {
    Review review;
    exemplars::Exemplar exemplar;
};

/// By public id. Problem "review.unknown" (404) where there is none or it is not for `viewer`.
Survey must_find_survey(const store::Reader& reader, const people::Viewer* viewer, std::string_view public_id);
/// Score and findings are for the chain of the owner's unit, and for who carries it out.
bool sees_survey(const store::Reader& reader, const people::Viewer* viewer, const Survey& survey);
/// Where it is planned and carried out.
people::Where place_of(const exemplars::Exemplar& exemplar);

/// What the movement says of exemplars in each cycle, and who looks at them there: each read once for a page.
class Cycles {
public:
    Cycles(const store::Reader& reader, const people::Viewer* viewer) : reader_(reader), viewer_(viewer) {}
    /// Empty rules where the cycle takes no exemplars any longer.
    const movements::ExemplarRules& rules(const std::string& movement, const std::string& period);
    const Texts& title(const std::string& movement, const std::string& period);
    bool in_chain(const std::string& movement, const std::string& period, UnitId unit);

private:
    using Name = std::pair<std::string, std::string>;
    const store::Reader& reader_;
    const people::Viewer* viewer_;
    std::map<Name, movements::ExemplarRules> rules_;
    std::map<Name, Texts> titles_;
    std::map<Name, people::Sight> sights_;
};

/// Calls `take` with each exemplar of a cycle for which a survey is due on `today` and none is planned, and since when:
/// the longest wait first.
void for_each_due(const store::Reader& reader, movements::CycleId cycle, const movements::ExemplarRules& rules,
                  Day today, const std::function<void(const Candidate& exemplar, Day due)>& take);

/// A unit by code or public id; Problem "review.unknown-unit".
units::Unit must_find_unit(const store::Reader& reader, const std::string& text, Day today);
std::string state_title(State state, Language language);
std::string recommendation_title(Recommendation recommendation, Language language);
/// "39.5 of 100"
std::string score_text(const Review& review, Decimal most, Language language);

}  // namespace guidon::reviews

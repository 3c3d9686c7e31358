// On what do the tests of adoptions and surveys stand? A movement that takes exemplars, and people who may register and
// review.
#pragma once

#include "exemplars/exemplars_store.h"
#include "in_country.h"

namespace guidon::contract {

class OnExemplars : public InCountry {
protected:
    movements::CycleId cycle;

    static constexpr auto movement = R"(format = "guidon/movement/1"
key = "skilled"
period = "2023"
issuer = "p"
starts = 2023-01-01
ends = 2023-12-31
title = { en = "Skilled mass mobilization" }
participants = { kinds = ["commune"] }
[ranking]
within = "all"
[exemplars]
review_months = 6
[[exemplars.fields]]
key = "economy"
title = { en = "Economy" }
[[exemplars.fields]]
key = "culture"
title = { en = "Culture" }
[[exemplars.levels]]
key = "province"
title = { en = "Province" }
[[exemplars.reasons]]
key = "formal"
title = { en = "Formal only" }
[[criteria]]
key = "models"
max = 10
rule = { kind = "graded" }
)";

    void prepare() {
        add_units();
        cycle = add_movement(movement);
        seat("office1", "c1", Role::verifier);
        seat("office2", "c2", Role::verifier);
        seat("clerk2", "c2", Role::reporter);
        seat("province", "p", Role::organiser);
    }

    /// An exemplar of `code`, registered so many days before, and its public id.
    std::string registered(const std::string& code, const char* on = "2023-01-10",
                           const std::string& field = "economy") {
        auto change = store.change(permit());
        exemplars::Writing writing;
        writing.unit = unit(code);
        writing.field = field;
        writing.title = "Exemplar of " + code;
        const std::string id = store::new_public_id();
        exemplars::add_draft(change, cycle, writing, false, id);
        step(change, id, exemplars::Verb::register_, day(on));
        change.commit("exemplar.registered", id);
        return id;
    }
    exemplars::Event step(store::Change& change, const std::string& id, exemplars::Verb verb, Day on) {
        const auto it = exemplars::find_exemplar(change, id).value();
        exemplars::Step wish;
        wish.verb = verb;
        wish.to = exemplars::find_move(it.state, verb)->to;
        wish.on = on;
        return exemplars::take_step(change, it, wish);
    }
    exemplars::Exemplar exemplar(const std::string& id) { return exemplars::find_exemplar(store.read(), id).value(); }

    using InCountry::refused;
    std::string refused(const std::string& name, const std::string& path, Fields fields = {}) {
        return refused(name, Method::post, path, std::move(fields));
    }
};

}  // namespace guidon::contract

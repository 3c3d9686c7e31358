// What do the pages of exemplars share? For exemplars/*.cpp alone.
#pragma once

#include <string>
#include <vector>

#include "evidence/depot.h"
#include "exemplars/cycle_files.h"
#include "exemplars/exemplars_pages.h"
#include "exemplars/rules.h"
#include "people/gate.h"

namespace guidon::exemplars {

struct Desk {
    store::Store& store;
    const evidence::Depot& depot;
    Parts parts;
    CycleFiles cycles{};

    Day today() const { return Day::of_utc_ms(store.now_utc_ms()); }
};

/// The caller; Problem "gate.sign-in" (401) for the public, before anything is told of what there is.
const people::Viewer& signed_in(const web::Request& request);

/// Whether a program asks: it gets every problem, a browser its page again.
bool wants_json(const web::Request& request);

/// Where its owner's side acts.
people::Where owner_place(const Exemplar& exemplar);
/// Whether `viewer` works on it: writes it, or judges it.
bool works_on(const store::Reader& reader, const people::Viewer* viewer, const Exemplar& exemplar);

/// Must be the version that the client saw; Problem "exemplar.overtaken" (412) says who did what meanwhile.
void must_be_current(const store::Reader& reader, const web::Request& request, const Exemplar& exemplar);
/// "exemplar.overtaken" with `status`: the newest step, by whom and when.
Problem overtaken(const store::Reader& reader, const Exemplar& exemplar, Language language, int status);

/// "Secretary · Ky Anh": the office in which somebody acted, as the journal keeps it; "" where there is none.
std::string office_of(const store::Reader& reader, const std::string& capacity, Day day, Language language);

/// What a changed exemplar is answered with: a browser goes to its page, a program gets {id, href, version, state}.
/// `since`: the journal entry of the change; says nothing that would have to be read again.
web::Answer at_exemplar(const Exemplar& now, State state, std::int64_t since, int status);

/// What the journal keeps of a text: a hash, by which who has the text can check it; with the salt of the person whose
/// exemplar it is.
std::string text_hash(const store::Reader& reader, const Writing& writing);

}  // namespace guidon::exemplars

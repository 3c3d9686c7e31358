// Who may read which part of the journal? Auditors and administrators all of it; whoever may see a unit's figures, what
// was done to that unit; who manages a person, and the person, what was done to them.
#pragma once

#include <string>

#include "people/sight.h"
#include "store/journal.h"

namespace guidon::journal {

class JournalSight {
public:
    /// `about`: the subject that was asked for; "" = the whole journal. Problem "gate.sign-in" or "gate.not-permitted"
    /// if `viewer` may not read it. Both outlive it.
    JournalSight(const store::Reader& reader, const people::Viewer* viewer, const std::string& about);

    /// Whether what was changed may be told, too: administrators read the journal, but see no figures.
    bool shows_details(const store::Entry& entry) const;
    bool whole() const { return whole_; }

private:
    const store::Reader& reader_;
    bool whole_ = false;
    people::Sight figures_;
};

}  // namespace guidon::journal

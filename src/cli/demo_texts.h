// What do the exemplars that the demo makes up say? Sentences put together from demo/phrases.json, in Vietnamese, with
// titles in three languages. The same seed gives the same text.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "cli/demo_draw.h"
#include "exemplars/content.h"

namespace guidon::cli {

/// A thing that exemplars do.
struct Deed {
    std::string field;                // key in the movement's catalogue
    std::vector<std::string> topics;  // some of these may be none of the movement's
    std::string of;                   // code of the unit below which alone it is done; "" = anywhere
    Texts title;                      // with {what}
    std::vector<Texts> what;
    std::string situation, method, result, product, who;
};

/// Which deed, and of which kind.
struct Choice {
    std::size_t deed = 0, what = 0;
};

struct Told {
    Texts titles;
    exemplars::Content content;
};

class Phrases {
public:
    explicit Phrases(std::string_view json);

    const std::vector<Deed>& deeds() const { return deeds_; }
    /// Some choice of `field` below the unit of code `below`; `alone`: of what is done there alone, of any field.
    Choice choose(std::string_view field, std::string_view below, bool alone, Draw& draw) const;
    /// A village, quarter or workshop. `sort` is a kind of unit, or "coal".
    Texts spot(const std::string& sort, Draw& draw) const;
    /// The office of somebody there.
    Texts office(const std::string& sort, const Texts& spot, Draw& draw) const;

    /// Titles and form of an exemplar at `place`; `who` not empty: of that individual.
    Told tell(Choice choice, const Texts& place, const Texts& who, std::uint64_t seed) const;
    /// Why it was `removed`, `ended` or `declined`, in Vietnamese.
    std::string remark(const std::string& about, Draw& draw) const;

private:
    using Triples = std::vector<Texts>;
    std::vector<Deed> deeds_;
    std::map<std::string, std::vector<std::string>> sentences_;
    std::map<std::string, Triples> spots_, offices_;
    Triples hamlets_;
    Texts individual_;
};

}  // namespace guidon::cli

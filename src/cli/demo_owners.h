// Who owns the exemplars that the demo makes up? Communes, bodies and districts below a province, or the grassroots of
// a company's party committee; and who decides about what each of them owns.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cli/demo_lives.h"
#include "units/units_store.h"

namespace guidon::cli {

struct Owner {
    units::Unit unit;
    std::string sort;                    // for phrases: commune, ward, township, coal; "" = places have no parts here
    Texts place;                         // its name as a place
    std::vector<Authority> authorities;  // the lowest first
};

class Owners {
public:
    /// Those at or below the unit of `code` on `on`. Of a party committee: its grassroots.
    Owners(const store::Reader& reader, const std::string& code, Day on);

    const std::string& code() const { return all_.at(root_).code; }
    bool coal() const { return coal_; }
    const Owner& some(Draw& draw) const;
    /// At which level something of `owner` is recognised.
    static const Authority& authority(const Owner& owner, Draw& draw);

private:
    void add(const units::Unit& unit);
    Texts place_of(const units::Unit& unit) const;
    bool below_root(const units::Unit& unit) const;
    const units::Unit* parent(const units::Unit& unit) const;

    std::map<units::UnitId, units::Unit> all_;
    units::UnitId root_;
    bool coal_ = false;
    std::vector<Owner> communes_, bodies_, districts_;
};

}  // namespace guidon::cli

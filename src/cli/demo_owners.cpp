#include "cli/demo_owners.h"

namespace guidon::cli {
namespace {

/// How the kind of a place is said in Vietnamese, before its name.
const std::map<std::string, std::string>& kind_words() {
    static const std::map<std::string, std::string> words{
        {"province", "tỉnh"}, {"district", "huyện"}, {"town", "thị xã"},      {"city", "thành phố"},
        {"commune", "xã"},    {"ward", "phường"},    {"township", "thị trấn"}};
    return words;
}

bool is_commune(const std::string& kind) {
    return kind == "commune" || kind == "ward" || kind == "township";
}
bool is_district(const std::string& kind) {
    return kind == "district" || kind == "town" || kind == "city";
}

Texts names(const units::Unit& unit) {
    const auto in = [&](const char* language) {
        const auto found = unit.names.find(language);
        return found != unit.names.end() && !found->second.empty() ? found->second : std::string();
    };
    Texts all{{"vi", in("")}, {"en", in("en")}, {"ur", in("ur")}};
    if (all["vi"].empty()) all["vi"] = in("vi");
    if (all["ur"].empty()) all["ur"] = all["en"];
    return all;
}

/// An organisation's name without the committee that it is the committee of.
Texts body(Texts name) {
    for (const auto& [language, prefix] :
         {std::pair{"vi", "Đảng bộ "}, {"en", "Party committee, "}, {"ur", "پارٹی کمیٹی، "}})
        if (name.at(language).starts_with(prefix)) name[language].erase(0, std::string_view(prefix).size());
    return name;
}

}  // namespace

Owners::Owners(const store::Reader& reader, const std::string& code, Day on) {
    const auto root = units::find_unit_by_code(reader, code, on);
    GUIDON_ASSERT(root);
    root_ = root->id;
    coal_ = root->kind == "party-committee";
    auto units = units::load_units(reader, on);
    std::sort(units.begin(), units.end(), [](const auto& a, const auto& b) { return a.code < b.code; });
    for (const auto& unit : units) all_.emplace(unit.id, unit);
    for (const auto& unit : units)
        if (below_root(unit)) add(unit);
}

const units::Unit* Owners::parent(const units::Unit& unit) const {
    return unit.parent ? &all_.at(*unit.parent) : nullptr;
}

bool Owners::below_root(const units::Unit& unit) const {
    for (const auto* at = parent(unit); at; at = parent(*at))
        if (at->id == root_) return true;
    return false;
}

Texts Owners::place_of(const units::Unit& unit) const {
    const auto word = kind_words().find(unit.kind);
    Texts place = names(unit);
    if (word != kind_words().end()) place["vi"] = word->second + " " + place["vi"];
    return place;
}

void Owners::add(const units::Unit& unit) {
    const auto& above = *parent(unit);
    const auto& top = all_.at(root_);
    if (coal_) {
        if (unit.kind != "grassroots-organisation") return;
        bodies_.push_back({unit,
                           "coal",
                           body(names(unit)),
                           {{unit.id, unit.kind, "grassroots", "ĐU"}, {top.id, top.kind, "district", "ĐU"}}});
        return;
    }
    const Authority province{top.id, top.kind, "province", "TU"};
    const auto district = [](const units::Unit& at) {
        return Authority{at.id, at.kind, "district", at.kind == "district" ? "HU" : "ThU"};
    };
    if (is_commune(unit.kind))
        communes_.push_back(
            {unit, unit.kind, place_of(unit), {{unit.id, unit.kind, "grassroots", "ĐU"}, district(above), province}});
    else if (is_district(unit.kind))
        districts_.push_back({unit, "", place_of(unit), {district(unit), province}});
    else if (is_district(above.kind))
        bodies_.push_back({unit, "", place_of(above), {district(above), province}});
}

const Owner& Owners::some(Draw& draw) const {
    if (coal_) return draw.one_of(bodies_);
    const int percent = draw.between(0, 99);
    return draw.one_of(percent < 80 ? communes_ : percent < 95 ? bodies_ : districts_);
}

const Authority& Owners::authority(const Owner& owner, Draw& draw) {
    const int percent = draw.between(0, 99);
    const std::size_t at = percent < 62 ? 0 : percent < 90 ? 1 : 2;
    return owner.authorities[std::min(at, owner.authorities.size() - 1)];
}

}  // namespace guidon::cli

#include "replications/family_document.h"

#include <algorithm>
#include <map>

#include "exemplars/life.h"
#include "files/csv.h"
#include "units/units_pages.h"

namespace guidon::replications {

namespace json = boost::json;
using exemplars::Exemplar;
using people::Viewer;

namespace {

constexpr std::size_t most_inline = 1'500;  // nodes of a drawing inside the page; larger ones are a file
constexpr std::size_t rows_per_page = 500;

/// Units by their id, each read once.
class Units {
public:
    Units(const store::Reader& reader, Day today) : reader_(reader), today_(today) {}
    const units::Unit& of(UnitId id) {
        const auto found = units_.find(id);
        if (found != units_.end()) return found->second;
        return units_.emplace(id, units::unit(reader_, id, today_)).first->second;
    }

private:
    const store::Reader& reader_;
    Day today_;
    std::map<UnitId, units::Unit> units_;
};

Tone tone_of(const Member& member) {
    if (!exemplars::is_public(member.exemplar.state)) return Tone::waiting;
    return exemplars::is_active(member.exemplar.state) ? Tone::active : Tone::over;
}

std::vector<Mark> marks_of(const Family& family, Units& units, Language language) {
    std::vector<Mark> marks;
    for (const auto& [member, parent, generation] : family.nodes)
        marks.push_back({parent, generation,
                         exemplars::title_in(member.exemplar, language) + " · " +
                             exemplars::state_title(member.exemplar.state, language),
                         pick(units.of(member.exemplar.unit).names, language),
                         "/exemplars/" + member.exemplar.public_id, tone_of(member)});
    return marks;
}

std::string label_of(const Exemplar& root, const Figures& figures, Language language) {
    return say(language, "replications.drawing",
               {{"title", exemplars::title_in(root, language)},
                {"count", std::to_string(figures.descendants)},
                {"generations", std::to_string(figures.generations)}});
}

Manner manner_of(Place place, std::string label, Language language) {
    return {direction(language) == "rtl" ? Direction::rtl : Direction::ltr, place, std::move(label)};
}

json::object row_of(const store::Reader& reader, const Viewer* viewer, const Family& family, std::size_t at,
                    Units& units, Day today, Language language) {
    const auto& [member, parent, generation] = family.nodes[at];
    json::object row{{"generation", generation},
                     {"exemplar", exemplars::exemplar_reference(member.exemplar, language)},
                     {"unit", units::unit_reference(units.of(member.exemplar.unit), language)},
                     {"active", exemplars::is_active(member.exemplar.state)},
                     {"has_start", member.starts != Day::always()},
                     {"old_enough", is_old_enough(member, today)},
                     {"has_adoption", false}};
    if (member.starts != Day::always()) {
        row["starts"] = member.starts.text();
        row["starts_text"] = date_text(language, member.starts.text(), DateStyle::medium);
    }
    if (const auto months = months_to_adoption(family, at)) {
        row["months"] = *months;
        row["months_text"] = number_text(language, std::to_string(*months));
    }
    if (is_old_enough(member, today)) {
        const bool ran = exemplars::is_active(member.after_a_year);
        row["after_a_year"] = ran;
        row["after_a_year_text"] = say(language, ran ? "replications.ran-on" : "replications.had-stopped");
    }
    if (!member.adoption.empty() && viewer) {
        const auto replication = find_replication(reader, member.adoption);
        if (replication &&
            sees_adoption(reader, viewer, {*replication, exemplars::exemplar(reader, replication->origin)})) {
            row["has_adoption"] = true;
            row["adoption_href"] = "/adoptions/" + member.adoption;
            row["way_title"] = state_title(replication->state, language);
        }
    }
    return row;
}

/// From the first one down to the one before `root`; a hidden one is left out.
json::array ancestors_part(const store::Reader& reader, const Viewer* viewer, const Exemplar& root, Units& units,
                           Language language) {
    json::array line;
    for (const ExemplarId id : ancestors_of(reader, root.id)) {
        const Exemplar above = exemplars::exemplar(reader, id);
        if (!exemplars::sees(reader, viewer, above)) continue;
        json::object part = exemplars::exemplar_reference(above, language);
        part["family_href"] = "/exemplars/" + above.public_id + "/family";
        part["unit"] = units::unit_reference(units.of(above.unit), language);
        line.push_back(std::move(part));
    }
    return line;
}

/// What of it is under way, declined or assessed: for those who work on it.
json::array adoptions_part(const store::Reader& reader, const Viewer* viewer, const Exemplar& origin, Day today,
                           Language language) {
    json::array all;
    for (const Replication& one : replications_of(reader, origin.id))
        if (sees_adoption(reader, viewer, {one, origin}))
            all.push_back(adoption_reference(reader, one, language, today));
    return all;
}

/// Ancestors that ended, for those who register for the exemplar's unit.
json::array notices_part(const store::Reader& reader, const Exemplar& exemplar, Language language) {
    json::array all;
    for (const Notice& notice : notices_of(reader, exemplar.id)) {
        const Exemplar ancestor = exemplars::exemplar(reader, notice.ancestor);
        all.push_back(json::object{{"verb", notice.verb},
                                   {"on", notice.on.text()},
                                   {"text", say(language, "replications.told",
                                                {{"title", exemplars::title_in(ancestor, language)},
                                                 {"done", say(language, "exemplars.done." + notice.verb)},
                                                 {"day", date_text(language, notice.on.text())}})},
                                   {"href", "/exemplars/" + ancestor.public_id}});
    }
    return all;
}

json::object pages_part(const Exemplar& root, std::size_t page, std::size_t total, Language language) {
    const std::size_t from = (page - 1) * rows_per_page + 1, to = std::min(page * rows_per_page, total);
    const auto href = [&](std::size_t wanted) {
        return "/exemplars/" + root.public_id + "/family?page=" + std::to_string(wanted);
    };
    json::object pages{
        {"from", from},
        {"to", to},
        {"total", total},
        {"text", say(language, "units.pages",
                     {{"from", std::to_string(from)}, {"to", std::to_string(to)}, {"total", std::to_string(total)}})}};
    if (page > 1) pages["previous_href"] = href(page - 1);
    if (to < total) pages["next_href"] = href(page + 1);
    return pages;
}

std::size_t asked_page(const web::Request& request, std::size_t total) {
    const std::string text = request.asked("page", "1");
    const bool number = !text.empty() && text.size() < 6 && text.find_first_not_of("0123456789") == std::string::npos;
    const std::size_t page = number ? std::stoul(text) : 0;
    if (page < 1 || (page - 1) * rows_per_page >= std::max<std::size_t>(total, 1))
        throw Problem("units.bad-page", {{"page", text}}, "page");
    return page;
}

json::object links_part(const std::string& address) {
    return {{"csv", address + ".csv"}, {"json", address + ".json"}};
}

}  // namespace

Family visible_family(const store::Reader& reader, const Viewer* viewer, const Exemplar& root) {
    const Family all = arranged(members_of(reader, root.id), root.id);
    std::vector<bool> shown;
    for (const auto& node : all.nodes) shown.push_back(exemplars::sees(reader, viewer, node.member.exemplar));
    return left_of(all, shown);
}

json::object figures_part(const Figures& figures, Language language) {
    const auto count = [&](std::int64_t n) { return number_text(language, std::to_string(n)); };
    json::object part{{"descendants", figures.descendants},
                      {"descendants_text", count(figures.descendants)},
                      {"active", figures.active},
                      {"active_text", count(figures.active)},
                      {"generations", figures.generations},
                      {"generations_text", count(figures.generations)},
                      {"old_enough", figures.old_enough},
                      {"after_a_year", figures.after},
                      {"has_months", !figures.months.empty()},
                      {"has_old_enough", figures.old_enough > 0}};
    if (!figures.months.empty()) {
        part["months"] = figures.months;
        part["months_text"] = say(language, "replications.months", {{"months", figures.months}});
    }
    if (figures.old_enough > 0)
        part["after_a_year_text"] =
            say(language, "replications.n-of-m", {{"n", count(figures.after)}, {"m", count(figures.old_enough)}});
    return part;
}

json::object family_document(const Desk& desk, const store::Reader& reader, const web::Request& request,
                             const Exemplar& root) {
    const Viewer* viewer = people::viewer_of(request);
    const Language language = request.language;
    const Family family = visible_family(reader, viewer, root);
    const Figures figures = figures_of(family, desk.today());
    const std::string address = "/exemplars/" + root.public_id + "/family";
    Units units(reader, desk.today());

    const std::size_t page = asked_page(request, family.nodes.size());
    json::array rows;
    for (std::size_t i = (page - 1) * rows_per_page; i < std::min(page * rows_per_page, family.nodes.size()); ++i)
        rows.push_back(row_of(reader, viewer, family, i, units, desk.today(), language));

    const bool drawn_here = family.nodes.size() <= most_inline, has_family = family.nodes.size() > 1;
    const people::Where own{.unit = root.unit, .movement = root.movement};
    const bool owner = people::Gate::may(reader, viewer, people::Action::register_exemplar, own);
    json::object document{
        {"title", say(language, "replications.family-title")},
        {"lede", say(language, "replications.family-lede", {{"count", std::to_string(figures.descendants)}})},
        {"exemplar", exemplars::exemplar_reference(root, language)},
        {"unit", units::unit_reference(units.of(root.unit), language)},
        {"ancestors", ancestors_part(reader, viewer, root, units, language)},
        {"has_family", has_family},
        {"figures", figures_part(figures, language)},
        {"rows", std::move(rows)},
        {"pages", pages_part(root, page, family.nodes.size(), language)},
        {"adoptions", adoptions_part(reader, viewer, root, desk.today(), language)},
        {"notices", owner ? notices_part(reader, root, language) : json::array()},
        {"seen_action", address + "/seen"},
        {"drawing_href", address + ".svg"},
        {"drawing_apart", has_family && !drawn_here},
        {"links", links_part(address)},
        {"action", "/exemplars/" + root.public_id + "/adoptions"},
        {"may_suggest",
         exemplars::is_active(root.state) && (people::Gate::may_somewhere(viewer, people::Action::register_exemplar) ||
                                              people::Gate::may_somewhere(viewer, people::Action::review_exemplar))},
        {"own_unit", own_unit_code(reader, viewer)}};
    if (has_family && drawn_here)
        document["drawing"] = drawn(marks_of(family, units, language),
                                    manner_of(Place::page, label_of(root, figures, language), language));
    return document;
}

std::string family_drawing(const Desk& desk, const store::Reader& reader, const web::Request& request,
                           const Exemplar& root) {
    const Family family = visible_family(reader, people::viewer_of(request), root);
    Units units(reader, desk.today());
    return drawn(
        marks_of(family, units, request.language),
        manner_of(Place::file, label_of(root, figures_of(family, desk.today()), request.language), request.language));
}

std::string family_csv(const Desk& desk, const store::Reader& reader, const web::Request& request,
                       const Exemplar& root) {
    const Family family = visible_family(reader, people::viewer_of(request), root);
    Units units(reader, desk.today());
    std::string out;
    files::append_csv_row(out, {"generation", "exemplar", "origin", "unit", "title", "starts", "state", "months",
                                "running_after_12_months"});
    for (std::size_t i = 0; i < family.nodes.size(); ++i) {
        const auto& [member, parent, generation] = family.nodes[i];
        const auto months = months_to_adoption(family, i);
        files::append_csv_row(
            out, {std::to_string(generation), member.exemplar.public_id,
                  parent < 0 ? "" : family.nodes[static_cast<std::size_t>(parent)].member.exemplar.public_id,
                  units.of(member.exemplar.unit).code, exemplars::title_in(member.exemplar, request.language),
                  member.starts.text(), std::string(exemplars::code(member.exemplar.state)),
                  months ? std::to_string(*months) : "",
                  !is_old_enough(member, desk.today())        ? ""
                  : exemplars::is_active(member.after_a_year) ? "yes"
                                                              : "no"});
    }
    return out;
}

}  // namespace guidon::replications

#include "replications/adoption_document.h"

#include "base/decimal.h"
#include "units/units_pages.h"

namespace guidon::replications {

namespace json = boost::json;
using exemplars::Exemplar;
using people::Viewer;

namespace {

json::array steps_part(const store::Reader& reader, const Replication& replication, Language language) {
    json::array all;
    bool first = true;
    for (const Step& step : steps_of(reader, replication.id)) {
        json::object part{{"on", step.on.text()},
                          {"on_text", date_text(language, step.on.text(), DateStyle::medium)},
                          {"text", say(language, first ? "replications.done.suggest"
                                                       : "replications.done." + std::string(code(step.verb)))},
                          {"entry", step.seq},
                          {"has_note", !step.note.empty()}};
        if (!step.note.empty()) part["note"] = step.note;
        first = false;
        all.push_back(std::move(part));
    }
    return all;
}

/// What the adopter has already, to begin with.
json::array own_part(const store::Reader& reader, const Adoption& adoption, Language language) {
    constexpr int most = 200;
    json::array all;
    for (const ExemplarId id : without_origin(reader, adoption.replication.unit, most))
        if (id != adoption.origin.id)
            all.push_back(exemplars::exemplar_reference(exemplars::exemplar(reader, id), language));
    return all;
}

/// What the viewer may do now. Beginning anew is for where the draft was thrown away.
json::array moves_part(const store::Reader& reader, const Viewer* viewer, const Adoption& adoption, Language language) {
    json::array all;
    const Replication& it = adoption.replication;
    for (const Move& move : moves_from(it.state)) {
        if (move.from == State::adopting && (move.verb == Verb::begin) == it.adopted.has_value() &&
            move.verb != Verb::find_not_working)
            continue;
        if (move.verb == Verb::begin && !exemplars::is_active(adoption.origin.state)) continue;
        if (given(it.agreement, move.verb)) continue;
        if (!may_step(reader, viewer, move.party, adoption)) continue;
        all.push_back(json::object{
            {"verb", code(move.verb)},
            {"title", say(language, "replications.verb." + std::string(code(move.verb)))},
            {"begins", move.verb == Verb::begin},
            {"assesses", move.party == Party::superior},
            {"dated", move.verb == Verb::begin || move.verb == Verb::complete || move.party == Party::superior},
            {"declines", move.verb == Verb::decline},
            {"open", false}});
        if (move.verb == Verb::begin) all.back().as_object()["own"] = own_part(reader, adoption, language);
    }
    return all;
}

void tell_outcome(json::object& document, const Replication& it, Language language) {
    document["assessed"] = it.state == State::works || it.state == State::does_not_work;
    if (!it.outcome.empty()) document["outcome"] = it.outcome;
    if (it.own_result.empty() || it.origin_result.empty()) return;
    json::object compared{{"measure", it.measure},
                          {"own", it.own_result},
                          {"own_text", number_text(language, it.own_result)},
                          {"origin", it.origin_result},
                          {"origin_text", number_text(language, it.origin_result)}};
    if (const auto percent = percent_of(it.own_result, it.origin_result); !percent.empty()) {
        compared["percent"] = percent;
        compared["percent_text"] = say(language, "replications.percent", {{"percent", number_text(language, percent)}});
    }
    document["compared"] = std::move(compared);
}

}  // namespace

std::string percent_of(const std::string& own, const std::string& origin) {
    const auto mine = Decimal::parse(own), theirs = Decimal::parse(origin);
    if (!mine || !theirs || mine->in_millionths() < 0 || theirs->in_millionths() <= 0) return "";
    const __int128 tenths = (static_cast<__int128>(mine->in_millionths()) * 2'000 + theirs->in_millionths()) /
                            (static_cast<__int128>(theirs->in_millionths()) * 2);
    if (tenths > 10'000'000) return "";  // not a comparison any more
    return Decimal::millionths(static_cast<std::int64_t>(tenths) * 100'000).text();
}

json::object adoption_document(const Desk& desk, const store::Reader& reader, const web::Request& request,
                               const Adoption& adoption) {
    const Language language = request.language;
    const Viewer* viewer = people::viewer_of(request);
    const Replication& it = adoption.replication;
    const auto unit = [&](UnitId id) { return units::unit_reference(units::unit(reader, id, desk.today()), language); };
    json::object document{{"title", say(language, "replications.adoption-title",
                                        {{"title", exemplars::title_in(adoption.origin, language)}})},
                          {"id", it.public_id},
                          {"href", "/adoptions/" + it.public_id},
                          {"version", std::to_string(it.since)},
                          {"state", code(it.state)},
                          {"state_title", state_title(it.state, language)},
                          {"origin", exemplars::exemplar_reference(adoption.origin, language)},
                          {"origin_unit", unit(adoption.origin.unit)},
                          {"unit", unit(it.unit)},
                          {"family_href", "/exemplars/" + adoption.origin.public_id + "/family"},
                          {"origin_agreed", it.agreement.origin > Day::always()},
                          {"adopter_agreed", it.agreement.adopter > Day::always()},
                          {"steps", steps_part(reader, it, language)},
                          {"moves", moves_part(reader, viewer, adoption, language)},
                          {"action", "/adoptions/" + it.public_id + "/steps"},
                          {"today", desk.today().text()}};
    if (it.adopted) {
        const Exemplar adopted = exemplars::exemplar(reader, *it.adopted);
        if (exemplars::sees(reader, viewer, adopted))
            document["adopted"] = exemplars::exemplar_reference(adopted, language);
    }
    if (it.starts_on > Day::always()) {
        document["starts"] = it.starts_on.text();
        document["starts_text"] = date_text(language, it.starts_on.text());
    }
    if (!it.adaptation.empty()) document["adaptation"] = it.adaptation;
    if (!it.mentor.empty()) document["mentor"] = it.mentor;
    if (it.mentor_unit) document["mentor_unit"] = unit(*it.mentor_unit);
    tell_outcome(document, it, language);
    return document;
}

}  // namespace guidon::replications

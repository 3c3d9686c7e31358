#include "gallery/cards.h"

#include "exemplars/exemplar_part.h"
#include "store/sql.h"
#include "units/units_pages.h"

namespace guidon::gallery {

namespace json = boost::json;

CardFacts card_facts(const View& view, Columns::Row row, Language language) {
    const Columns& all = view.all;
    CardFacts facts;
    facts.id = ExemplarId(all.id[row]);
    facts.public_id = all.public_id(row);
    facts.field = all.fields.name(all.field[row]);
    facts.topics = all.lists.name(all.topics[row]);
    facts.level = all.levels.name(all.level[row]);
    facts.field_title = Catalogue::title(view.catalogue.fields, facts.field, language);
    facts.level_title = Catalogue::title(view.catalogue.levels, facts.level, language);
    facts.kind = all.kind[row];
    facts.owner_kind = all.owner_kind[row];
    facts.state = all.state[row];
    facts.unit = all.unit[row];
    facts.open = all.open[row] != 0;
    facts.sample = all.sample[row] != 0;
    facts.registered_on = all.registered_on[row];
    facts.recognised_on = all.recognised_on[row];
    return facts;
}

ShownTitle title_of(const store::Reader& reader, ExemplarId id, Language language) {
    const auto found = store::first_row<std::string, std::string, std::string>(
        reader, "SELECT title, title_" + std::string(code(language)) + ", language FROM exemplar WHERE id = :id", id);
    if (!found) return {};
    const auto& [own, translated, written_in] = *found;
    if (!translated.empty()) return {translated, language};
    return {own, language_of(written_in).value_or(Language::vi)};
}

json::object card(const store::Reader& reader, Register& all, const CardFacts& facts, Language language,
                  const PhotoOf& photo) {
    const ShownTitle title = title_of(reader, facts.id, language);
    const std::string kind(exemplars::code(facts.kind)), owner(exemplars::code(facts.owner_kind));
    json::object card{{"id", facts.public_id},
                      {"title", title.text},
                      {"title_language", code(title.language)},
                      {"title_direction", direction(title.language)},
                      {"href", "/exemplars/" + facts.public_id},
                      {"kind", kind},
                      {"kind_title", say(language, "exemplars.kind." + kind)},
                      {"owner_kind", owner},
                      {"owner_kind_title", say(language, "exemplars.owner-kind." + owner)},
                      {"unit", units::unit_reference(*all.unit(facts.unit), language)},
                      {"state", exemplars::code(facts.state)},
                      {"state_title", exemplars::state_title(facts.state, language)},
                      {"good", facts.state == State::recognised || facts.state == State::kept},
                      {"open", facts.open},
                      {"sample", facts.sample}};
    if (!facts.field.empty()) card["field"] = json::object{{"key", facts.field}, {"title", facts.field_title}};
    if (!facts.level.empty()) card["level"] = json::object{{"key", facts.level}, {"title", facts.level_title}};
    const auto tell_day = [&](const char* name, Day day) {
        if (day == Day::always()) return;
        card[name] = day.text();
        card[std::string(name) + "_text"] = date_text(language, day.text(), DateStyle::medium);
    };
    tell_day("registered", facts.registered_on);
    tell_day("recognised", facts.recognised_on);
    if (photo)
        if (const auto address = photo(reader, facts.id)) card["photo"] = *address;
    return card;
}

}  // namespace guidon::gallery

#include "cli/demo_named.h"

#include "cli/demo_draw.h"
#include "cli/demo_files.h"

namespace guidon::cli {

namespace json = boost::json;
using exemplars::Step;
using exemplars::Verb;

namespace {

std::vector<std::string> texts(const json::value& list) {
    std::vector<std::string> all;
    for (const auto& one : list.as_array()) all.emplace_back(one.as_string());
    return all;
}

exemplars::Writing writing_of(const store::Reader& reader, const json::object& from, Day on) {
    exemplars::Writing writing;
    writing.unit = unit_of(reader, text(from, "unit"), on);
    if (const std::string place = text(from, "place"); !place.empty()) writing.place = unit_of(reader, place, on);
    writing.field = text(from, "field");
    writing.side_fields = texts(from.at("side"));
    writing.topics = texts(from.at("topics"));
    const auto& titles = from.at("titles").as_object();
    writing.title = text(titles, "vi");
    writing.titles = {{"en", text(titles, "en")}, {"ur", text(titles, "ur")}};
    writing.content = exemplars::content_of(from.at("content").as_object());
    writing.content.starts = moved(on, 14).text();
    return writing;
}

/// From its registration to the decision that recognises it.
std::vector<Step> steps_of(Day registered, Day recognised, const std::string& level, const std::string& decision,
                           units::UnitId authority) {
    std::vector<Step> steps;
    auto state = exemplars::State::draft;
    for (const auto& [verb, on] : {std::pair{Verb::register_, registered},
                                   {Verb::launch, moved(registered, 14)},
                                   {Verb::start, moved(registered, 28)},
                                   {Verb::propose, moved(recognised, -45)},
                                   {Verb::submit, moved(recognised, -20)},
                                   {Verb::recognise, recognised}}) {
        state = exemplars::find_move(state, verb)->to;
        steps.push_back({.verb = verb, .to = state, .on = on});
    }
    for (std::size_t i = 4; i < steps.size(); ++i) steps[i].by_unit = authority;
    steps.back().level = level;
    steps.back().decision = decision;
    return steps;
}

}  // namespace

Named read_named(const store::Reader& reader, std::string_view bytes) {
    const auto all = json::parse(bytes).as_object();
    Named named{{text(all, "movement"), text(all, "period")}, {}};
    Draw draw(31);
    for (const auto& value : all.at("exemplars").as_array()) {
        const auto& one = value.as_object();
        const Day registered = Day::parse(text(one, "registered")).value();
        const Day recognised = Day::parse(text(one, "recognised")).value();
        named.exemplars.push_back({draw.public_id(), writing_of(reader, one, registered),
                                   steps_of(registered, recognised, text(all, "level"), text(one, "decision"),
                                            unit_of(reader, text(all, "authority"), registered))});
    }
    return named;
}

}  // namespace guidon::cli

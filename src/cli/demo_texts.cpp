#include "cli/demo_texts.h"

#include <boost/json.hpp>

namespace guidon::cli {

namespace json = boost::json;

namespace {

using Slots = std::map<std::string, std::string>;

std::string text(const json::value& value) {
    return std::string(value.as_string());
}

/// [vi, en, ur], or [name, name without marks].
Texts triple(const json::value& value) {
    const auto& list = value.as_array();
    return {{"vi", text(list.at(0))}, {"en", text(list.at(1))}, {"ur", text(list.at(list.size() > 2 ? 2 : 1))}};
}

std::vector<Texts> triples(const json::value& value) {
    std::vector<Texts> all;
    for (const auto& one : value.as_array()) all.push_back(triple(one));
    return all;
}

std::vector<std::string> texts(const json::value& value) {
    std::vector<std::string> all;
    for (const auto& one : value.as_array()) all.push_back(text(one));
    return all;
}

Deed read_deed(const json::object& from) {
    const auto& title = from.at("title").as_object();
    return {.field = text(from.at("field")),
            .topics = texts(from.at("topics")),
            .of = from.contains("of") ? text(from.at("of")) : "",
            .title = {{"vi", text(title.at("vi"))}, {"en", text(title.at("en"))}, {"ur", text(title.at("ur"))}},
            .what = triples(from.at("what")),
            .situation = text(from.at("situation")),
            .method = text(from.at("method")),
            .result = text(from.at("result")),
            .product = text(from.at("product")),
            .who = text(from.at("who"))};
}

/// `{name}` becomes what the slot holds.
std::string filled(std::string_view pattern, const Slots& slots) {
    std::string out;
    while (!pattern.empty()) {
        const auto open = pattern.find('{');
        out += pattern.substr(0, open);
        if (open == std::string_view::npos) break;
        const auto close = pattern.find('}', open);
        GUIDON_ASSERT(close != std::string_view::npos);
        out += slots.at(std::string(pattern.substr(open + 1, close - open - 1)));
        pattern.remove_prefix(close + 1);
    }
    return out;
}

/// `[a|b|c]` becomes one of them.
std::string drawn(std::string_view pattern, Draw& draw) {
    std::string out;
    while (!pattern.empty()) {
        const auto open = pattern.find('[');
        out += pattern.substr(0, open);
        if (open == std::string_view::npos) break;
        const auto close = pattern.find(']', open);
        GUIDON_ASSERT(close != std::string_view::npos);
        std::string_view inside = pattern.substr(open + 1, close - open - 1);
        std::vector<std::string_view> ways;
        for (auto bar = inside.find('|'); bar != std::string_view::npos; bar = inside.find('|')) {
            ways.push_back(inside.substr(0, bar));
            inside.remove_prefix(bar + 1);
        }
        ways.push_back(inside);
        out += draw.one_of(ways);
        pattern.remove_prefix(close + 1);
    }
    return out;
}

const std::string& in(const Texts& all, const char* language) {
    return all.at(language);
}

Texts filled_each(const Texts& patterns, const std::string& slot, const Texts& with) {
    Texts out;
    for (const auto& [language, pattern] : patterns) out[language] = filled(pattern, {{slot, with.at(language)}});
    return out;
}

constexpr const char* languages[] = {"vi", "en", "ur"};

}  // namespace

Phrases::Phrases(std::string_view bytes) {
    const auto all = json::parse(bytes).as_object();
    for (const auto& one : all.at("actions").as_array()) deeds_.push_back(read_deed(one.as_object()));
    for (const char* name : {"situation", "aim", "method", "forces", "upkeep", "removed", "ended", "declined"})
        sentences_[name] = texts(all.at(name));
    hamlets_ = triples(all.at("hamlet"));
    for (const auto& [sort, list] : all.at("place").as_object()) spots_[sort] = triples(list);
    for (const auto& [sort, list] : all.at("office").as_object()) offices_[sort] = triples(list);
    individual_ = triple(all.at("person"));
}

Choice Phrases::choose(std::string_view field, std::string_view below, bool alone, Draw& draw) const {
    std::vector<std::size_t> fitting;
    for (std::size_t i = 0; i < deeds_.size(); ++i)
        if (deeds_[i].of == below || (!alone && deeds_[i].of.empty()))
            if (alone || deeds_[i].field == field) fitting.push_back(i);
    const std::size_t deed = draw.one_of(fitting);
    return {deed, draw.below(deeds_[deed].what.size())};
}

Texts Phrases::spot(const std::string& sort, Draw& draw) const {
    const Texts& pattern = draw.one_of(spots_.at(sort));
    const Texts& hamlet = draw.one_of(hamlets_);
    const std::string number = std::to_string(draw.between(1, 12));
    Texts out;
    for (const char* language : languages)
        out[language] = filled(pattern.at(language), {{"h", hamlet.at(language)}, {"i", number}});
    return out;
}

Texts Phrases::office(const std::string& sort, const Texts& spot, Draw& draw) const {
    const auto found = offices_.find(sort);
    return filled_each(draw.one_of(found == offices_.end() ? offices_.at("ward") : found->second), "p", spot);
}

Told Phrases::tell(Choice choice, const Texts& place, const Texts& who, std::uint64_t seed) const {
    const Deed& deed = deeds_[choice.deed];
    const Texts& what = deed.what[choice.what];
    Draw draw(seed);
    Told told;
    for (const char* language : languages) {
        std::string title = filled(in(deed.title, language), {{"what", what.at(language)}});
        if (!who.empty())
            title = drawn(filled(in(individual_, language), {{"who", who.at(language)}, {"title", title}}), draw);
        const std::string& there = place.at(language);
        told.titles[language] = std::string(language) == "vi"   ? title + " ở " + there
                                : std::string(language) == "en" ? title + " – " + there
                                                                : there + " – " + title;
        if (!who.empty()) told.titles[language] = title;
    }
    const std::int64_t many = draw.between(18, 180);
    const Slots slots{{"what", in(what, "vi")},
                      {"place", in(place, "vi")},
                      {"n", std::to_string(many)},
                      {"m", std::to_string(10 * draw.between(3, 90))},
                      {"k", std::to_string(draw.between(3, 24))},
                      {"d", std::to_string(draw.between(2, 6))}};
    const auto say = [&](const std::string& pattern) { return filled(drawn(pattern, draw), slots); };
    const auto some = [&](const char* about) { return say(draw.one_of(sentences_.at(about))); };
    exemplars::Content& content = told.content;
    content.situation = say(deed.situation) + " " + some("situation");
    content.aim = some("aim");
    content.result = say(deed.result);
    content.method = say(deed.method);
    std::vector<std::string> steps = sentences_.at("method");
    draw.shuffle(steps);
    for (int i = draw.between(2, 4); i > 0; --i) content.method += " " + say(steps[static_cast<std::size_t>(i)]);
    content.place = in(place, "vi");
    content.beneficiaries = {many, static_cast<exemplars::Qualifier>(draw.below(3)), deed.who};
    content.forces = some("forces");
    if (draw.chance(60)) content.money = std::to_string(5 * draw.between(2, 160)) + "000000";
    if (draw.chance(45)) content.labour_days = std::to_string(draw.between(20, 640));
    content.product = say(deed.product);
    content.upkeep = some("upkeep");
    return told;
}

std::string Phrases::remark(const std::string& about, Draw& draw) const {
    const Slots slots{{"d", std::to_string(draw.between(2, 6))}};
    return filled(drawn(draw.one_of(sentences_.at(about)), draw), slots);
}

}  // namespace guidon::cli

#include "evaluation/board.h"

#include "web/address.h"

namespace guidon::evaluation {

namespace json = boost::json;

namespace {

const std::string& title_or_key(const Texts& title, const std::string& key, Language language) {
    const std::string& text = pick(title, language);
    return text.empty() ? key : text;
}

}  // namespace

json::object movement_part(const Board& board, Language language) {
    const movements::Cycle& cycle = board.cycle;
    return {{"key", cycle.key},
            {"period", cycle.period},
            {"title", title_or_key(cycle.title, cycle.key, language)},
            {"href", board.address()},
            {"sample", cycle.sample}};
}

json::object unit_part(const Board& board, int unit, Language language) {
    const UnitLabel& label = board.units[static_cast<std::size_t>(unit)];
    return {{"id", label.id},
            {"code", label.code},
            {"name", unit_name(board, unit, language)},
            {"href", "/units/" + label.id}};
}

json::object class_part(const Board& board, int class_index, Language language) {
    const auto& classes = board.engine.rules().classes;
    const auto& its_class = classes[static_cast<std::size_t>(class_index)];
    const bool last = static_cast<std::size_t>(class_index) + 1 == classes.size();
    return {{"key", its_class.key},
            {"title", title_or_key(its_class.title, its_class.key, language)},
            {"tone", class_index == 0 ? "best"
                     : last           ? "base"
                                      : "middle"}};
}

const std::string& unit_name(const Board& board, int unit, Language language) {
    const UnitLabel& label = board.units[static_cast<std::size_t>(unit)];
    return title_or_key(label.names, label.code, language);
}

std::string group_name(const Board& board, int peer_group, Language language) {
    const std::string code(board.engine.peer_group_code(peer_group));
    if (const auto group = board.groups.find(code); group != board.groups.end())
        if (const std::string& name = pick(group->second.names, language); !name.empty()) return name;
    if (board.engine.rules().ranking.within == scoring::Within::parent)
        if (const auto unit = board.unit_by_code.find(code); unit != board.unit_by_code.end())
            return unit_name(board, unit->second, language);
    if (board.engine.rules().ranking.within == scoring::Within::kind && has_message(language, "kind." + code))
        return say(language, "kind." + code);
    return code.empty() ? say(language, "evaluation.everybody") : code;
}

json::object group_part(const Board& board, int peer_group, Language language) {
    return {{"key", board.engine.peer_group_code(peer_group)}, {"name", group_name(board, peer_group, language)}};
}

const std::string& criterion_title(const Board& board, int criterion, Language language) {
    const auto& its = board.engine.rules().criteria[static_cast<std::size_t>(criterion)];
    return title_or_key(its.title, its.key, language);
}

std::string indicator_title(const Board& board, int indicator, Language language) {
    const auto& rules = board.engine.rules();
    const auto& its = rules.indicators[static_cast<std::size_t>(indicator)];
    if (const std::string& title = pick(its.title, language); !title.empty()) return title;
    for (const auto& criterion : rules.criteria)
        if (criterion.indicator == indicator) return title_or_key(criterion.title, criterion.key, language);
    for (const auto& gate : rules.gates)
        if (gate.indicator == indicator) return title_or_key(gate.title, gate.key, language);
    return its.key;
}

std::string tie_title(const Board& board, const scoring::Tie& tie, Language language) {
    using By = scoring::Tie::By;
    if (tie.by == By::criterion) return criterion_title(board, tie.index, language);
    if (tie.by == By::section) {
        const auto& section = board.engine.rules().sections[static_cast<std::size_t>(tie.index)];
        return title_or_key(section.title, section.key, language);
    }
    const std::string title = indicator_title(board, tie.index, language);
    return tie.by == By::among ? say(language, "evaluation.among", {{"title", title}}) : title;
}

std::string rank_of_peers(Language language, int rank, int peers) {
    return say(language, "evaluation.rank-of", {{"rank", std::to_string(rank)}, {"peers", std::to_string(peers)}});
}

std::string units_text(Language language, std::size_t count) {
    return say(language, "evaluation.units", {{"count", std::to_string(count)}});
}

std::string count_text(Language language, std::size_t count) {
    return number_text(language, std::to_string(count));
}

std::string query_text(const std::vector<std::pair<std::string, std::string>>& pairs) {
    std::string out;
    for (const auto& [name, value] : pairs)
        if (!value.empty()) out += (out.empty() ? "?" : "&") + name + "=" + web::percent_encoded(value);
    return out;
}

}  // namespace guidon::evaluation

#include "evaluation/parts.h"

#include <set>

#include "evaluation/looking.h"
#include "evaluation/publishing.h"
#include "movements/value_sight.h"
#include "values/values_store.h"

namespace guidon::evaluation {

namespace json = boost::json;
using movements::Detail;

namespace {

struct Counts {
    std::size_t participants = 0, ranked = 0;
    std::vector<std::size_t> classes;
};

/// Of those who are listed; the ranked ones only where all ranks may be seen.
Counts count(const Board& board, const Insight& insight) {
    Counts counts;
    counts.classes.resize(board.engine.rules().classes.size());
    const bool ranks = insight.all_ranks();
    for (const int group : insight.groups())
        for (const int unit : insight.members(group)) {
            ++counts.participants;
            if (!ranks) continue;
            counts.ranked += board.engine.ranked(unit) ? 1U : 0U;
            if (board.engine.class_index(unit) >= 0)
                ++counts.classes[static_cast<std::size_t>(board.engine.class_index(unit))];
        }
    return counts;
}

/// The first three of the only group; of several groups the first of each, up to five.
json::array first_ranks(const Board& board, const Insight& insight, Language language) {
    const auto groups = insight.groups();
    json::array rows;
    for (const int group : groups) {
        if (!insight.ranks(group)) continue;
        for (const int unit : board.engine.members(group)) {
            const bool wanted = board.engine.ranked(unit) && board.engine.rank(unit) <= (groups.size() == 1 ? 3 : 1);
            if (!wanted || rows.size() >= 5) break;
            const std::string total = board.engine.total(unit);
            json::object row{
                {"rank", board.engine.rank(unit)},
                {"rank_text", count_text(language, static_cast<std::size_t>(board.engine.rank(unit)))},
                {"first", board.engine.rank(unit) == 1},
                {"unit", unit_part(board, unit, language)},
                {"total", total},
                {"total_text", number_text(language, total)},
                {"why_href", board.address() + "/units/" + board.units[static_cast<std::size_t>(unit)].id}};
            if (board.engine.class_index(unit) >= 0)
                row["class"] = class_part(board, board.engine.class_index(unit), language);
            if (groups.size() > 1) row["group_text"] = group_name(board, group, language);
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

json::array groups_part(const Board& board, const Insight& insight, Language language) {
    json::array rows;
    for (const int group : insight.groups()) {
        json::object part = group_part(board, group, language);
        const std::size_t units = insight.members(group).size();
        part["units"] = units;
        part["units_text"] = units_text(language, units);
        part["href"] =
            board.address() + "/standings" + query_text({{"group", std::string(board.engine.peer_group_code(group))}});
        rows.push_back(std::move(part));
    }
    return rows;
}

/// value of target in percent with two digits, rounded half up as people print it; "" without a target.
std::string share_of(const Decimal& value, const Decimal& target) {
    if (target.in_millionths() <= 0 || value.in_millionths() < 0) return "";
    const auto top = static_cast<__int128>(value.in_millionths()) * 10'000 * 2 + target.in_millionths();
    const auto hundredths = static_cast<std::int64_t>(top / (static_cast<__int128>(target.in_millionths()) * 2));
    return Decimal::millionths(hundredths * 10'000).text(2);
}

/// What was counted, "n of m": of a cycle with one participant, its own values.
json::array figures_part(const Board& board, const Insight& insight, Language language) {
    json::array rows;
    const auto groups = insight.groups();
    if (groups.size() != 1 || insight.members(groups[0]).size() != 1) return rows;
    const auto unit = static_cast<std::size_t>(insight.members(groups[0])[0]);
    for (std::size_t i = 0; i < board.engine.rules().indicators.size(); ++i) {
        const auto& column = board.engine.field().columns[i];
        if (!insight.value(static_cast<int>(unit), static_cast<int>(i))) continue;
        if (column.values.empty() || !column.values[unit].reported()) continue;
        const Decimal value = column.values[unit].value();
        json::object row{{"key", board.engine.rules().indicators[i].key},
                         {"label", indicator_title(board, static_cast<int>(i), language)},
                         {"value", value.text()},
                         {"value_text", number_text(language, value.text())}};
        if (!column.targets.empty() && column.targets[unit].reported()) {
            const Decimal target = column.targets[unit].value();
            row["target"] = target.text();
            row["value_text"] =
                say(language, "evaluation.of",
                    {{"value", number_text(language, value.text())}, {"target", number_text(language, target.text())}});
            if (const std::string share = share_of(value, target); !share.empty()) {
                row["share"] = share;
                row["share_text"] = number_text(language, share) + "%";
            }
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

/// Who takes part, by names: the movement's file has codes alone.
std::string participants_text(const Board& board, Language language) {
    movements::Cycle cycle = board.cycle;
    if (cycle.participants) {
        if (const auto root = board.unit_by_code.find(cycle.participants->under); root != board.unit_by_code.end())
            cycle.participants->under = unit_name(board, root->second, language);
        for (std::string& kind : cycle.participants->kinds) kind = units::kind_title(kind, language);
    }
    return movements::in_words(cycle, language).participants;
}

void tell_cycle(json::object& document, const Board& board, const Insight& insight, Detail detail, Language language) {
    const Counts counts = count(board, insight);
    const bool ranks = insight.all_ranks();
    document["participants"] = counts.participants;
    const bool scored = !board.cycle.rules.criteria.empty();
    if (!ranks && scored) document["hidden_text"] = insight.hidden_text(language);
    json::array top = first_ranks(board, insight, language);
    if (detail == Detail::card) {
        document["participants_text"] =
            say(language, "evaluation.take-part", {{"count", std::to_string(counts.participants)}});
        if (top.size() > 3) top.resize(3);
        document["top"] = std::move(top);
        return;
    }
    document["participants_text"] = participants_text(board, language);
    tell_live(document, board, insight);
    document["top"] = std::move(top);
    document["groups"] = groups_part(board, insight, language);
    document["figures"] = figures_part(board, insight, language);
    if (!scored) return;
    if (!ranks) {
        document["counts_text"] =
            say(language, "evaluation.take-part", {{"count", std::to_string(counts.participants)}}) + ". " +
            insight.hidden_text(language);
        return;
    }
    document["ranked"] = counts.ranked;
    document["unranked"] = counts.participants - counts.ranked;
    document["counts_text"] =
        say(language, "evaluation.counts",
            {{"participants", std::to_string(counts.participants)}, {"ranked", std::to_string(counts.ranked)}});
    if (json::value* classes = document.if_contains("classes"))
        for (std::size_t i = 0; i < counts.classes.size() && i < classes->as_array().size(); ++i) {
            json::object& one = classes->as_array()[i].as_object();
            one["count"] = counts.classes[i];
            one["count_text"] = count_text(language, counts.classes[i]);
        }
}

void tell_standing(json::object& document, const Board& board, const Insight& insight, int unit, Language language) {
    if (board.cycle.rules.criteria.empty()) return;
    if (insight.listed(unit)) {
        const bool hidden = !insight.standing(unit), ranked = !hidden && board.engine.ranked(unit);
        json::object row{{"movement", movement_part(board, language)},
                         {"ranked", ranked},
                         {"hidden", hidden},
                         {"why_href", board.address() + "/units/" + board.units[static_cast<std::size_t>(unit)].id}};
        const bool has_rank = insight.ranks(board.engine.peer_group(unit));
        if (hidden || (ranked && !has_rank)) row["rank_text"] = insight.hidden_text(language);
        if (ranked) {
            const std::string total = board.engine.total(unit);
            if (has_rank) {
                row["rank"] = board.engine.rank(unit);
                row["rank_text"] = rank_of_peers(language, board.engine.rank(unit), board.engine.peers(unit));
            }
            row["total"] = total;
            row["total_text"] = number_text(language, total);
            if (insight.standing_class(unit) && board.engine.class_index(unit) >= 0)
                row["class"] = class_part(board, board.engine.class_index(unit), language);
        }
        document["standings"].as_array().push_back(std::move(row));
    }
    if (!insight.rollup(unit)) return;
    const auto below = board.engine.rollup(unit);
    if (below.units == 0 || (below.units == 1 && board.engine.takes_part(unit))) return;
    document["rollups"].as_array().push_back(json::object{
        {"movement", movement_part(board, language)},
        {"units", below.units},
        {"units_text", count_text(language, static_cast<std::size_t>(below.units))},
        {"mean_total", below.mean_total},
        {"mean_total_text", number_text(language, below.mean_total)},
        {"href",
         board.address() + "/rollup" + query_text({{"under", board.units[static_cast<std::size_t>(unit)].id}})}});
}

struct Titles {
    std::map<std::string, std::pair<std::string, std::string>> of;  // indicator → title, unit of measure

    void learn(const Board& board, Language language) {
        const auto& indicators = board.engine.rules().indicators;
        for (std::size_t i = 0; i < indicators.size(); ++i)
            of.emplace(indicators[i].key,
                       std::pair{indicator_title(board, static_cast<int>(i), language), indicators[i].unit_of_measure});
    }
};

json::object value_cell(const values::Row* row, const std::string& period, Language language) {
    const bool reported = row && row->value.reported();
    json::object cell{{"period", period},
                      {"reported", reported},
                      {"state", reported                                ? "reported"
                                : row && row->value.is_not_applicable() ? "not_applicable"
                                                                        : "missing"}};
    if (!reported) {
        cell["state_text"] =
            say(language, row && row->value.is_not_applicable() ? "why.not-applicable" : "why.not-reported");
        return cell;
    }
    const std::string value = row->value.value().text();
    cell["value"] = value;
    cell["value_text"] = number_text(language, value);
    if (row->target.reported()) {
        const Decimal target = row->target.value();
        const std::string share = share_of(row->value.value(), target);
        cell["target"] = target.text();
        cell["target_text"] = number_text(language, target.text());
        cell["of_text"] = say(language, "evaluation.of-target",
                              {{"target", number_text(language, target.text())},
                               {"share", share.empty() ? "" : number_text(language, share) + "%"}});
        if (!share.empty()) cell["share"] = share;
    }
    return cell;
}

void tell_values(json::object& document, const std::vector<values::UnitValue>& all, const Titles& titles,
                 Language language) {
    std::set<std::string> periods;
    std::map<std::pair<std::string, std::string>, std::map<std::string, const values::Row*>> by_indicator;
    for (const auto& value : all) {
        periods.insert(value.period);
        by_indicator[{value.indicator, value.source}][value.period] = &value.row;
    }
    json::array rows, heads;
    for (const auto& period : periods) heads.push_back(json::object{{"period", period}});
    for (const auto& [reported_by, reported] : by_indicator) {
        const auto& [indicator, source] = reported_by;
        json::object named{{"key", indicator}, {"title", indicator}};
        if (const auto known = titles.of.find(indicator); known != titles.of.end()) {
            named["title"] = known->second.first;
            if (!known->second.second.empty()) named["unit_of_measure"] = known->second.second;
        }
        if (!source.empty()) named["title"] = std::string(named["title"].as_string()) + " · " + source;
        json::array cells;
        for (const auto& period : periods) {
            const auto found = reported.find(period);
            cells.push_back(value_cell(found == reported.end() ? nullptr : found->second, period, language));
        }
        rows.push_back(json::object{{"indicator", std::move(named)}, {"cells", std::move(cells)}});
    }
    document["value_periods"] = std::move(heads);
    document["values"] = std::move(rows);
}

/// A cycle whose values cannot be scored says why, instead of taking every list that it stands in with it.
void tell_unsound_cycle(json::object& document, const std::string& why, Detail detail) {
    document["participants"] = 0;
    document["top"] = json::array();
    if (detail == Detail::card) {
        document["participants_text"] = why;
        return;
    }
    document["ranked"] = document["unranked"] = 0;
    document["counts_text"] = why;
    document["groups"] = document["figures"] = json::array();
}

/// How many values everybody may see.
std::int64_t count_open_values(const store::Reader& reader) {
    const movements::ValueSight sight(reader, nullptr);
    std::vector<values::SeriesId> open;
    for (const auto& series : values::series(reader))
        if (sight.open(series.indicator, series.period)) open.push_back(series.id);
    return values::count_values(reader, open);
}

json::array front_figures(const store::Reader& reader, Language language) {
    json::array figures;
    const auto add = [&](const char* key, std::int64_t number, const char* href) {
        const std::string text = std::to_string(number);
        figures.push_back(
            json::object{{"key", key},
                         {"number", text},
                         {"number_text", number_text(language, text)},
                         {"label", say(language, std::string("evaluation.front-") + key, {{"count", text}})},
                         {"href", href}});
    };
    add("units", units::count_units(reader, Day::of_number(99'991'231)), "/units");
    add("movements", static_cast<std::int64_t>(movements::cycles(reader).size()), "/movements");
    add("values", count_open_values(reader), "/import");
    return figures;
}

}  // namespace

movements::Parts movement_parts(LiveCycles& live, store::Store& store) {
    movements::Parts parts;
    parts.results = [&live, &store](json::object& document, const movements::Cycle& cycle, Detail detail,
                                    const movements::Asked& asked) {
        const auto& [reader, viewer, language] = asked;
        try {
            look_as(live, store, viewer, cycle.key, cycle.period,
                    [&, language = language](const Board& board, const Insight& insight) {
                        tell_cycle(document, board, insight, detail, language);
                    });
        } catch (const Faults& faults) {
            tell_unsound_cycle(document, faults.list.empty() ? "" : sentence(language, faults.list.front()), detail);
        } catch (const Problem& problem) {
            if (problem.code != "standings.unsound") throw;
            tell_unsound_cycle(document, sentence(language, problem), detail);
        }
        if (detail == Detail::page && !cycle.rules.criteria.empty())
            tell_publication(document, reader, viewer, cycle, language);
    };
    parts.issuer = [](json::object& document, const store::Reader& reader, const std::string& code, Language language) {
        if (const auto unit = units::find_unit_by_code(reader, code, Day::of_number(99'991'231)))
            document["issuer"] = units::unit_reference(*unit, language);
    };
    parts.figures = front_figures;
    return parts;
}

units::UnitPart unit_part_of(LiveCycles& live, store::Store& store) {
    return [&live, &store](json::object& document, const store::Reader& reader, const units::Unit& unit,
                           const web::Request& request) {
        const auto* viewer = people::viewer_of(request);
        const Language language = request.language;
        document["standings"] = json::array();
        document["rollups"] = json::array();
        Titles titles;
        for (const auto& cycle : movements::cycles(reader)) try {
                look_as(live, store, viewer, cycle.key, cycle.period, [&](const Board& board, const Insight& insight) {
                    titles.learn(board, language);
                    const auto index = board.unit_by_id.find(unit.public_id);
                    if (index != board.unit_by_id.end())
                        tell_standing(document, board, insight, index->second, language);
                });
            } catch (const Faults&) {
                // The cycle's own page says what is wrong with it; the unit's stays readable.
            } catch (const Problem& problem) {
                if (problem.code != "standings.unsound") throw;
            }
        auto values = values::values_of(reader, unit.id);
        const movements::ValueSight sight(reader, viewer);
        std::erase_if(values, [&](const values::UnitValue& value) {
            return !sight.sees(unit.id, value.indicator, value.period);
        });
        tell_values(document, values, titles, language);
    };
}

}  // namespace guidon::evaluation

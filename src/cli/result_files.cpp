#include "cli/result_files.h"

#include <algorithm>
#include <charconv>

#include "base/threads.h"
#include "files/csv.h"

namespace guidon::cli {
namespace {

using scoring::Engine;

void append_number(std::string& out, int number) {
    char digits[16];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

const std::string& class_key(const Engine& engine, int class_index) {
    static const std::string none;
    return class_index < 0 ? none : engine.rules().classes[static_cast<std::size_t>(class_index)].key;
}

std::string header_of(const Engine& engine, Columns columns) {
    std::vector<std::string> names = {"group", "rank", "unit", "total", "max", "class", "peers"};
    if (columns == Columns::with_points) {
        for (const auto& criterion : engine.rules().criteria) names.push_back("points:" + criterion.key);
        for (const auto& gate : engine.rules().gates) names.push_back("gate:" + gate.key);
    }
    std::string text;
    files::append_csv_row(text, names);
    return text;
}

/// What follows a unit that is not ranked is empty, whatever the columns.
void append_unit(const Engine& engine, int unit, std::string_view group, std::string_view peers, Columns columns,
                 std::string& out) {
    const bool ranked = engine.ranked(unit);
    out += group;
    out += ',';
    if (ranked) append_number(out, engine.rank(unit));
    out += ',';
    out += engine.field().codes[static_cast<std::size_t>(unit)];
    out += ',';
    out += engine.total(unit);
    out += ',';
    out += engine.max(unit);
    out += ',';
    if (ranked) files::append_csv_field(out, class_key(engine, engine.class_index(unit)));
    out += ',';
    out += peers;
    if (columns == Columns::with_points) {
        for (int i = 0; i < static_cast<int>(engine.rules().criteria.size()); ++i) out += "," + engine.points(unit, i);
        for (int i = 0; i < static_cast<int>(engine.rules().gates.size()); ++i)
            out.append(!ranked ? "," : engine.passes(unit, i) ? ",pass" : ",fail");
    }
    out += '\n';
}

void append_group(const Engine& engine, int group, Columns columns, std::string& out) {
    const auto& members = engine.members(group);
    if (members.empty()) return;
    std::string code;
    files::append_csv_field(code, engine.peer_group_code(group));
    const std::string peers = std::to_string(engine.peers(members.front()));
    for (const int unit : members) append_unit(engine, unit, code, peers, columns, out);
}

/// Peer groups, in order, in so many runs of about as many units each.
std::vector<std::vector<int>> shares(const Engine& engine, int count) {
    std::size_t units = 0, taken = 0;
    for (const int group : engine.peer_group_order()) units += engine.members(group).size();
    std::vector<std::vector<int>> runs(static_cast<std::size_t>(count));
    for (const int group : engine.peer_group_order()) {
        runs[std::min(taken * static_cast<std::size_t>(count) / (units + 1), runs.size() - 1)].push_back(group);
        taken += engine.members(group).size();
    }
    return runs;
}

}  // namespace

void write_standings(const Engine& engine, Columns columns, int threads, const Sink& sink) {
    sink(header_of(engine, columns));
    const auto runs = shares(engine, std::max(threads, 1));
    std::vector<std::string> texts(runs.size());
    on_threads(static_cast<int>(runs.size()), [&](int i) {
        const auto at = static_cast<std::size_t>(i);
        for (const int group : runs[at]) append_group(engine, group, columns, texts[at]);
    });
    for (const std::string& text : texts) sink(text);
}

void write_rollup(const Engine& engine, const Sink& sink) {
    std::vector<std::string> names = {"unit", "units", "mean_total"};
    for (const auto& each : engine.rules().classes) names.push_back("class:" + each.key);
    std::string text;
    files::append_csv_row(text, names);
    for (const auto& row : engine.rollup()) {
        text += engine.field().codes[static_cast<std::size_t>(row.unit)];
        text += ',';
        append_number(text, row.units);
        text += ',';
        text += row.mean_total;
        for (const int count : row.classes) {
            text += ',';
            append_number(text, count);
        }
        text += '\n';
    }
    sink(text);
}

}  // namespace guidon::cli

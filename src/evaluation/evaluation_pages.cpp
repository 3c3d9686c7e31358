#include "evaluation/evaluation_pages.h"

#include <charconv>

#include "evaluation/rollup_document.h"
#include "evaluation/standings_document.h"
#include "evaluation/value_change.h"
#include "evaluation/why_document.h"

namespace guidon::evaluation {

namespace {

using web::Answer;
using web::Request;

Selection selection_of(const Request& request) {
    Selection selection;
    if (const std::string group = request.asked("group"); !group.empty()) selection.group = group;
    selection.class_key = request.asked("class");
    selection.find = request.asked("q");
    selection.sort = request.asked("sort");
    const std::string page = request.asked("page", "1");
    const auto read = std::from_chars(page.data(), page.data() + page.size(), selection.page);
    if (read.ec != std::errc{} || read.ptr != page.data() + page.size() || selection.page < 1 ||
        selection.page > 1'000'000)
        throw Problem("standings.bad-page", {{"page", page}}, "page");
    return selection;
}

int unit_of(const Board& board, const std::string& id) {
    const auto unit = board.unit_by_id.find(id);
    if (unit == board.unit_by_id.end()) throw Problem("standings.unknown-unit", {{"unit", id}}, "", 404);
    return unit->second;
}

/// The table as the file that was asked for.
std::optional<web::Download> download(const Request& request, const Board& board, const std::string& what,
                                      const std::function<files::Table()>& table) {
    const std::string format = request.asked("format");
    const std::string name = board.cycle.key + "-" + board.cycle.period + "-" + what + "." + format;
    if (format == "csv") return web::Download{files::csv_text(table()), "text/csv; charset=utf-8", name};
    if (format == "xlsx")
        return web::Download{files::xlsx_bytes(table(), what),
                             "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name};
    return std::nullopt;
}

std::string version_of(const Board& board) {
    return board.topic() + "@" + std::to_string(board.version);
}

Answer standings(LiveCycles& live, const Request& request) {
    return live.with(request.place.at("key"), request.place.at("period"), [&](const Board& board) {
        const Selection selection = selection_of(request);
        Answer answer{.template_name = "evaluation/standings", .version = version_of(board)};
        answer.download =
            download(request, board, "standings", [&] { return standings_table(board, selection, request.language); });
        if (answer.download) return answer;
        answer.fill = [&live, request, selection] {
            return live.with(request.place.at("key"), request.place.at("period"),
                             [&](const Board& now) { return standings_document(now, selection, request.language); });
        };
        return answer;
    });
}

Answer why(LiveCycles& live, const Request& request) {
    return live.with(request.place.at("key"), request.place.at("period"), [&](const Board& board) {
        const int unit = unit_of(board, request.place.at("id"));
        if (!board.engine.takes_part(unit))
            throw Problem("standings.not-a-participant", {{"unit", unit_name(board, unit, request.language)}}, "", 404);
        Answer answer{.template_name = "evaluation/why", .version = version_of(board)};
        answer.fill = [&live, request] {
            return live.with(request.place.at("key"), request.place.at("period"), [&](const Board& now) {
                return why_document(now, unit_of(now, request.place.at("id")), request.language);
            });
        };
        return answer;
    });
}

Answer rollup(LiveCycles& live, const Request& request) {
    return live.with(request.place.at("key"), request.place.at("period"), [&](const Board& board) {
        std::optional<int> under;
        if (const std::string id = request.asked("under"); !id.empty()) under = unit_of(board, id);
        Answer answer{.template_name = "evaluation/rollup", .version = version_of(board)};
        answer.download =
            download(request, board, "rollup", [&] { return rollup_table(board, under, request.language); });
        if (!answer.download) answer.document = rollup_document(board, under, request.language);
        return answer;
    });
}

}  // namespace

void add_routes(web::Routes& routes, LiveCycles& live, store::Store& store) {
    const std::string cycle = "/movements/:key/:period";
    routes.get(cycle + "/standings", [&live](const Request& request) { return standings(live, request); });
    routes.get(cycle + "/rollup", [&live](const Request& request) { return rollup(live, request); });
    routes.get(cycle + "/units/:id", [&live](const Request& request) { return why(live, request); });
    for (const auto method : {web::Method::put, web::Method::post})  // a form can only post
        routes.change(method, cycle + "/units/:id/values/:indicator",
                      [&live, &store](const Request& request) { return change_value(live, store, request); });
}

}  // namespace guidon::evaluation

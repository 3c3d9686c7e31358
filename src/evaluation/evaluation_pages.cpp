#include "evaluation/evaluation_pages.h"

#include <charconv>

#include "evaluation/looking.h"
#include "evaluation/publishing.h"
#include "evaluation/rollup_document.h"
#include "evaluation/standings_document.h"
#include "evaluation/value_change.h"
#include "evaluation/why_document.h"
#include "movements/publications_store.h"
#include "movements/reporting.h"
#include "values/values_store.h"

namespace guidon::evaluation {

namespace {

using web::Answer;
using web::Request;

/// What the handlers share.
struct Desk {
    LiveCycles& live;
    store::Store& store;
};

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

int unit_of(const Board& board, const Insight& insight, const std::string& id) {
    const auto unit = board.unit_by_id.find(id);
    if (unit == board.unit_by_id.end() || !insight.shown(unit->second))
        throw Problem("standings.unknown-unit", {{"unit", id}}, "", 404);
    return unit->second;
}

/// A unit with a page that says why it stands where it does.
int participant_of(const Board& board, const Insight& insight, const Request& request) {
    const int unit = unit_of(board, insight, request.place.at("id"));
    if (!insight.listed(unit))
        throw Problem("standings.not-a-participant", {{"unit", unit_name(board, unit, request.language)}}, "", 404);
    return unit;
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

/// What keeps the page for the next who asks: nothing of one on which something is hidden, so that no tag tells of it.
std::string version_of(const Board& board, const Insight& insight) {
    return insight.everything() ? board.topic() + "@" + std::to_string(board.version) : "";
}

/// Runs `look(board, insight)` on the cycle of the address, for who asks.
template <class Look>
auto look_for(const Desk& desk, const Request& request, Look look) {
    return look_as(desk.live, desk.store, people::viewer_of(request), request.place.at("key"),
                   request.place.at("period"), look);
}

Answer standings(const Desk& desk, const Request& request) {
    return look_for(desk, request, [&](const Board& board, const Insight& insight) {
        const Selection selection = selection_of(request);
        Answer answer{.template_name = "evaluation/standings", .version = version_of(board, insight)};
        answer.download = download(request, board, "standings",
                                   [&] { return standings_table(board, insight, selection, request.language); });
        if (answer.download) return answer;
        answer.fill = [desk, request, selection] {
            return look_for(desk, request, [&](const Board& now, const Insight& seen) {
                return standings_document(now, seen, selection, request.language);
            });
        };
        return answer;
    });
}

/// Asked before the cycle is looked at: who holds a board waits for no other.
Reported reported_of(const Desk& desk, const Request& request) {
    const std::string key = request.place.at("key"), period = request.place.at("period");
    const auto reader = desk.store.read();
    const auto unit = units::find_unit_id(reader, request.place.at("id"));
    Reported reported;
    if (!unit) return reported;
    for (const auto& value : values::values_of(reader, *unit))
        if (value.source.empty() && value.period == period) reported.versions[value.indicator] = value.row.since;
    const auto* viewer = people::viewer_of(request);
    if (!people::Gate::may_somewhere(viewer, people::Action::report_value)) return reported;
    const auto stored = movements::find_cycle(reader, key, period);
    if (!stored) return reported;
    const auto reporting = movements::last_publication(reader, stored->id).stands() ? movements::Reporting::published
                           : stored->state == movements::CycleState::closed         ? movements::Reporting::closed
                                                                                    : movements::Reporting::open;
    reported.may_change = movements::may_report(reader, viewer, *unit, key, reporting);
    return reported;
}

Answer why(const Desk& desk, const Request& request) {
    return look_for(desk, request, [&](const Board& board, const Insight& insight) {
        participant_of(board, insight, request);
        Answer answer{.template_name = "evaluation/why", .version = version_of(board, insight)};
        answer.fill = [desk, request] {
            const Reported reported = reported_of(desk, request);
            return look_for(desk, request, [&](const Board& now, const Insight& seen) {
                return why_document(now, seen, participant_of(now, seen, request), reported, request.language);
            });
        };
        return answer;
    });
}

Answer rollup(const Desk& desk, const Request& request) {
    return look_for(desk, request, [&](const Board& board, const Insight& insight) {
        std::optional<int> under;
        if (const std::string id = request.asked("under"); !id.empty()) under = unit_of(board, insight, id);
        Answer answer{.template_name = "evaluation/rollup", .version = version_of(board, insight)};
        answer.download =
            download(request, board, "rollup", [&] { return rollup_table(board, insight, under, request.language); });
        if (!answer.download) answer.document = rollup_document(board, insight, under, request.language);
        return answer;
    });
}

}  // namespace

void add_routes(web::Routes& routes, LiveCycles& live, store::Store& store) {
    const std::string cycle = "/movements/:key/:period";
    const Desk desk{live, store};
    routes.get(cycle + "/standings", [desk](const Request& request) { return standings(desk, request); });
    routes.get(cycle + "/rollup", [desk](const Request& request) { return rollup(desk, request); });
    routes.get(cycle + "/units/:id", [desk](const Request& request) { return why(desk, request); });
    for (const auto method : {web::Method::put, web::Method::post})  // a form can only post
        routes.change(method, cycle + "/units/:id/values/:indicator",
                      [&live, &store](const Request& request) { return change_value(live, store, request); });
    routes.change(web::Method::post, cycle + "/publish",
                  [&live, &store](const Request& request) { return publish(live, store, request); });
    routes.change(web::Method::post, cycle + "/unpublish",
                  [&live, &store](const Request& request) { return withdraw(live, store, request); });
}

}  // namespace guidon::evaluation

#include "imports/export_pages.h"

#include "imports/export.h"
#include "movements/movements_store.h"
#include "people/gate.h"

namespace guidon::imports {

namespace {

using web::Answer;
using web::Request;

/// Runs an export into the format asked for.
template <class Export>
Answer as_file(const Request& request, const std::string& name, Export run) {
    Answer answer;
    if (request.asked("format", "csv") == "xlsx") {
        XlsxOut out(name);
        run(out);
        answer.download = web::Download{
            out.bytes(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name + ".xlsx"};
        return answer;
    }
    std::string bytes;
    CsvOut out([&bytes](std::string_view piece) { bytes += piece; });
    run(out);
    answer.download = web::Download{std::move(bytes), "text/csv; charset=utf-8", name + ".csv"};
    return answer;
}

/// The day as of which units are asked for: `on`, the last day of the cycle named, or today.
Day day_asked(const Request& request, const store::Reader& reader, Day today) {
    if (const std::string text = request.asked("on"); !text.empty()) {
        const auto day = Day::parse(text);
        if (!day) throw Problem("units.bad-day", {{"day", text}}, "on");
        return *day;
    }
    const std::string key = request.asked("movement");
    if (key.empty()) return today;
    const auto cycle = movements::find_cycle(reader, key, request.asked("period"));
    if (!cycle)
        throw Problem("movement.unknown-cycle", {{"movement", key}, {"period", request.asked("period")}}, "", 404);
    return Day::parse(cycle->ends).value_or(today);
}

/// Of a movement: what it reads in that cycle.
ValueFilter filter_of(const store::Reader& reader, const Request& request) {
    ValueFilter filter;
    if (const auto period = request.asked("period"); !period.empty()) filter.period = period;
    const auto key = request.asked("movement");
    if (key.empty()) return filter;
    const auto stored = meant_cycle(reader, key, request.asked("period"));
    std::vector<Fault> faults;
    const auto cycle = movements::read_cycle(stored.toml, key, faults);
    filter.period = stored.period;
    filter.indicators.emplace();
    if (cycle) {
        for (const auto& indicator : cycle->rules.indicators)
            filter.indicators->insert(indicator.from.empty() ? indicator.key : indicator.from);
    }
    return filter;
}

/// Whether the file of exemplars, with the names of persons, holds this one for `viewer`.
bool in_scope(const store::Reader& reader, const people::Viewer* viewer, const exemplars::Exemplar& one) {
    const people::Where where{.unit = one.unit, .movement = one.movement};
    return people::Gate::may(reader, viewer, people::Action::register_exemplar, where) ||
           (one.state != exemplars::State::draft && exemplars::sees(reader, viewer, one) &&
            people::Gate::may(reader, viewer, people::Action::read_people, where));
}

}  // namespace

void add_export_routes(web::Routes& routes, store::Store& store) {
    const auto today = [&store] { return Day::of_utc_ms(store.now_utc_ms()); };
    routes.get("/export/units", [&store, today](const Request& request) {
        const auto reader = store.read();
        const Day on = day_asked(request, reader, today());
        return as_file(request, "units", [&](TableOut& out) { export_units(reader, on, out); });
    });
    routes.get("/export/groups", [&store, today](const Request& request) {
        const auto reader = store.read();
        return as_file(request, "groups", [&](TableOut& out) { export_groups(reader, today(), out); });
    });
    routes.get("/export/exemplars", [&store, today](const Request& request) {
        const auto reader = store.read();
        const auto* viewer = people::viewer_of(request);
        // the file names persons and holds drafts: for who works with them; the public has the open data
        if (!people::Gate::may_somewhere(viewer, people::Action::register_exemplar) &&
            !people::Gate::may_somewhere(viewer, people::Action::read_people))
            throw people::Gate::refusal(reader, viewer, people::Action::register_exemplar, {});
        return as_file(request, "exemplars", [&](TableOut& out) {
            export_exemplars(
                reader, today(), [&](const exemplars::Exemplar& one) { return in_scope(reader, viewer, one); }, out);
        });
    });
    routes.get("/export/values", [&store, today](const Request& request) {
        const auto reader = store.read();
        auto filter = filter_of(reader, request);
        const movements::ValueSight sight(reader, people::viewer_of(request));
        filter.sight = &sight;
        return as_file(request, "values", [&](TableOut& out) { export_values(reader, today(), filter, out); });
    });
}

}  // namespace guidon::imports

#include "imports/imports_pages.h"

#include <algorithm>
#include <chrono>
#include <future>
#include <memory>
#include <set>

#include "files/xlsx_forms.h"
#include "imports/desk.h"
#include "imports/exemplar_rows.h"
#include "imports/export.h"
#include "imports/import.h"
#include "imports/import_document.h"
#include "imports/job.h"
#include "imports/table_file.h"
#include "people/gate.h"
#include "web/negotiation.h"

namespace guidon::imports {
namespace {

using web::Answer;
using web::Method;
using web::Request;

using people::Action;
using people::Gate;
using people::Viewer;

constexpr auto xlsx_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
constexpr auto patience = std::chrono::milliseconds(1000);

Action action_of(Kind kind) {
    switch (kind) {
        case Kind::units:
            return Action::change_units;
        case Kind::groups:
            return Action::change_groups;
        case Kind::movement:
            return Action::change_movement;
        case Kind::exemplars:
            return Action::register_exemplar;
        default:
            return Action::report_value;
    }
}

bool sees_all(const Viewer* viewer) {
    return Gate::may_somewhere(viewer, Action::run_system) || Gate::may_somewhere(viewer, Action::read_journal);
}

std::vector<Kind> kinds_for(const Viewer* viewer) {
    std::vector<Kind> found;
    for (const Kind kind : kinds)
        if (Gate::may_somewhere(viewer, action_of(kind))) found.push_back(kind);
    return found;
}

/// What the handlers share.
struct Office {
    store::Store& store;
    store::Writer& writer;
    store::Jobs& jobs;
    Tell tell;
    Desk desk;

    Day today() const { return Day::of_utc_ms(store.now_utc_ms()); }

    /// One that `viewer` may see; that of somebody else is unknown to them.
    Case find(const std::string& id, const Viewer* viewer) const {
        Case one{desk.find(id), std::nullopt};
        const auto& job = one.file ? one.file->job : id;
        if (!job.empty()) one.job = jobs.find(job);
        if ((!one.file && (!one.job || !one.job->kind.starts_with("import."))) || !is_for(viewer, one))
            throw Problem("import.unknown", {{"id", id}}, "", 404);
        return one;
    }

    static bool is_own(const Viewer* viewer, const Case& one) {
        return viewer && (one.file ? one.file->who : one.job->who) == viewer->person;
    }
    static bool is_for(const Viewer* viewer, const Case& one) { return is_own(viewer, one) || sees_all(viewer); }

    /// All that `viewer` may see, newest first.
    std::vector<Case> all(const Viewer* viewer) const {
        std::vector<Case> cases;
        for (auto& file : desk.list()) {
            auto job = file.job.empty() ? std::nullopt : jobs.find(file.job);
            cases.push_back({std::move(file), std::move(job)});
        }
        for (auto& job : jobs.list()) {
            if (job.kind.starts_with("import.") && !desk.find(job.id)) cases.push_back({std::nullopt, std::move(job)});
        }
        std::erase_if(cases, [&](const Case& one) { return !is_for(viewer, one); });
        const auto when = [](const Case& one) { return one.file ? one.file->since_utc_ms : one.job->created_utc_ms; };
        std::stable_sort(cases.begin(), cases.end(), [&](const auto& a, const auto& b) { return when(a) > when(b); });
        return cases;
    }
};

/// Only who may store something somewhere, or sees what others do, has business here.
const Viewer* must_have_business(const Office& office, const Request& request) {
    const auto* viewer = people::viewer_of(request);
    if (kinds_for(viewer).empty() && !sees_all(viewer))
        throw Gate::refusal(office.store.read(), viewer, Action::report_value, {});
    return viewer;
}

/// A name for faults and lists, without the folders that some browsers send.
std::string bare_name(const std::string& name) {
    return name.substr(name.find_last_of("/\\") + 1);
}

Answer shown(const Office& office, const std::string& id, const Request& request) {
    Answer answer;
    answer.template_name = "imports/plan";
    answer.document = import_document(office.find(id, must_have_business(office, request)), request.language);
    return answer;
}

Answer start(const Office& office, const Request& request) {
    Answer answer;
    answer.template_name = "imports/start";
    const auto* viewer = must_have_business(office, request);
    answer.document =
        start_document(office.all(viewer), kinds_for(viewer), kind_of(request.asked("kind")), request.language);
    return answer;
}

Answer hand_in(Office& office, const Request& request) {
    const auto* viewer = must_have_business(office, request);
    const auto kind = kind_of(request.field("kind"));
    if (!kind) throw Problem("import.kind", {{"text", request.field("kind")}}, "kind");
    if (!Gate::may_somewhere(viewer, action_of(*kind)))
        throw Gate::refusal(office.store.read(), viewer, action_of(*kind), {});
    const auto upload = request.uploads.find("file");
    if (upload == request.uploads.end() || upload->second.file_name.empty())
        throw Problem("import.no-file", {}, "file");
    const auto& [name, type, content] = upload->second;
    Import import(office.store.read(), {*kind, bare_name(name), content, office.today(), Rights(request.caller)});
    const auto id = office.desk.put(content, import.plan(), office.store.now_utc_ms(), viewer->person);
    auto answer = shown(office, id, request);
    answer.status = 201;
    answer.location = "/import/" + id;
    return answer;
}

Answer at_its_address(Answer answer, const std::string& id) {
    answer.location = "/import/" + id;
    return answer;
}

/// A browser shows the answer to the last press of a button: the person wants to see how the import is, not that it
/// was pressed before.
bool pressed_twice(const Request& request, std::string_view state) {
    return (state == "queued" || state == "applying" || state == "applied") &&
           web::wanted_representation(request.asked("format"), request.header("accept")) == web::Representation::html;
}

Answer apply(Office& office, const Request& request) {
    const auto& id = request.place.at("id");
    const auto* viewer = must_have_business(office, request);
    const auto one = office.find(id, viewer);
    const auto before = state_of(one);
    if (pressed_twice(request, before)) return at_its_address(shown(office, id, request), id);
    if (before != "planned") throw Problem("import.not-waiting", {}, "", 409);
    const auto& plan = one.file->plan;
    if (office.store.read().seq() != plan.seq) throw Problem("import.stale", {}, "", 409);
    if (!Gate::may_somewhere(viewer, action_of(plan.kind)))
        throw Gate::refusal(office.store.read(), viewer, action_of(plan.kind), {});
    auto content = office.desk.decide(id, Decision::applied);
    const auto ended = std::make_shared<std::promise<void>>();
    const auto moved = [&office, ended](const std::string& job, store::JobState state) {
        if (state != store::JobState::running) ended->set_value();
        if (office.tell)
            office.tell("jobs/" + job, boost::json::serialize(boost::json::object{{"state", code(state)}}));
    };
    const auto job =
        start_job(office.store, office.writer, office.jobs,
                  {plan.kind, plan.file, std::move(content), plan.since, plan.identity(), Rights(request.caller), id},
                  request.language, moved);
    office.desk.remember_job(id, job);
    ended->get_future().wait_for(patience);  // most files are small: the answer can say that all is stored
    auto answer = shown(office, id, request);
    answer.status = 202;
    return at_its_address(std::move(answer), id);
}

Answer cancel(Office& office, const Request& request) {
    const auto& id = request.place.at("id");
    const auto* viewer = must_have_business(office, request);
    const auto one = office.find(id, viewer);
    if (!Office::is_own(viewer, one) && !Gate::may_somewhere(viewer, Action::run_system))
        throw Gate::refusal(office.store.read(), viewer, Action::run_system, {});
    const auto state = state_of(one);
    if (one.job && (state == "queued" || state == "applying"))
        office.jobs.cancel(one.job->id);
    else if (!one.job)
        office.desk.decide(id, Decision::discarded);
    else
        throw Problem("import.not-waiting", {}, "", 409);
    return at_its_address(shown(office, id, request), id);
}

/// Fills a file of the kind and ending that the address names.
Answer file(const Request& request, const std::function<void(Kind, TableOut&)>& fill) {
    const auto kind = kind_of(request.place.at("kind"));
    const auto format = request.asked("format");
    if (!kind || *kind == Kind::movement || (format != "csv" && format != "xlsx"))
        throw Problem("import.unknown-file", {{"file", request.path}}, "", 404);
    const auto name = std::string(code(*kind));
    Answer answer;
    if (format == "csv") {
        std::string text;
        CsvOut out([&](std::string_view piece) { text += piece; });
        fill(*kind, out);
        answer.download = web::Download{std::move(text), "text/csv; charset=utf-8", name + ".csv"};
    } else {
        XlsxOut out(name);
        fill(*kind, out);
        answer.download = web::Download{out.bytes(), xlsx_type, name + ".xlsx"};
    }
    return answer;
}

/// The words that a column takes, of all cycles that take exemplars.
std::vector<std::string> choices_of(const store::Reader& reader, Choice choice, Day today) {
    std::set<std::string> keys;
    const auto add = [&](const auto& entries) {
        for (const auto& entry : entries) keys.insert(entry.key);
    };
    switch (choice) {
        case Choice::kind:
            return {"model", "example"};
        case Choice::owner_kind:
            return {"collective", "individual"};
        case Choice::qualifier:
            return {"exact", "at_least", "about"};
        case Choice::language:
            return {"vi", "en", "ur"};
        case Choice::state:
            return {"draft", "registered", "recognised"};
        case Choice::yes_no:
            return {"yes", "no"};
        case Choice::any:
            return {};
        case Choice::unit:
            for (const auto& unit : units::load_units(reader, today)) keys.insert(unit.code);
            break;
        default:
            for (const auto& [cycle, rules] : movements::cycles_with_exemplars(reader)) {
                if (choice == Choice::cycle) keys.insert(cycle.key);
                if (choice == Choice::field) add(rules.fields);
                if (choice == Choice::topic) add(rules.topics);
                if (choice == Choice::level) add(rules.levels);
            }
    }
    return {keys.begin(), keys.end()};
}

Answer exemplars_form(const Office& office, const Request& request) {
    const auto reader = office.store.read();
    std::vector<files::FormColumn> columns;
    for (const auto& column : exemplar_columns())
        columns.push_back({column.name, say(request.language, "import.column.exemplars." + std::string(column.name)),
                           column.required, choices_of(reader, column.choice, office.today())});
    Answer answer;
    answer.download = web::Download{files::form_workbook("exemplars", columns), xlsx_type, "exemplars.xlsx"};
    return answer;
}

/// What was handed in, with a colour and a remark at each faulty cell.
Answer faults_workbook(Office& office, const Request& request) {
    const auto& id = request.place.at("id");
    const auto one = office.find(id, must_have_business(office, request));
    const auto content = office.desk.content(id);
    if (!one.file || !content || !one.file->plan.refused() || one.file->plan.kind == Kind::movement)
        throw Problem("import.unknown-file", {{"file", request.path}}, "", 404);
    std::vector<Fault> again;  // told already
    const TableFile table(*content, one.file->plan.file, again);
    const auto say_ = [&](const char* key) { return say(request.language, key); };
    Answer answer;
    answer.download =
        web::Download{files::marked_workbook(std::string(code(one.file->plan.kind)),
                                             table.marked(one.file->plan.faults, request.language),
                                             {say_("t.faults"), say_("t.place"), say_("t.what_is_wrong")}),
                      xlsx_type, std::string(code(one.file->plan.kind)) + "-faults.xlsx"};
    return answer;
}

Answer empty_file(const Office& office, const Request& request) {
    if (request.place.at("kind") == "exemplars" && request.asked("format") == "xlsx")
        return exemplars_form(office, request);
    return file(request, [](Kind kind, TableOut& out) {
        std::vector<files::SheetColumn> columns;
        for (const auto& column : columns_of(kind)) columns.push_back({column.name});
        out.begin(std::move(columns));
    });
}

}  // namespace

bool may_watch(const store::Jobs& jobs, const web::Request& request, const std::string& topic) {
    constexpr std::string_view ours = "jobs/";
    if (!topic.starts_with(ours)) return true;
    const auto* viewer = people::viewer_of(request);
    const auto job = jobs.find(topic.substr(ours.size()));
    return sees_all(viewer) || (viewer && job && job->who == viewer->person);
}

void add_routes(web::Routes& routes, store::Store& store, store::Writer& writer, store::Jobs& jobs, Tell tell) {
    const auto office = std::shared_ptr<Office>(new Office{store, writer, jobs, std::move(tell), {}});
    const auto reads = [&](Method method, std::string path, auto handler, std::uint64_t body_limit = web::form_limit,
                           std::vector<web::UploadType> upload_types = {}) {
        routes.add({method, std::move(path), web::Access::read,
                    [office, handler](const Request& request) { return handler(*office, request); }, body_limit,
                    std::move(upload_types)});
    };
    reads(Method::get, "/import", start);
    // Reading and comparing a file changes nothing, and applying it runs as a job: neither waits on the writer's
    // thread.
    reads(Method::post, "/import", hand_in, web::upload_limit,
          {web::UploadType::csv, web::UploadType::xlsx, web::UploadType::toml});
    reads(Method::get, "/import/:id", [](Office& o, const Request& r) { return shown(o, r.place.at("id"), r); });
    reads(Method::post, "/import/:id/apply", apply);
    reads(Method::post, "/import/:id/cancel", cancel);
    reads(Method::get, "/import/:id/faults", faults_workbook);
    routes.get("/import/template/:kind", [office](const Request& request) { return empty_file(*office, request); });
}

}  // namespace guidon::imports

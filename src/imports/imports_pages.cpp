#include "imports/imports_pages.h"

#include <algorithm>
#include <chrono>
#include <future>
#include <memory>

#include "imports/desk.h"
#include "imports/export.h"
#include "imports/import.h"
#include "imports/import_document.h"
#include "imports/job.h"
#include "web/negotiation.h"

namespace guidon::imports {
namespace {

using web::Answer;
using web::Method;
using web::Request;

constexpr auto patience = std::chrono::milliseconds(1000);
constexpr auto who = "administrator";  // until there are roles

/// What the handlers share.
struct Office {
    store::Store& store;
    store::Writer& writer;
    store::Jobs& jobs;
    Tell tell;
    Desk desk;

    Day today() const { return Day::of_utc_ms(store.now_utc_ms()); }

    Case find(const std::string& id) const {
        Case one{desk.find(id), std::nullopt};
        const auto& job = one.file ? one.file->job : id;
        if (!job.empty()) one.job = jobs.find(job);
        if (!one.file && (!one.job || !one.job->kind.starts_with("import.")))
            throw Problem("import.unknown", {{"id", id}}, "", 404);
        return one;
    }

    /// Newest first.
    std::vector<Case> all() const {
        std::vector<Case> cases;
        for (auto& file : desk.list()) {
            auto job = file.job.empty() ? std::nullopt : jobs.find(file.job);
            cases.push_back({std::move(file), std::move(job)});
        }
        for (auto& job : jobs.list()) {
            if (job.kind.starts_with("import.") && !desk.find(job.id)) cases.push_back({std::nullopt, std::move(job)});
        }
        const auto when = [](const Case& one) { return one.file ? one.file->since_utc_ms : one.job->created_utc_ms; };
        std::stable_sort(cases.begin(), cases.end(), [&](const auto& a, const auto& b) { return when(a) > when(b); });
        return cases;
    }
};

/// A name for faults and lists, without the folders that some browsers send.
std::string bare_name(const std::string& name) {
    return name.substr(name.find_last_of("/\\") + 1);
}

Answer shown(const Office& office, const std::string& id, Language language) {
    Answer answer;
    answer.template_name = "imports/plan";
    answer.document = import_document(office.find(id), language);
    return answer;
}

Answer start(const Office& office, const Request& request) {
    Answer answer;
    answer.template_name = "imports/start";
    answer.document =
        start_document(office.all(), kind_of(request.asked("kind")).value_or(Kind::units), request.language);
    return answer;
}

Answer hand_in(Office& office, const Request& request) {
    const auto kind = kind_of(request.field("kind"));
    if (!kind) throw Problem("import.kind", {{"text", request.field("kind")}}, "kind");
    const auto upload = request.uploads.find("file");
    if (upload == request.uploads.end() || upload->second.file_name.empty())
        throw Problem("import.no-file", {}, "file");
    const auto& [name, type, content] = upload->second;
    Import import(office.store.read(), {*kind, bare_name(name), content, office.today()});
    const auto id = office.desk.put(content, import.plan(), office.store.now_utc_ms());
    auto answer = shown(office, id, request.language);
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
    const auto one = office.find(id);
    const auto before = state_of(one);
    if (pressed_twice(request, before)) return at_its_address(shown(office, id, request.language), id);
    if (before != "planned") throw Problem("import.not-waiting", {}, "", 409);
    const auto& plan = one.file->plan;
    if (office.store.read().seq() != plan.seq) throw Problem("import.stale", {}, "", 409);
    auto content = office.desk.decide(id, Decision::applied);
    const auto ended = std::make_shared<std::promise<void>>();
    const auto moved = [&office, ended](const std::string& job, store::JobState state) {
        if (state != store::JobState::running) ended->set_value();
        if (office.tell)
            office.tell("jobs/" + job, boost::json::serialize(boost::json::object{{"state", code(state)}}));
    };
    const auto job = start_job(office.store, office.writer, office.jobs,
                               {plan.kind, plan.file, std::move(content), plan.since, plan.identity(), who, id},
                               request.language, moved);
    office.desk.remember_job(id, job);
    ended->get_future().wait_for(patience);  // most files are small: the answer can say that all is stored
    auto answer = shown(office, id, request.language);
    answer.status = 202;
    return at_its_address(std::move(answer), id);
}

Answer cancel(Office& office, const Request& request) {
    const auto& id = request.place.at("id");
    const auto one = office.find(id);
    const auto state = state_of(one);
    if (one.job && (state == "queued" || state == "applying"))
        office.jobs.cancel(one.job->id);
    else if (!one.job)
        office.desk.decide(id, Decision::discarded);
    else
        throw Problem("import.not-waiting", {}, "", 409);
    return at_its_address(shown(office, id, request.language), id);
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
        answer.download = web::Download{
            out.bytes(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name + ".xlsx"};
    }
    return answer;
}

Answer empty_file(const Request& request) {
    return file(request, [](Kind kind, TableOut& out) {
        std::vector<files::SheetColumn> columns;
        for (const auto& column : columns_of(kind)) columns.push_back({column.name});
        out.begin(std::move(columns));
    });
}

}  // namespace

void add_routes(web::Routes& routes, store::Store& store, store::Writer& writer, store::Jobs& jobs, Tell tell) {
    const auto office = std::shared_ptr<Office>(new Office{store, writer, jobs, std::move(tell), {}});
    const auto reads = [&](Method method, std::string path, auto handler, std::uint64_t body_limit = web::form_limit) {
        routes.add({method, std::move(path), web::Access::read,
                    [office, handler](const Request& request) { return handler(*office, request); }, body_limit});
    };
    reads(Method::get, "/import", start);
    // Reading and comparing a file changes nothing, and applying it runs as a job: neither waits on the writer's
    // thread.
    reads(Method::post, "/import", hand_in, web::upload_limit);
    reads(Method::get, "/import/:id",
          [](Office& o, const Request& r) { return shown(o, r.place.at("id"), r.language); });
    reads(Method::post, "/import/:id/apply", apply);
    reads(Method::post, "/import/:id/cancel", cancel);
    routes.get("/import/template/:kind", empty_file);
}

}  // namespace guidon::imports

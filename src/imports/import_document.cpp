#include "imports/import_document.h"

#include <algorithm>

#include "base/moment.h"
#include "imports/exemplar_rows.h"
#include "web/address.h"
#include "web/resource.h"

namespace guidon::imports {
namespace {

namespace json = boost::json;
using store::JobState;

std::string number(Language language, std::int64_t count) {
    return number_text(language, std::to_string(count));
}

std::string counted(Language language, const std::string& key, std::int64_t count) {
    return say(language, key, {{"count", std::to_string(count)}});
}

std::string_view text_of(const json::object& object, const char* name) {
    const auto* value = object.if_contains(name);
    return value && value->is_string() ? std::string_view(value->as_string()) : std::string_view();
}

std::int64_t integer_of(const json::object& object, const char* name) {
    const auto* value = object.if_contains(name);
    return value && value->is_int64() ? value->as_int64() : 0;
}

Kind kind_in(const Case& one) {
    if (one.file) return one.file->plan.kind;
    return kind_of(one.job->kind.substr(one.job->kind.find('.') + 1)).value_or(Kind::values);
}

std::string file_of(const Case& one, Language language) {
    if (one.file) return one.file->plan.file;
    const auto file = text_of(one.job->result, "file");
    return file.empty() ? say(language, "import.kind." + std::string(code(kind_in(one)))) : std::string(file);
}

std::string id_of(const Case& one) {
    return one.file ? one.file->id : one.job->id;
}

bool is_active(std::string_view state) {
    return state == "queued" || state == "applying";
}

/// How far the job is.
void add_progress(json::object& document, const store::Job& job, Language language) {
    const auto percent = job.total > 0 ? job.progress * 100 / job.total : 0;
    document["percent"] = percent;
    document["progress_text"] = job.total == 0 ? say(language, "import.reading")
                                               : say(language, "import.progress",
                                                     {{"percent", std::to_string(percent)},
                                                      {"done", std::to_string(job.progress)},
                                                      {"total", std::to_string(job.total)}});
}

store::Tally tally_of(const Case& one) {
    if (one.file) return one.file->plan.comparison.tally();
    const auto& result = one.job->result;
    return {integer_of(result, "new"), integer_of(result, "changed"), integer_of(result, "unchanged")};
}

json::object counts(const Case& one, std::int64_t faults, std::int64_t warnings, Language language) {
    const auto tally = tally_of(one);
    json::object part;
    const std::pair<const char*, std::int64_t> all[] = {{"new", tally.added},
                                                        {"changed", tally.changed},
                                                        {"unchanged", tally.unchanged},
                                                        {"faults", faults},
                                                        {"warnings", warnings}};
    for (const auto& [name, count] : all) {
        part[name] = count;
        part[std::string(name) + "_text"] = number(language, count);
    }
    return part;
}

json::object fault_part(const Fault& fault, Language language) {
    auto place = fault.file;
    if (fault.line > 0) place += ":" + std::to_string(fault.line);
    if (fault.line > 0 && fault.column > 0) place += ":" + std::to_string(fault.column);
    Fault bare = fault;  // the place stands beside the sentence
    bare.file.clear();
    bare.line = bare.column = 0;
    bare.warning = false;
    json::object part{{"place_text", place}, {"code", fault.code}, {"text", sentence(language, bare)}};
    if (fault.line > 0) part["line"] = fault.line;
    if (fault.line > 0 && fault.column > 0) part["column"] = fault.column;
    return part;
}

json::object change_part(const Example& example, bool is_new, Language language) {
    json::array fields;
    for (const auto& [field, before, after] : example.fields) {
        const auto colon = field.find(':');  // name:vi
        const auto name = say(language, "import.field." + field.substr(0, colon)) +
                          (colon == field.npos ? "" : " (" + field.substr(colon + 1) + ")");
        const bool unseen = field == "text";  // of a movement: too long to show
        json::object part{{"name", name}};
        if (!before.empty()) part["before"] = before;
        part["after"] = unseen          ? say(language, "import.text-differs")
                        : after.empty() ? say(language, "import.nothing")
                                        : after;
        fields.push_back(std::move(part));
    }
    const std::string what = is_new ? "new" : "changed";
    return {{"line", example.line},
            {"line_text", number(language, example.line)},
            {"what", what},
            {"what_text", say(language, "import.what." + what)},
            {"new", is_new},
            {"subject_text", example.subject},
            {"fields", std::move(fields)}};
}

void add_changes(json::object& document, const Plan& plan, Language language) {
    json::array changes;
    for (const auto& example : plan.comparison.changed()) changes.push_back(change_part(example, false, language));
    for (const auto& example : plan.comparison.added()) changes.push_back(change_part(example, true, language));
    const auto& tally = plan.comparison.tally();
    const auto more = tally.added + tally.changed - static_cast<std::int64_t>(changes.size());
    if (more > 0) document["changes_more_text"] = counted(language, "import.more-records", more);
    document["changes"] = std::move(changes);
}

/// Faults of the plan, or of the job that could not do what the plan said.
void add_faults(json::object& document, const Case& one, Language language) {
    json::array faults, warnings;
    if (one.file) {
        for (const auto& fault : one.file->plan.faults)
            (fault.warning ? warnings : faults).push_back(fault_part(fault, language));
    }
    if (one.job) {
        for (const auto& fault : one.job->faults)
            faults.push_back({{"place_text", file_of(one, language)},
                              {"code", text_of(fault.as_object(), "code")},
                              {"text", text_of(fault.as_object(), "sentence")}});
    }
    document["counts"] =
        counts(one, static_cast<std::int64_t>(faults.size()), static_cast<std::int64_t>(warnings.size()), language);
    document["faults"] = std::move(faults);
    document["warnings"] = std::move(warnings);
}

std::string lede(const Case& one, std::string_view state, std::int64_t faults, Language language) {
    const auto tally = tally_of(one);
    const auto entry = one.job ? integer_of(one.job->result, "entry") : 0;
    return say(language, "import.lede." + std::string(state),
               {{"changes", std::to_string(tally.added + tally.changed)},
                {"faults", std::to_string(faults)},
                {"entry", std::to_string(entry)}});
}

json::object job_part(const Case& one, Language language) {
    const auto state = state_of(one);
    const auto href = "/import/" + id_of(one);
    const auto kind = std::string(code(kind_in(one)));
    json::object part{{"id", id_of(one)},
                      {"href", href},
                      {"kind", kind},
                      {"kind_title", say(language, "import.kind." + kind)},
                      {"file_name", file_of(one, language)},
                      {"state", state},
                      {"state_text", say(language, "import.state." + std::string(state))},
                      {"active", is_active(state)},
                      {"when_text", moment_text(language, one.file ? one.file->since_utc_ms : one.job->created_utc_ms,
                                                DateStyle::spelled)}};
    if (is_active(state)) {
        add_progress(part, *one.job, language);
        part["cancel_action"] = href + "/cancel";
    }
    return part;
}

json::object kind_part(Kind kind, Kind selected, Language language) {
    const auto key = std::string(code(kind));
    const bool table = kind != Kind::movement;
    json::array columns;
    for (const auto& [name, required, example] : columns_of(kind)) {
        json::object column{
            {"name", name}, {"required", required}, {"text", say(language, "import.column." + key + "." + name)}};
        if (!example.empty()) column["example"] = example;
        columns.push_back(std::move(column));
    }
    json::object part{{"key", key},
                      {"title", say(language, "import.kind." + key)},
                      {"selected", kind == selected},
                      {"formats_text", say(language, table ? "import.formats.table" : "import.formats.movement")},
                      {"has_templates", table},
                      {"has_exports", table},
                      {"columns", std::move(columns)}};
    if (table) {
        for (const std::string ending : {"csv", "xlsx"}) {
            part[ending + "_href"] = "/import/template/" + key + "." + ending;
            part["export_" + ending + "_href"] = "/export/" + key + "." + ending;
        }
    }
    return part;
}

std::vector<ColumnHelp> exemplar_help() {
    std::vector<ColumnHelp> help;
    for (const bool required : {true, false})
        for (const auto& column : exemplar_columns())
            if (column.required == required) help.push_back({column.name, required, ""});
    return help;
}

}  // namespace

std::string_view state_of(const Case& one) {
    if (one.job) {
        constexpr std::string_view states[] = {"queued", "applying", "applied", "failed", "cancelled", "interrupted"};
        return states[static_cast<int>(one.job->state)];
    }
    if (one.file->plan.refused()) return "refused";
    if (one.file->decision == Decision::discarded) return "discarded";
    return one.file->plan.changes_anything() ? "planned" : "unchanged";
}

json::object import_document(const Case& one, Language language) {
    const auto state = state_of(one);
    const auto id = id_of(one), href = "/import/" + id;
    const auto kind = std::string(code(kind_in(one)));
    json::object document;
    add_faults(document, one, language);
    const auto faults = document["counts"].as_object().at("faults").as_int64();
    document["title"] =
        say(language, one.job ? "import.title.job" : "import.title.plan", {{"file", file_of(one, language)}});
    document["kicker"] = say(language, "import.kicker." + kind);
    document["lede"] = lede(one, state, faults, language);
    document["id"] = id;
    document["href"] = href;
    document["kind"] = kind;
    document["kind_title"] = say(language, "import.kind." + kind);
    document["file_name"] = file_of(one, language);
    document["state"] = state;
    document["state_text"] = say(language, "import.state." + std::string(state));
    document["active"] = is_active(state);
    document["finished"] = !is_active(state) && state != "planned";
    document["can_apply"] = state == "planned";
    document["refused"] = state == "refused";
    document["new_file_href"] = "/import?kind=" + kind;
    if (state == "applied") {
        document["result_href"] = kind == "exemplars"                   ? "/exemplars"
                                  : kind == "units" || kind == "groups" ? "/units"
                                                                        : "/movements";
        document["result_text"] = say(language, "import.result." + kind);
    }
    if (one.file)
        add_changes(document, one.file->plan, language);
    else
        document["changes"] = json::array();
    if (state == "refused" && kind != "movement") document["faults_workbook_href"] = href + "/faults.xlsx";
    if (state == "planned") {
        const auto tally = tally_of(one);
        document["apply_text"] = counted(language, "import.apply", tally.added + tally.changed);
        document["apply_action"] = href + "/apply";
        document["discard_action"] = href + "/cancel";
    }
    if (is_active(state)) {
        add_progress(document, *one.job, language);
        document["cancel_action"] = href + "/cancel";
        const auto topic = "jobs/" + one.job->id;
        document["live"] = {{"topic", topic}, {"href", "/live?topic=" + web::percent_encoded(topic)}};
    }
    return document;
}

json::object start_document(const std::vector<Case>& cases, const std::vector<Kind>& offered,
                            std::optional<Kind> selected, Language language) {
    json::array parts, jobs;
    const bool known = selected && std::find(offered.begin(), offered.end(), *selected) != offered.end();
    for (const auto kind : offered) parts.push_back(kind_part(kind, known ? *selected : offered.front(), language));
    for (const auto& one : cases) jobs.push_back(job_part(one, language));
    return {{"title", say(language, "import.title.start")},
            {"lede", say(language, "import.lede.start")},
            {"action", "/import"},
            {"max_size_text", say(language, "import.size", {{"mebibytes", std::to_string(web::upload_limit >> 20)}})},
            {"kinds", std::move(parts)},
            {"jobs", std::move(jobs)}};
}

const std::vector<ColumnHelp>& columns_of(Kind kind) {
    static const std::vector<ColumnHelp> all[] = {{{"code", true, "42"},
                                                   {"parent", true, "VN"},
                                                   {"kind", true, "province"},
                                                   {"name", true, "Hà Tĩnh"},
                                                   {"name:vi", false, "Hà Tĩnh"},
                                                   {"valid_from", false, "1991-08-12"},
                                                   {"valid_to", false, ""},
                                                   {"tags", false, "coast|delta"}},
                                                  {{"group", true, "north-central"},
                                                   {"unit", true, "42"},
                                                   {"period", false, "2025"},
                                                   {"role", false, "leader"},
                                                   {"name", false, "North-Central provinces"}},
                                                  {{"unit", true, "42"},
                                                   {"indicator", true, "backlogs_settled"},
                                                   {"period", true, "2025"},
                                                   {"value", true, "81.5"},
                                                   {"target", false, "86"},
                                                   {"note", false, ""}},
                                                  {},
                                                  exemplar_help()};
    return all[static_cast<int>(kind)];
}

}  // namespace guidon::imports

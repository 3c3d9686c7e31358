#include "imports/open_data.h"

#include <memory>
#include <mutex>
#include <unordered_map>

#include "imports/exemplar_rows.h"
#include "imports/export.h"

namespace guidon::imports {

namespace json = boost::json;
using exemplars::Exemplar;
using web::Answer;
using web::Request;

namespace {

/// A column and its type as Table Schema names it. What it means is `open-data.column.NAME`.
struct OpenColumn {
    const char* name;
    const char* type;
};
constexpr OpenColumn open_columns[] = {{"id", "string"},
                                       {"movement", "string"},
                                       {"period", "string"},
                                       {"kind", "string"},
                                       {"owner_kind", "string"},
                                       {"unit", "string"},
                                       {"unit_name", "string"},
                                       {"title", "string"},
                                       {"field", "string"},
                                       {"side_fields", "string"},
                                       {"topics", "string"},
                                       {"place_unit", "string"},
                                       {"beneficiaries", "integer"},
                                       {"qualifier", "string"},
                                       {"beneficiaries_who", "string"},
                                       {"money", "number"},
                                       {"labour_days", "number"},
                                       {"starts", "date"},
                                       {"ends", "date"},
                                       {"state", "string"},
                                       {"registered_on", "date"},
                                       {"level", "string"},
                                       {"recognised_on", "date"},
                                       {"sample", "boolean"}};

/// What everybody may see of an exemplar, by column. An individual's title may name them, so it stays out.
class OpenRows {
public:
    OpenRows(const store::Reader& reader, Day today)
        : reader_(reader), today_(today), codes_(units::all_codes(reader), today) {}

    std::vector<std::string> row(const Exemplar& it) {
        const auto cells = cells_of(it, {}, "", codes_);
        std::unordered_map<std::string_view, std::string> known;
        const auto& columns = exemplar_columns();
        for (std::size_t i = 0; i < columns.size(); ++i) known[columns[i].name] = cells[i];
        if (it.owner_kind == exemplars::OwnerKind::individual) known["title"].clear();
        known["unit_name"] = name(it.unit);
        known["sample"] = it.sample ? "true" : "false";
        std::vector<std::string> row;
        for (const auto& column : open_columns) row.push_back(known[column.name]);
        return row;
    }

private:
    const std::string& name(units::UnitId id) {
        const auto [at, added] = names_.try_emplace(id);
        if (added) at->second = pick(units::unit(reader_, id, today_).names, Language::vi);
        return at->second;
    }
    const store::Reader& reader_;
    Day today_;
    CodeBook codes_;
    std::unordered_map<units::UnitId, std::string> names_;
};

bool is_for_everybody(const Exemplar& it) {
    return it.open && exemplars::is_public(it.state);
}

/// A cell as JSON has it: numbers as numbers where they fit, nothing where nothing is known.
json::value as_json(const OpenColumn& column, const std::string& cell) {
    const std::string_view type = column.type;
    if (cell.empty()) return nullptr;
    if (type == "boolean") return cell == "true";
    if (type == "integer") return std::stoll(cell);
    return json::value(cell);  // decimals stay text: exact
}

void write_open_exemplars(const store::Reader& reader, Day today, TableOut& out) {
    std::vector<files::SheetColumn> columns;
    for (const auto& column : open_columns) columns.push_back({column.name});
    out.begin(std::move(columns));
    OpenRows rows(reader, today);
    exemplars::for_each_exemplar(reader, [&](const Exemplar& it) {
        if (!is_for_everybody(it)) return;
        const auto cells = rows.row(it);
        out.row({cells.begin(), cells.end()});
    });
}

json::array dictionary(Language language) {
    json::array fields;
    for (const auto& column : open_columns)
        fields.push_back(json::object{{"name", column.name},
                                      {"type", column.type},
                                      {"description", say(language, "open-data.column." + std::string(column.name))}});
    return fields;
}

std::string open_csv(const store::Reader& reader, Day today) {
    std::string bytes;
    CsvOut out([&bytes](std::string_view piece) { bytes += piece; });
    write_open_exemplars(reader, today, out);
    return bytes;
}

std::string open_json(const store::Reader& reader, Day today) {
    json::array all;
    OpenRows rows(reader, today);
    exemplars::for_each_exemplar(reader, [&](const Exemplar& it) {
        if (!is_for_everybody(it)) return;
        const auto cells = rows.row(it);
        json::object one;
        for (std::size_t i = 0; i < cells.size(); ++i) one[open_columns[i].name] = as_json(open_columns[i], cells[i]);
        all.push_back(std::move(one));
    });
    return json::serialize(json::object{{"exemplars", std::move(all)}});
}

/// The two files of exemplars: written when somebody asks first, and again after something of them has moved.
class OpenFiles {
public:
    OpenFiles(store::Store& store, std::function<std::int64_t()> version)
        : store_(store), version_(std::move(version)) {}

    Answer answer(const Request& request) {
        const bool csv = request.asked("format") == "csv";
        const Day today = Day::of_utc_ms(store_.now_utc_ms());
        Answer answer{.template_name = "imports/open_data"};
        if (version_) answer.version = "open-data-" + std::to_string(version_()) + "-" + today.text();
        answer.download =
            web::Download{bytes(csv, today, answer.version), csv ? "text/csv; charset=utf-8" : "application/json",
                          csv ? "exemplars.csv" : "exemplars.json"};
        return answer;
    }

private:
    struct Kept {
        std::string version, bytes;
    };
    static constexpr std::size_t most_kept = 8 << 20;  // a larger file would cost more memory than it saves time

    std::string bytes(bool csv, Day today, const std::string& version) {
        const std::scoped_lock lock(mutex_);  // whoever asks meanwhile waits for the same file
        Kept& kept = csv ? csv_ : json_;
        if (!version.empty() && kept.version == version) return kept.bytes;
        const auto reader = store_.read();
        std::string fresh = csv ? open_csv(reader, today) : open_json(reader, today);
        kept = version.empty() || fresh.size() > most_kept ? Kept{} : Kept{version, fresh};
        return fresh;
    }

    store::Store& store_;
    std::function<std::int64_t()> version_;
    std::mutex mutex_;
    Kept csv_, json_;
};

json::object package(Language language) {
    json::object schema{{"fields", dictionary(language)}, {"primaryKey", "id"}};
    return {{"name", "guidon-exemplars"},
            {"title", say(language, "open-data.title")},
            {"profile", "tabular-data-package"},
            {"resources", json::array{json::object{{"name", "exemplars"},
                                                   {"title", say(language, "open-data.exemplars")},
                                                   {"path", "exemplars.csv"},
                                                   {"format", "csv"},
                                                   {"encoding", "utf-8"},
                                                   {"profile", "tabular-data-resource"},
                                                   {"schema", std::move(schema)}}}}};
}

Answer overview(const Request& request) {
    Answer answer{.template_name = "imports/open_data"};
    answer.document = {{"title", say(request.language, "open-data.title")},
                       {"lede", say(request.language, "open-data.lede")},
                       {"fields", dictionary(request.language)},
                       {"csv_href", "/open-data/exemplars.csv"},
                       {"json_href", "/open-data/exemplars.json"},
                       {"package_href", "/open-data/datapackage.json"}};
    return answer;
}

Answer datapackage(const Request& request) {
    Answer answer{.template_name = "imports/open_data"};
    answer.download = web::Download{json::serialize(package(request.language)), "application/json", "datapackage.json"};
    return answer;
}

}  // namespace

void add_open_data_routes(web::Routes& routes, store::Store& store, std::function<std::int64_t()> version) {
    routes.get("/open-data", overview);
    routes.get("/open-data/exemplars", [files = std::make_shared<OpenFiles>(store, std::move(version))](
                                           const Request& request) { return files->answer(request); });
    routes.get("/open-data/datapackage", datapackage);
}

}  // namespace guidon::imports

#include "evidence/backup.h"

#include <sodium.h>
#include <sys/stat.h>

#include <boost/json.hpp>
#include <fstream>
#include <unordered_set>

#include "evidence/evidence_store.h"
#include "store/hash.h"
#include "store/journal.h"

namespace guidon::evidence {

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

constexpr auto format = "guidon/backup/1";

struct Manifest {
    std::int64_t entries = 0;
    std::string journal_key;  // fingerprint: whose database it is
    std::string database;     // file name; "" = not in the backup
    Content database_content;
    std::vector<Content> files;
};

fs::path manifest_path(const fs::path& folder) {
    return folder / "manifest.json";
}

Depot files_of(const fs::path& folder) {
    return Depot(folder / "files");
}

json::object part(const Content& content) {
    return {{"hash", content.hash}, {"size", content.size}};
}

Content content_of(const json::object& part) {
    Content content{std::string(part.at("hash").as_string()), part.at("size").to_number<std::uint64_t>()};
    if (content.hash.size() != 2 * crypto_hash_sha256_BYTES) throw std::invalid_argument("hash");
    return content;
}

void write_manifest(const fs::path& folder, const Manifest& manifest, std::int64_t now_utc_ms) {
    json::array files;
    for (const Content& file : manifest.files) files.push_back(part(file));
    json::object all{{"format", format},
                     {"made_utc_ms", now_utc_ms},
                     {"entries", manifest.entries},
                     {"journal_key", manifest.journal_key}};
    if (!manifest.database.empty()) {
        all["database"] = part(manifest.database_content);
        all["database"].as_object()["file"] = manifest.database;
    }
    all["files"] = std::move(files);
    const auto begun = folder / "manifest.json.part";
    std::ofstream out(begun, std::ios::trunc);
    out << json::serialize(all) << '\n';
    out.close();
    if (!out) throw Problem("backup.failed", {{"path", begun.string()}, {"reason", "write"}}, "", 503);
    store::sync_to_disk(begun);
    fs::rename(begun, manifest_path(folder));
    store::sync_to_disk(folder);
}

/// A name that leads nowhere else: a manifest may come from a stick.
bool is_plain(const std::string& name) {
    return !name.empty() && name.find('/') == std::string::npos && name.front() != '.';
}

Manifest read_manifest(const fs::path& folder) {
    const Problem unreadable("backup.no-manifest", {{"path", manifest_path(folder).string()}}, "", 422);
    std::ifstream in(manifest_path(folder));
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    try {
        const json::value read = json::parse(text);
        const auto& all = read.as_object();
        if (all.at("format").as_string() != format) throw unreadable;
        Manifest manifest;
        manifest.entries = all.at("entries").to_number<std::int64_t>();
        manifest.journal_key = all.at("journal_key").as_string();
        if (const auto* database = all.if_contains("database")) {
            manifest.database = database->as_object().at("file").as_string();
            manifest.database_content = content_of(database->as_object());
            if (!is_plain(manifest.database)) throw unreadable;
        }
        for (const auto& file : all.at("files").as_array()) manifest.files.push_back(content_of(file.as_object()));
        return manifest;
    } catch (const Problem&) {
        throw;
    } catch (const std::exception&) {  // no JSON, or not this JSON
        throw unreadable;
    }
}

std::string hash_of_file(const fs::path& path) {
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    std::ifstream in(path, std::ios::binary);
    std::vector<char> buffer(1 << 20);
    while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0)
        crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(buffer.data()),
                                  static_cast<unsigned long long>(in.gcount()));
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_final(&state, hash);
    char hex[2 * sizeof hash + 1];
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    return hex;
}

/// An empty folder, or an earlier backup of the same database.
void check_folder(const fs::path& folder, const std::string& journal_key) {
    if (::mkdir(folder.c_str(), 0700) == 0) return;
    std::error_code wrong;
    const bool fresh = fs::is_directory(folder, wrong) && fs::is_empty(folder, wrong);
    if (wrong) throw Problem("backup.failed", {{"path", folder.string()}, {"reason", wrong.message()}}, "", 503);
    if (fresh) return;
    if (!fs::exists(manifest_path(folder))) throw Problem("backup.other-folder", {{"path", folder.string()}}, "", 409);
    if (read_manifest(folder).journal_key != journal_key)
        throw Problem("backup.other-database", {{"path", folder.string()}}, "", 409);
}

/// Copies what is not there yet; what is damaged is told and left out.
void copy_files(const std::vector<Content>& contents, const Depot& from, const Depot& to, Manifest& manifest,
                BackedUp& outcome) {
    for (const Content& content : contents) {
        std::error_code missing;
        const auto there = fs::file_size(to.path_of(content.hash), missing);
        if (missing || there != content.size) {
            const auto source = from.path_of(content.hash).string();
            if (!from.has(content.hash)) {
                outcome.damaged.emplace_back("doctor.file-missing", Arguments{{"file", source}});
                continue;
            }
            const auto bytes = from.read(content.hash);
            if (store::sha256_hex(bytes) != content.hash) {
                outcome.damaged.emplace_back("doctor.file-changed", Arguments{{"file", source}});
                continue;
            }
            to.put(content.hash, bytes);
            ++outcome.copied;
        }
        manifest.files.push_back(content);
    }
    outcome.files = static_cast<std::int64_t>(manifest.files.size());
}

/// What the manifest does not name: the database before, and files that were taken away.
void remove_rest(const fs::path& folder, const Manifest& manifest) {
    for (const auto& entry : fs::directory_iterator(folder)) {
        const auto name = entry.path().filename().string();
        if (name.starts_with("database-") && name != manifest.database) fs::remove(entry.path());
    }
    std::unordered_set<std::string> named;
    for (const Content& file : manifest.files) named.insert(file.hash);
    const Depot files = files_of(folder);
    for (const auto& file : files.files())
        if (!named.contains(file.hash)) files.remove(file);
}

}  // namespace

BackedUp back_up(store::Store& store, const std::string& url, const Depot& depot, const fs::path& folder) {
    const auto now = store.now_utc_ms();
    const auto reader = store.read();  // one moment for the database and the list of its files
    const auto key = store::public_key(reader);
    Manifest manifest{.entries = reader.seq(), .journal_key = key ? key->fingerprint() : ""};
    check_folder(folder, manifest.journal_key);

    BackedUp outcome;
    outcome.entries = manifest.entries;
    const std::string name = "database-" + std::to_string(reader.seq()) + "-" + store::new_public_id() +
                             (reader.backend() == store::Backend::sqlite ? ".sqlite" : ".dump");
    outcome.database = store::copy_database(reader, url, (folder / name).string());
    if (outcome.database == store::Done::yes) {
        manifest.database = name;
        manifest.database_content = {hash_of_file(folder / name), fs::file_size(folder / name)};
    }
    copy_files(contents_outside(reader), depot, files_of(folder), manifest, outcome);
    write_manifest(folder, manifest, now);
    remove_rest(folder, manifest);
    return outcome;
}

BackedUp restore(const fs::path& folder, const std::string& url, const Depot& depot) {
    const Manifest manifest = read_manifest(folder);
    if (!manifest.database.empty()) store::must_be_empty(url);
    const Depot files = files_of(folder);
    const auto check = [](const fs::path& path, const Content& content) {
        std::error_code missing;
        if (fs::file_size(path, missing) != content.size || missing || hash_of_file(path) != content.hash)
            throw Problem("backup.damaged", {{"path", path.string()}}, "", 422);
    };
    if (!manifest.database.empty()) check(folder / manifest.database, manifest.database_content);
    for (const Content& file : manifest.files) check(files.path_of(file.hash), file);

    BackedUp outcome;
    outcome.entries = manifest.entries;
    Manifest restored;
    copy_files(manifest.files, files, depot, restored, outcome);
    outcome.database = manifest.database.empty() ? store::Done::no_tool
                                                 : store::restore_database((folder / manifest.database).string(), url);
    return outcome;
}

}  // namespace guidon::evidence

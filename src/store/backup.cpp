#include "store/backup.h"

#include <fcntl.h>
#include <libpq-fe.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <vector>

#include "base/problem.h"
#include "store/address.h"
#include "store/sql.h"
#include "store/transaction.h"

extern char** environ;

namespace guidon::store {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void failed(const std::string& file, const std::string& reason) {
    throw Problem("backup.failed", {{"path", file}, {"reason", reason}}, "", 503);
}

void make_private(const std::string& file) {
    const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (made < 0) failed(file, std::strerror(errno));
    ::close(made);
}

void copy_sqlite(const Reader& reader, const std::string& file) {
    using namespace sqlite_api;
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READWRITE, nullptr);
    const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> copy(opened, &sqlite3_close);
    if (code != SQLITE_OK) failed(file, sqlite3_errmsg(copy.get()));
    // in one step, within the reader's transaction: its moment, and no restart when somebody writes
    sqlite3_backup* backup = sqlite3_backup_init(copy.get(), "main", reader.connection().sqlite(), "main");
    if (!backup) failed(file, sqlite3_errmsg(copy.get()));
    sqlite3_backup_step(backup, -1);
    if (sqlite3_backup_finish(backup) != SQLITE_OK) failed(file, sqlite3_errmsg(copy.get()));
}

/// The password of a postgresql:// address, "" if there is none: it must not stand in a command line.
std::string password_in(const std::string& url) {
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(PQconninfoParse(url.c_str(), nullptr),
                                                                               &PQconninfoFree);
    for (const auto* option = options.get(); option && option->keyword; ++option)
        if (std::strcmp(option->keyword, "password") == 0 && option->val) return option->val;
    return "";
}

/// Runs a program of PostgreSQL on the database of `address`.
Done run_tool(std::vector<std::string> words, const Address& address, const std::string& file) {
    words.push_back("--dbname=" + address.shown);
    std::vector<std::string> variables;
    for (char** variable = environ; *variable; ++variable) variables.emplace_back(*variable);
    if (const auto password = password_in(address.target); !password.empty())
        variables.insert(variables.begin(), "PGPASSWORD=" + password);
    const auto pointers = [](std::vector<std::string>& texts) {
        std::vector<char*> all;
        for (std::string& text : texts) all.push_back(text.data());
        all.push_back(nullptr);
        return all;
    };
    pid_t child = 0;
    const int wrong = posix_spawnp(&child, words.front().c_str(), nullptr, nullptr, pointers(words).data(),
                                   pointers(variables).data());
    if (wrong == ENOENT) return Done::no_tool;
    if (wrong != 0) failed(file, std::strerror(wrong));
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) failed(file, words.front());  // it has said why
    return Done::yes;
}

}  // namespace

void sync_to_disk(const std::string& path) {
    const int opened = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (opened < 0) failed(path, std::strerror(errno));
    const bool synced = ::fsync(opened) == 0;
    const int error = errno;
    ::close(opened);
    if (!synced) failed(path, std::strerror(error));
}

Done copy_database(const Reader& reader, const std::string& url, const std::string& file) {
    make_private(file);
    Done done = Done::yes;
    if (reader.backend() == Backend::sqlite) {
        copy_sqlite(reader, file);
    } else {
        const auto snapshot = one<std::string>(reader, "SELECT pg_export_snapshot()");
        done = run_tool({"pg_dump", "--format=custom", "--no-owner", "--snapshot=" + snapshot, "--file=" + file},
                        Address::parse(url), file);
    }
    if (done == Done::no_tool)
        fs::remove(file);
    else
        sync_to_disk(file);
    return done;
}

void must_be_empty(const std::string& url) {
    const auto address = Address::parse(url);
    const auto has_tables = [&] {
        constexpr int patience_ms = 10'000;
        Connection connection(address, Purpose::write, patience_ms);
        return one<int>(Borrowed(connection), "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()") > 0;
    };
    if (address.backend == Backend::sqlite ? fs::exists(address.target) : has_tables())
        throw Problem("backup.not-empty", {{"database", address.shown}}, "db", 409);
}

Done restore_database(const std::string& file, const std::string& url) {
    const auto address = Address::parse(url);
    must_be_empty(url);
    if (address.backend == Backend::postgresql)
        return run_tool({"pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", file}, address, file);
    const std::string begun = address.target + ".part";
    std::error_code wrong;
    fs::remove(begun, wrong);
    make_private(begun);
    fs::copy_file(file, begun, fs::copy_options::overwrite_existing, wrong);
    if (wrong) {
        const std::string reason = wrong.message();
        fs::remove(begun, wrong);
        failed(begun, reason);
    }
    sync_to_disk(begun);
    fs::rename(begun, address.target);
    const auto folder = fs::path(address.target).parent_path();
    sync_to_disk(folder.empty() ? "." : folder.string());
    return Done::yes;
}

}  // namespace guidon::store

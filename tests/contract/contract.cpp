#include "contract.h"

#include <libpq-fe.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>

namespace guidon::contract {
namespace {

/// The server that tools/with_postgres.sh started.
std::string server() {
    const char* url = std::getenv("GUIDON_TEST_POSTGRES");
    if (!url) throw std::runtime_error("GUIDON_TEST_POSTGRES is not set: run this through tools/with_postgres.sh");
    return url;
}

void on_server(const std::string& sql) {
    const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdb(server().c_str()), &PQfinish);
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection.get(), sql.c_str()), &PQclear);
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) throw std::runtime_error(PQerrorMessage(connection.get()));
}

}  // namespace

FreshDatabase::FreshDatabase(store::Backend backend) : backend_(backend) {
    std::string pattern = (std::filesystem::temp_directory_path() / "guidon contract.XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    if (backend_ == store::Backend::sqlite) {
        url_ = "sqlite:" + (folder_ / "registry.sqlite").string();
        return;
    }
    static std::atomic<int> count{0};
    name_ = "contract_" + std::to_string(getpid()) + "_" + std::to_string(++count);
    on_server("CREATE DATABASE " + name_ + " TEMPLATE template0");
    url_ = server();
    url_.replace(url_.find("/postgres?"), 10, "/" + name_ + "?");
}

FreshDatabase::~FreshDatabase() {
    std::filesystem::remove_all(folder_);
    if (backend_ == store::Backend::postgresql) on_server("DROP DATABASE " + name_ + " WITH (FORCE)");
}

}  // namespace guidon::contract

// What is the least that the machine needs? The floors that `make bench` puts beside our figures.
//
//   guidon_floor http PORT BYTES  answers every request with the same bytes, by RESTinio alone, on one thread
//   guidon_floor sqlite FILE N    N inserts, each committed with WAL and synchronous=FULL; prints commits a second
//   guidon_floor read FILE        reads the file's bytes once from memory and adds them up; prints seconds
#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <restinio/all.hpp>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

int http(const char* port, int bytes) {
    const std::string body(static_cast<std::size_t>(bytes), 'x');
    restinio::run(restinio::on_this_thread<>()
                      .port(static_cast<std::uint16_t>(std::atoi(port)))
                      .address("127.0.0.1")
                      .request_handler([&body](const restinio::request_handle_t& request) {
                          return request->create_response().set_body(body).done();
                      }));
    return 0;
}

int sqlite(const char* file, int commits) {
    sqlite3* db = nullptr;
    if (sqlite3_open(file, &db) != SQLITE_OK) return 1;
    for (const char* sql :
         {"pragma journal_mode=wal", "pragma synchronous=full", "create table entry(n integer, text text)"})
        sqlite3_exec(db, sql, nullptr, nullptr, nullptr);
    const auto begin = Clock::now();
    for (int i = 0; i < commits; ++i)
        sqlite3_exec(db, "insert into entry values (1, 'a value of about the size of ours')", nullptr, nullptr,
                     nullptr);
    std::printf("%.0f\n", commits / seconds_since(begin));
    sqlite3_close(db);
    return 0;
}

int read(const char* file) {
    std::ifstream in(file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    std::vector<std::uint64_t> words(bytes.size() / 8);
    std::memcpy(words.data(), bytes.data(), words.size() * 8);
    double best = 1e9;
    std::uint64_t sum = 0;
    for (int run = 0; run < 20; ++run) {
        const auto begin = Clock::now();
        for (const std::uint64_t word : words) sum += word;
        best = std::min(best, seconds_since(begin));
    }
    std::printf("%.6f %llu\n", best, static_cast<unsigned long long>(sum));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string what = argc > 1 ? argv[1] : "";
    if (what == "http" && argc == 4) return http(argv[2], std::atoi(argv[3]));
    if (what == "sqlite" && argc == 4) return sqlite(argv[2], std::atoi(argv[3]));
    if (what == "read" && argc == 3) return read(argv[2]);
    std::fputs("usage: guidon_floor http PORT BYTES | sqlite FILE N | read FILE\n", stderr);
    return 2;
}

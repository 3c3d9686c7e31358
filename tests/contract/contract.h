// What do the contract tests stand on? A fresh database for every test, once on SQLite and once on PostgreSQL.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>

#include "base/day.h"
#include "base/problem.h"
#include "people/gate.h"
#include "store/store.h"

namespace guidon::contract {

/// A database that ends with the test. Not the store: a test may open it several times.
class FreshDatabase {
public:
    explicit FreshDatabase(store::Backend backend);
    ~FreshDatabase();
    const std::string& url() const { return url_; }
    /// Where the key is that signs its journal.
    std::string key_file() const { return (folder_ / "registry.sqlite.key").string(); }

private:
    store::Backend backend_;
    std::filesystem::path folder_;
    std::string name_, url_;
};

/// The code of the Problem that `work` throws; "" = it throws none.
template <class F>
std::string refusal(F work) {
    try {
        work();
        return "";
    } catch (const Problem& problem) {
        return problem.code;
    }
}

/// Runs `work` in a process of its own and gives how that ended.
template <class F>
int in_child(F work) {
    const pid_t child = fork();
    if (child == 0) {
        try {
            work();
        } catch (...) {
            _exit(99);
        }
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return status;
}

inline Day day(const char* iso) {
    return *Day::parse(iso);
}

class OnBoth : public testing::TestWithParam<store::Backend> {
protected:
    FreshDatabase database{GetParam()};
    std::int64_t now = 1'700'000'000'000;  // the clock of every store of the test

    store::Store open(store::Options options = {}) {
        options.now_utc_ms = [this] { return now; };
        if (GetParam() == store::Backend::postgresql && options.key_file.empty())
            options.key_file = database.key_file();
        return store::Store::open(database.url(), std::move(options));
    }
    static store::Permit permit() { return people::Gate::terminal("An"); }
};

#define ON_BOTH(Suite)                                                                  \
    INSTANTIATE_TEST_SUITE_P(                                                           \
        On, Suite, testing::Values(store::Backend::sqlite, store::Backend::postgresql), \
        [](const auto& backend) { return backend.param == store::Backend::sqlite ? "SQLite" : "PostgreSQL"; })

}  // namespace guidon::contract

// What do the contract tests stand on? A fresh database for every test, once on SQLite and once on PostgreSQL.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "base/day.h"
#include "base/problem.h"
#include "store/store.h"

namespace guidon::contract {

/// A database that ends with the test. Not the store: a test may open it several times.
class FreshDatabase {
public:
    explicit FreshDatabase(store::Backend backend);
    ~FreshDatabase();
    const std::string& url() const { return url_; }

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

inline Day day(const char* iso) {
    return *Day::parse(iso);
}

class OnBoth : public testing::TestWithParam<store::Backend> {
protected:
    FreshDatabase database{GetParam()};
    std::int64_t now = 1'700'000'000'000;  // the clock of every store of the test

    store::Store open(store::Options options = {}) {
        options.now_utc_ms = [this] { return now; };
        return store::Store::open(database.url(), std::move(options));
    }
    static store::Permit permit() { return store::administrator_permit("An"); }
};

#define ON_BOTH(Suite)                                                                  \
    INSTANTIATE_TEST_SUITE_P(                                                           \
        On, Suite, testing::Values(store::Backend::sqlite, store::Backend::postgresql), \
        [](const auto& backend) { return backend.param == store::Backend::sqlite ? "SQLite" : "PostgreSQL"; })

}  // namespace guidon::contract

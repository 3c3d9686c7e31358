// What does a database's error mean to a person?
#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>
#include <stdexcept>
#include <string>

#include "base/problem.h"
#include "store/connection.h"
#include "store/store.h"

namespace guidon::store {
namespace {

const char* sqlite_problem(int code) {
    switch (code & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return "store.busy";
        case SQLITE_FULL:
            return "store.disk-full";
        case SQLITE_IOERR:
            return "store.disk-error";
        case SQLITE_CORRUPT:
            return "store.damaged";
        case SQLITE_NOTADB:
            return "store.not-a-database";
        case SQLITE_CANTOPEN:
            return "store.cannot-open";
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return "store.read-only";
        default:
            return nullptr;
    }
}

const char* postgresql_problem(const std::string& state) {
    static constexpr struct {
        const char *state, *problem;
    } table[] = {
        {"53100", "store.disk-full"}, {"55P03", "store.busy"},      {"57014", "store.busy"},
        {"40", "store.busy"},         {"08", "store.unreachable"},  {"57P", "store.unreachable"},
        {"533", "store.unreachable"}, {"28", "store.login"},        {"3D", "store.cannot-open"},
        {"42501", "store.read-only"}, {"25006", "store.read-only"}, {"58", "store.disk-error"},
        {"XX001", "store.damaged"},   {"XX002", "store.damaged"},
    };
    for (const auto& row : table) {
        if (state.starts_with(row.state)) return row.problem;
    }
    return nullptr;
}

/// An error without the values that were to be stored or looked for: they are people's names and hashes of secrets, and
/// what an error says goes to the log. SOCI adds them after the statement, PostgreSQL in a line of its own.
std::string without_values(std::string text) {
    text = text.substr(0, text.find("\" with :"));
    for (const char* telling : {"DETAIL:", "CONTEXT:"})
        if (const auto begin = text.find(telling); begin != std::string::npos)
            text.erase(begin, std::min(text.find('\n', begin), text.size()) - begin);
    return text;
}

std::exception_ptr problem(const char* code, const char* said) {
    const std::string reason = without_values(said);
    if (!code) return std::make_exception_ptr(std::runtime_error(reason));
    return std::make_exception_ptr(Problem(code, {{"reason", reason}}, "", 503));
}

}  // namespace

std::exception_ptr as_problem(std::exception_ptr thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (const DatabaseError& wrong) {
        return problem(wrong.sqlite_code ? sqlite_problem(wrong.sqlite_code) : postgresql_problem(wrong.sqlstate),
                       wrong.what());
    } catch (const soci::sqlite3_soci_error& wrong) {
        return problem(sqlite_problem(wrong.result()), wrong.what());
    } catch (const soci::postgresql_soci_error& wrong) {
        return problem(postgresql_problem(wrong.sqlstate()), wrong.what());
    } catch (const soci::soci_error& wrong) {
        return problem(nullptr, wrong.what());
    } catch (...) {
        return thrown;
    }
}

void throw_as_problem(const DatabaseError& error) {
    std::rethrow_exception(as_problem(std::make_exception_ptr(error)));
}

}  // namespace guidon::store

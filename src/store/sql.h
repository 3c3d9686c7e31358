// How does a *_store write SQL? Statements with named arguments in their order of appearance, results as tuples:
//
//     for (const auto& [id, code] : rows<UnitId, std::string>(reader, "SELECT unit, code FROM … WHERE code = :c", c))
//
// Each statement is prepared once per connection. Its results are read to the end before they are given, so that
// statements can be nested. A name stands for one argument; use it once. What the database refuses arrives as a
// Problem where people can act on it (see as_problem).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <typeinfo>
#include <utility>
#include <vector>

#include "base/day.h"
#include "base/id.h"
#include "store/connection.h"
#include "store/store.h"

namespace guidon::store {

/// How a C++ type travels: `Sql` is what SOCI binds.
template <class T>
struct Column {
    static_assert(std::is_integral_v<T>, "not a type that a column can have");
    using Sql = long long;
    static Sql to(T value) { return static_cast<Sql>(value); }
    static T from(Sql value) { return static_cast<T>(value); }
};
template <>
struct Column<std::string> {
    using Sql = std::string;
    static Sql to(std::string_view value) { return Sql(value); }
    static std::string from(const Sql& value) { return value; }
};
template <>
struct Column<std::string_view> : Column<std::string> {};
template <>
struct Column<const char*> : Column<std::string> {};
template <>
struct Column<Day> {
    using Sql = long long;
    static Sql to(Day day) { return day.number(); }
    static Day from(Sql number) { return Day::of_number(static_cast<int>(number)); }
};
template <class Tag>
struct Column<Id<Tag>> {
    using Sql = long long;
    static Sql to(Id<Tag> id) { return id.number(); }
    static Id<Tag> from(Sql number) { return Id<Tag>(number); }
};
template <class T>
struct Column<std::optional<T>> : Column<T> {
    static typename Column<T>::Sql to(const std::optional<T>& value) {
        return value ? Column<T>::to(*value) : typename Column<T>::Sql{};
    }
    static std::optional<T> from(const typename Column<T>::Sql& value) { return Column<T>::from(value); }
};

template <class T>
constexpr bool is_null(const T&) {
    return false;
}
template <class T>
constexpr bool is_null(const std::optional<T>& value) {
    return !value;
}

/// One variable of a statement and whether it is NULL.
template <class T>
struct Bound {
    typename Column<T>::Sql value{};
    soci::indicator state = soci::i_ok;

    void set(const T& given) {
        state = is_null(given) ? soci::i_null : soci::i_ok;
        value = Column<T>::to(given);
    }
    T get() const {
        if (state != soci::i_null) return T(Column<T>::from(value));
        return T{};
    }
};

template <class Columns, class Arguments>
struct Statement;

template <class... Columns, class... Arguments>
struct Statement<std::tuple<Columns...>, std::tuple<Arguments...>> : Prepared {
    std::tuple<Bound<Columns>...> columns;
    std::tuple<Bound<Arguments>...> arguments;
    soci::statement statement;

    Statement(soci::session& session, const std::string& sql) : statement(session) {
        std::apply([this](auto&... a) { (statement.exchange(soci::use(a.value, a.state)), ...); }, arguments);
        std::apply([this](auto&... c) { (statement.exchange(soci::into(c.value, c.state)), ...); }, columns);
        statement.alloc();
        statement.prepare(sql);
        statement.define_and_bind();
    }
    std::tuple<Columns...> row() const {
        return std::apply([](const auto&... c) { return std::tuple<Columns...>(c.get()...); }, columns);
    }
};

template <class... Columns, class... Arguments>
Statement<std::tuple<Columns...>, std::tuple<Arguments...>>& prepare(Connection& connection, const std::string& sql,
                                                                     std::tuple<Columns...>*,
                                                                     const Arguments&... arguments) {
    using Wanted = Statement<std::tuple<Columns...>, std::tuple<Arguments...>>;
    auto& kept = connection.prepared[sql];
    auto* statement = dynamic_cast<Wanted*>(kept.get());
    if (!statement) {
        auto made = std::make_unique<Wanted>(connection.session(), sql);
        statement = made.get();
        kept = std::move(made);
    }
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        (std::get<I>(statement->arguments).set(arguments), ...);
    }
    (std::index_sequence_for<Arguments...>{});
    return *statement;
}

/// What arguments are kept as: texts are copied.
template <class T>
using Kept = std::conditional_t<std::is_convertible_v<const T&, std::string_view>, std::string, std::decay_t<T>>;

/// All rows of a query.
template <class... Columns, class... Arguments>
std::vector<std::tuple<Columns...>> rows(const Reader& reader, const std::string& sql, const Arguments&... arguments) {
    auto& connection = reader.connection();
    std::vector<std::tuple<Columns...>> result;
    try {
        auto& prepared = prepare(connection, sql, static_cast<std::tuple<Columns...>*>(nullptr),
                                 static_cast<const Kept<Arguments>&>(Kept<Arguments>(arguments))...);
        prepared.statement.execute(false);
        while (prepared.statement.fetch()) result.push_back(prepared.row());
    } catch (...) {
        connection.prepared.erase(sql);
        std::rethrow_exception(as_problem(std::current_exception()));
    }
    return result;
}

/// The first row of a query, if there is one.
template <class... Columns, class... Arguments>
std::optional<std::tuple<Columns...>> first_row(const Reader& reader, const std::string& sql,
                                                const Arguments&... arguments) {
    auto all = rows<Columns...>(reader, sql, arguments...);
    if (all.empty()) return std::nullopt;
    return std::move(all.front());
}

/// The first of what a store has read, if it read anything.
template <class T>
std::optional<T> first_of(std::vector<T> all) {
    if (all.empty()) return std::nullopt;
    return std::move(all.front());
}

/// The only column of the only row.
template <class T, class... Arguments>
T one(const Reader& reader, const std::string& sql, const Arguments&... arguments) {
    return std::get<0>(rows<T>(reader, sql, arguments...).at(0));
}

/// The number for a new row of `table`: only whoever holds the turn to write may ask, so that nobody takes it between.
inline std::int64_t next_id(const Change& change, const std::string& table) {
    return one<std::int64_t>(change, "SELECT coalesce(max(id), 0) + 1 FROM " + table);
}

/// Writes.
template <class... Arguments>
void run(Connection& connection, const std::string& sql, const Arguments&... arguments) {
    try {
        auto& prepared = prepare(connection, sql, static_cast<std::tuple<>*>(nullptr),
                                 static_cast<const Kept<Arguments>&>(Kept<Arguments>(arguments))...);
        prepared.statement.execute(true);
    } catch (...) {
        connection.prepared.erase(sql);
        std::rethrow_exception(as_problem(std::current_exception()));
    }
}
template <class... Arguments>
void run(const Change& change, const std::string& sql, const Arguments&... arguments) {
    run(change.connection(), sql, arguments...);
}

}  // namespace guidon::store

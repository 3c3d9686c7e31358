// How are two numbers that name different things kept from being mixed? An Id only compares.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace guidon {

/// The row number of a thing inside one database; never shown outside (there, public ids and codes are).
template <class Tag>
class Id {
public:
    constexpr Id() = default;
    constexpr explicit Id(std::int64_t number) : number_(number) {}
    constexpr std::int64_t number() const { return number_; }
    constexpr auto operator<=>(const Id&) const = default;

private:
    std::int64_t number_ = 0;
};

}  // namespace guidon

template <class Tag>
struct std::hash<guidon::Id<Tag>> {
    std::size_t operator()(guidon::Id<Tag> id) const { return std::hash<std::int64_t>()(id.number()); }
};

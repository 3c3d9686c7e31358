// How does one number become another that has nothing to do with it? Kept in databases: never changed.
#pragma once

#include <cstdint>

namespace guidon::similar {

/// Every bit of `x` changes half of the result's (the last step of splitmix64, Steele and others 2014).
constexpr std::uint64_t mixed(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
}
/// What is left of all numbers so far, and of one more.
constexpr std::uint64_t mixed_with(std::uint64_t before, std::uint64_t next) {
    return mixed(before * 0x9e3779b97f4a7c15 + next);
}

}  // namespace guidon::similar

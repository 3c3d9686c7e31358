// What if several things are wrong with a form? All of them are told at once, each at its field.
#pragma once

#include <vector>

#include "base/problem.h"

namespace guidon {

/// Everything that is wrong with what a form says; at least one. Thrown after all of it was looked at.
struct Problems : std::exception {
    explicit Problems(std::vector<Problem> list_) : list(std::move(list_)) {}
    std::vector<Problem> list;
    const char* what() const noexcept override { return "problems"; }
};

}  // namespace guidon

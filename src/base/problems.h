// What if several things are wrong with a form? All of them are told at once, each at its field.
#pragma once

#include <utility>
#include <vector>

#include "base/problem.h"

namespace guidon {

/// Everything that is wrong with what a form says; at least one. Thrown after all of it was looked at. Who only asks
/// for a Problem is told how many there are.
struct Problems : Problem {
    explicit Problems(std::vector<Problem> list_)
        : Problem("web.problems", {{"count", std::to_string(list_.size())}}), list(std::move(list_)) {}
    std::vector<Problem> list;
};

/// Reads a form to its end, whatever is wrong with a field.
class FormFaults {
public:
    /// What `read` gives; a value as new, where it refuses (422).
    template <class Read>
    auto of(Read read) -> decltype(read()) {
        try {
            return read();
        } catch (const Problems& problems) {
            list_.insert(list_.end(), problems.list.begin(), problems.list.end());
        } catch (const Problem& problem) {
            constexpr int unprocessable = 422;
            if (problem.status != unprocessable) throw;
            list_.push_back(problem);
        }
        return {};
    }
    void add(Problem problem) { list_.push_back(std::move(problem)); }
    /// Throws what was found: a Problem, or Problems.
    void end() const {
        if (list_.size() == 1) throw list_.front();
        if (!list_.empty()) throw Problems(list_);
    }

private:
    std::vector<Problem> list_;
};

}  // namespace guidon

// Which questions does a survey ask, and how many points does each give at most? Data: a file that a plan of surveys
// keeps a copy of.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/language.h"

namespace guidon::reviews {

struct Question {
    std::string key;
    Texts title;
    Decimal most;
};

struct ReviewForm {
    std::string key;
    Texts title;
    bool sample = false;
    std::vector<Question> questions;  // never empty

    Decimal most() const;
};

/// Reads a `guidon/review-form/1` file. Throws Faults with every fault and its line: "movement.syntax" and its kin,
/// "review-form.format", "review-form.questions", "review-form.question", "review-form.twice".
ReviewForm read_review_form(std::string_view toml);

}  // namespace guidon::reviews

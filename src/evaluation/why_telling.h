// What are the parts of the document "why" made from, and how do they say a number?
#pragma once

#include <boost/json.hpp>
#include <string>

#include "evaluation/why_document.h"
#include "movements/cycle.h"

namespace guidon::evaluation {

struct Telling {
    const Board& board;
    const Insight& insight;
    const scoring::Explanation& why;  // of a hidden standing: only `unit` is set
    const Reported& reported;
    Language language;
    movements::InWords words;

    std::string number(const std::string& decimal) const { return number_text(language, decimal); }
    std::string tell(const std::string& key, const Arguments& arguments = {}) const {
        return say(language, "why." + key, arguments);
    }
    const scoring::Rulebook& rules() const { return board.engine.rules(); }
};

/// Adds NAME and NAME_text; nothing where there is no number.
void put_number(boost::json::object& into, const std::string& name, const std::string& decimal, const Telling& telling);
/// The same for what was reported: a number, "na", or – of a "value" – the words that it is missing.
void put_cell(boost::json::object& into, const std::string& name, const scoring::Cell& cell, const Telling& telling);

}  // namespace guidon::evaluation

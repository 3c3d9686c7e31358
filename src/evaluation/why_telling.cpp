#include "evaluation/why_telling.h"

namespace guidon::evaluation {

namespace json = boost::json;

void put_number(json::object& into, const std::string& name, const std::string& decimal, const Telling& telling) {
    if (decimal.empty()) return;
    into[name] = decimal;
    into[name + "_text"] = telling.number(decimal);
}

void put_cell(json::object& into, const std::string& name, const scoring::Cell& cell, const Telling& telling) {
    if (cell.reported())
        put_number(into, name, cell.value().text(), telling);
    else if (cell.is_not_applicable())
        into[name] = "na", into[name + "_text"] = telling.tell("not-applicable");
    else if (name == "value")
        into["value_text"] = telling.tell("not-reported");
}

}  // namespace guidon::evaluation

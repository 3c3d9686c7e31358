// What does the registration form say of an exemplar, besides its title, owner and field? Kept as one JSON text, so
// that a form may grow without the tables changing; read back whatever is missing.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guidon::exemplars {

/// How sure a number is. Wire form = name. "At least" and "about" are never summed as exact.
enum class Qualifier { exact, at_least, about };
std::string_view code(Qualifier qualifier);
std::optional<Qualifier> qualifier_of(std::string_view code);

struct Beneficiaries {
    std::optional<std::int64_t> number;
    Qualifier qualifier = Qualifier::exact;
    std::string who;  // "households", "members of the cooperative group"
    bool operator==(const Beneficiaries&) const = default;
};

struct CitedDocument {
    std::string number, issuer, date, title;  // date: ISO or a part of it; anything may be unknown
    bool operator==(const CitedDocument&) const = default;
};

struct Content {
    std::string situation;  // and reason
    std::string aim;
    std::string result;  // the aim's measurable result
    std::string method;  // content and method
    std::string place;   // in words; the unit where it works is a column
    Beneficiaries beneficiaries;
    std::string forces;        // who leads, coordinates, takes part
    std::string money;         // a decimal, in the currency's unit; "" = none
    std::string in_kind;       // what was given
    std::string in_kind_note;  // how it is converted into money
    std::string labour_days;   // a decimal
    std::string starts, ends;  // ISO, of its carrying out; "" = open
    std::string product;       // and its output, verifiable
    std::string upkeep;        // how it is kept up and can be spread
    std::vector<CitedDocument> documents;

    bool operator==(const Content&) const = default;
};

/// As `exemplar.content` keeps it. Empty texts are left out.
boost::json::object to_json(const Content& content);
Content content_of(const boost::json::object& kept);

/// All its words in one text, for search and for finding similar ones.
std::string all_text(const Content& content);

}  // namespace guidon::exemplars

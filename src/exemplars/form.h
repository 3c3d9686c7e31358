// What did somebody type into the registration form? Read as far as it can be, with everything that is wrong told at
// its field. A form and JSON send the same names; what a form repeats is a list in JSON.
//
//   kind title title_en title_vi title_ur language field side_fields[] topics[] owner_kind unit person person_name open
//   situation aim result method place place_unit forces starts ends product upkeep
//   beneficiaries_number beneficiaries_qualifier beneficiaries_who money in_kind in_kind_note labour_days
//   document_number[] document_issuer[] document_date[] document_title[]
//       (in JSON also documents: [{number, issuer, date, title}])
#pragma once

#include <string>
#include <vector>

#include "base/problems.h"
#include "exemplars/exemplars_store.h"
#include "web/resource.h"

namespace guidon::exemplars {

/// In characters; what is longer is refused with a sentence at its field.
constexpr std::size_t longest_title = 300;
constexpr std::size_t longest_text = 20'000;
constexpr std::size_t longest_line = 300;
constexpr std::size_t most_documents = 50;

struct Typed {
    Writing writing;
    std::string new_person;       // the name of a person who is not known yet; "" = none
    std::vector<Problem> faults;  // of single fields
};
/// `today`: on which units are looked up. The unit is `unit` where none is named.
Typed read_form(const store::Reader& reader, const web::Request& request, Day today);

/// Every value that was sent under a name, in order.
std::vector<std::string> all_sent(const web::Request& request, const std::string& name);
/// A unit by code, public id or name; nothing where there is none (a fault "exemplar.unknown-unit" at `field`) or where
/// several have the name ("exemplar.several-units", with their codes).
std::optional<UnitId> read_unit_field(const store::Reader& reader, const std::string& text, const std::string& field,
                                      Day today, std::vector<Problem>& faults);
/// Persons among whom an individual's exemplar of `unit` may choose its owner: who holds office there, and who owns
/// Individuals who own exemplars of the unit.
std::vector<people::Person> owners_of(const store::Reader& reader, UnitId unit);
/// exemplars there already. By name.
std::vector<people::Person> persons_of(const store::Reader& reader, UnitId unit, Day today);

}  // namespace guidon::exemplars

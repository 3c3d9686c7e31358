// What is the record called that has this id, and where is it shown? Each noun tells it of its own records to those who
// may see them; the journal knows ids alone.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/language.h"
#include "people/viewer.h"
#include "store/store.h"

namespace guidon::people {

struct Name {
    std::string name, href;
};
/// Nothing for an id that is not the noun's, and for a record that `viewer` (null: the public) may not see.
using Naming = std::function<std::optional<Name>(const store::Reader& reader, const Viewer* viewer,
                                                 const std::string& id, Language language)>;

}  // namespace guidon::people

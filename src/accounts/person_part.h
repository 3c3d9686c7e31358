// What do accounts know of a person? Whether and how they can sign in; everything that is kept, for whoever asks for
// their own data; and what goes when the person is erased.
#pragma once

#include "people/people_pages.h"

namespace guidon::accounts {

people::PersonPart person_part();

}  // namespace guidon::accounts

// Is libsodium's generator of random numbers ready? It has to be asked once before anything else of it is used.
#pragma once

#include <sodium.h>

#include "base/assert.h"

namespace guidon::accounts {

inline void sodium_ready() {
    static const int ready = sodium_init();
    GUIDON_ASSERT(ready >= 0);
}

}  // namespace guidon::accounts

// Does not compile: a permit that the gate did not give.
#include "people/gate.h"
#include "store/store.h"

std::int64_t store_something(guidon::store::Store& store) {
    auto change = store.change(guidon::store::Permit("me", "administrator"));
    return change.commit("thing.done", "");
}

// Does not compile: a write transaction without a permit.
#include "people/gate.h"
#include "store/store.h"

std::int64_t store_something(guidon::store::Store& store) {
    auto change = store.change();
    return change.commit("thing.done", "");
}

// Does not compile: braces that would become a permit.
#include "people/gate.h"
#include "store/store.h"

std::int64_t store_something(guidon::store::Store& store) {
    auto change = store.change({"me", "administrator"});
    return change.commit("thing.done", "");
}

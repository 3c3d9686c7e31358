// Does not compile: a write transaction that no store opened.
#include "people/gate.h"
#include "store/store.h"

std::int64_t store_something() {
    guidon::store::Change change(nullptr, guidon::people::Gate::terminal());
    return change.commit("thing.done", "");
}

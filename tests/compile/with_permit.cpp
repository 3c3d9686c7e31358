// Compiles: whoever has a permit of the gate opens a write transaction.
#include "people/gate.h"
#include "store/store.h"

std::int64_t store_something(guidon::store::Store& store) {
    auto change = store.change(guidon::people::Gate::terminal());
    return change.commit("thing.done", "");
}

#include "imports/import.h"

#include "base/assert.h"

namespace guidon::imports {
namespace {

std::unique_ptr<Work> prepare(const store::Reader& reader, const Source& source, Scope& scope, Plan& plan,
                              const Progress& progress) {
    switch (source.kind) {
        case Kind::units:
            return prepare_units(reader, source, scope, plan);
        case Kind::groups:
            return prepare_groups(reader, source, scope, plan);
        case Kind::values:
            return prepare_values(reader, source, scope, plan, progress);
        case Kind::movement:
            return prepare_movement(reader, source, scope, plan);
        case Kind::exemplars:
            return prepare_exemplars(reader, source, scope, plan);
    }
    GUIDON_ASSERT(false);
}

boost::json::object journal_document(const Plan& plan) {
    const auto& tally = plan.comparison.tally();
    return {{"file", plan.file},  {"sha256", plan.sha256},    {"since", plan.since.text()},
            {"new", tally.added}, {"changed", tally.changed}, {"unchanged", tally.unchanged}};
}

}  // namespace

Import::Import(const store::Reader& reader, const Source& source, const Progress& progress) {
    plan_.kind = source.kind;
    plan_.file = source.file;
    plan_.sha256 = sha256(source.bytes);
    plan_.since = source.since;
    plan_.seq = reader.seq();
    Scope scope(reader, source.rights);
    work_ = prepare(reader, source, scope, plan_, progress);
    permit_ = scope.permit();
    GUIDON_ASSERT(work_ || plan_.refused());
}

std::int64_t Import::apply(store::Store& store, const std::string& identity, const Progress& progress) {
    if (plan_.refused()) throw Faults(plan_.faults);
    if (identity != plan_.identity()) throw Problem("import.stale", {}, "identity", 409);
    if (!plan_.changes_anything()) return 0;
    GUIDON_ASSERT(permit_);  // what changes anything was asked for
    auto change = store.change(*permit_);
    if (change.seq() != plan_.seq) throw Problem("import.stale", {}, "identity", 409);
    const auto done = work_->write(
        change, progress ? progress : [](std::int64_t, std::int64_t) {});
    const auto& promised = plan_.comparison.tally();
    GUIDON_ASSERT(done.added == promised.added && done.changed == promised.changed);
    return change.commit(std::string(code(plan_.kind)) + ".imported", work_->subject(), journal_document(plan_));
}

}  // namespace guidon::imports

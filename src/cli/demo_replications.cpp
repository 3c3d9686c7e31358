#include "cli/demo_replications.h"

#include "cli/demo_draw.h"
#include "people/gate.h"
#include "replications/replications_store.h"

namespace guidon::cli {

using replications::Replication;
using replications::State;
using replications::Verb;

namespace {

const std::vector<std::string>& adaptations() {
    static const std::vector<std::string> all{"Điều chỉnh định mức theo thiết bị của đơn vị.",
                                              "Làm thử ở một phân xưởng trước, sau đó mới áp dụng toàn đơn vị.",
                                              "Giao cho tổ đảng theo dõi thay vì phòng chuyên môn.",
                                              "Ghép với hội nghị đầu ca để không thêm cuộc họp.",
                                              "Thay biểu mẫu giấy bằng nhóm Zalo của tổ."};
    return all;
}

store::Change begin(store::Store& store) {
    return store.change(people::Gate::terminal("demo"));
}

void commit(store::Change& change, std::size_t count) {
    change.commit("replications.imported", "demo", {{"added", count}});
}

std::vector<Replication> agree(store::Store& store, const std::vector<Descent>& all, Draw& draw) {
    std::vector<Replication> added;
    auto change = begin(store);
    for (const Descent& one : all) {
        replications::Writing writing;
        writing.adaptation = draw.one_of(adaptations());
        writing.mentor_unit = one.origin_unit;
        added.push_back(replications::add_replication(change, one.origin, one.unit, {one.begun, one.begun},
                                                      State::agreed, writing, "", one.begun));
    }
    commit(change, all.size());
    return added;
}

/// Takes `verb` with those for which `wanted` gives the day.
template <class Wanted, class Fill>
void take(store::Store& store, const std::vector<Descent>& all, std::vector<Replication>& known, Verb verb,
          Wanted wanted, Fill fill) {
    auto change = begin(store);
    std::size_t taken = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Day on = wanted(all[i]);
        if (on == Day::always()) continue;
        Replication now = known[i];
        now.state = replications::find_move(known[i].state, verb)->to;
        fill(now, all[i]);
        replications::store_step(change, known[i], now, verb, "", on);
        now.since = change.next_seq();
        known[i] = now;
        ++taken;
    }
    commit(change, taken);
}

}  // namespace

void add_demo_replications(store::Store& store, const std::vector<Descent>& all) {
    Draw draw(7);
    auto known = agree(store, all, draw);
    take(
        store, all, known, Verb::begin, [](const Descent& one) { return one.begun; },
        [](Replication& now, const Descent& one) {
            now.adopted = one.adopted;
            now.starts_on = one.begun;
        });
    const auto recognised = [](const Descent& one) { return one.recognised; };
    take(store, all, known, Verb::complete, recognised, [](Replication&, const Descent&) {});
    take(store, all, known, Verb::find_working, recognised, [&](Replication& now, const Descent&) {
        now.outcome = "Đạt kết quả như nơi khởi đầu, người lao động đồng tình.";
        now.measure = "Tổ thực hiện thường xuyên trên 10 tổ";
        now.origin_result = std::to_string(draw.between(7, 10));
        now.own_result = std::to_string(draw.between(6, 10));
    });
}

}  // namespace guidon::cli

#include "evaluation/live_cycles.h"

#include <algorithm>
#include <chrono>
#include <iterator>

#include "movements/movements_store.h"
#include "store/journal.h"

namespace guidon::evaluation {

namespace json = boost::json;

LiveCycles::LiveCycles(store::Store& store, Tell tell, int threads)
    : store_(store), tell_(std::move(tell)), threads_(threads), seq_(store.read().seq()) {}

LiveCycles::~LiveCycles() = default;

std::shared_ptr<LiveCycles::Kept> LiveCycles::keep(const std::string& key, const std::string& period) {
    std::shared_ptr<Kept> kept;
    {
        const std::scoped_lock lock(mutex_);
        auto& place = kept_[{key, period}];
        if (!place) {
            place = std::make_shared<Kept>();
            place->key = key;
            place->period = period;
        }
        kept = place;
    }
    {
        const std::shared_lock reading(kept->mutex);
        if (kept->board) return kept;
    }
    const std::scoped_lock following(following_);  // a board is loaded at the entry up to which all others are
    const std::unique_lock writing(kept->mutex);
    if (kept->board) return kept;
    try {
        const auto reader = store_.read();
        kept->board = load_board(reader, key, period, threads_);
        kept->board->version = static_cast<std::uint64_t>(reader.seq());
    } catch (...) {
        const std::scoped_lock lock(mutex_);
        kept_.erase({key, period});
        throw;
    }
    return kept;
}

LiveCycles::Held LiveCycles::try_value(const std::string& key, const std::string& period, const Trial& trial) {
    const std::shared_ptr<Kept> kept = keep(key, period);
    const std::unique_lock writing(kept->mutex);
    Board& board = *kept->board;
    if (const auto wish = trial.wish(board)) {
        const auto& column = board.engine.field().columns[static_cast<std::size_t>(wish->indicator)];
        const auto at = static_cast<std::size_t>(wish->unit);
        const scoring::Cell value = column.values.empty() ? scoring::Cell{} : column.values[at];
        const scoring::Cell target = column.targets.empty() ? scoring::Cell{} : column.targets[at];
        const auto moved = board.engine.change(wish->unit, wish->indicator, wish->value, wish->target);
        try {
            trial.carried_out(board, moved);
        } catch (...) {
            board.engine.change(wish->unit, wish->indicator, value, target);
            throw;
        }
        board.engine.change(wish->unit, wish->indicator, value, target);
        trial.taken_back(board);
    }
    return {kept, kept->board};
}

namespace {

ChangedValue changed_value(const store::Entry& entry) {
    const json::object document = json::parse(entry.document).as_object();
    const auto text = [&](const char* name) {
        const auto* value = document.if_contains(name);
        return value && value->is_string() ? std::string(value->as_string()) : std::string();
    };
    const auto cell = [](const std::string& written) {
        if (written == "na") return scoring::Cell::not_applicable();
        const auto decimal = Decimal::parse(written);
        return decimal ? scoring::Cell(*decimal) : scoring::Cell{};
    };
    return {entry.seq, entry.subject, text("indicator"), text("period"), cell(text("value")), cell(text("target"))};
}

/// Whether taking back this value may end the unit's part in a cycle in which everybody with a value takes part.
bool may_leave(const Board& board, int unit, const scoring::Cell& value) {
    return value.missing() && !board.cycle.participants &&
           board.engine.field().groups[static_cast<std::size_t>(unit)] < 0;
}

/// Entries about people, their accounts and exemplars move no figure; whatever is not known to be one of these may.
bool moves_no_figure(const store::Entry& entry) {
    constexpr std::string_view nouns[] = {"account.",    "session.",    "token.",  "person.",   "office.",  "role.",
                                          "council.",    "delegation.", "server.", "settings.", "exemplar", "evidence.",
                                          "replication", "review",      "book",    "article",   "comment."};
    return std::any_of(std::begin(nouns), std::end(nouns),
                       [&](std::string_view noun) { return entry.what.starts_with(noun); });
}

}  // namespace

void LiveCycles::follow() {
    const std::scoped_lock following(following_);
    read_on();
}

void LiveCycles::follow(const ChangedValue& change) {
    const std::scoped_lock following(following_);
    if (change.seq <= seq_) return;
    if (change.seq != seq_ + 1 || !apply(change)) return read_on();  // another process wrote in between
    seq_ = change.seq;
}

void LiveCycles::read_on() {
    for (;;) {
        std::vector<store::Entry> entries;
        {
            const auto reader = store_.read();
            if (reader.seq() == seq_) return;
            entries = store::entries_since(reader, seq_, 1000);
        }
        if (entries.empty()) return;
        for (const store::Entry& entry : entries) {
            if (moves_no_figure(entry)) {
                seq_ = entry.seq;
                continue;
            }
            if (entry.what != "value.changed" || !apply(changed_value(entry))) {
                seq_ = store_.read().seq();
                reload_all();
                return;
            }
            seq_ = entry.seq;
        }
    }
}

bool LiveCycles::apply(const ChangedValue& change) {
    std::vector<std::shared_ptr<Kept>> all;
    {
        const std::scoped_lock lock(mutex_);
        for (const auto& [name, kept] : kept_)
            if (name.second == change.period) all.push_back(kept);
    }
    for (const auto& kept : all) {
        const std::shared_lock reading(kept->mutex);
        if (!kept->board) continue;
        for (const auto& indicator : kept->board->engine.rules().indicators)
            if (indicator.entries && change.indicator == (indicator.from.empty() ? indicator.key : indicator.from))
                return false;
    }
    for (const auto& kept : all) apply(change, kept);
    return true;
}

void LiveCycles::apply(const ChangedValue& change, const std::shared_ptr<Kept>& kept) {
    std::vector<int> moved;
    bool reload_it = false;
    {
        const std::unique_lock writing(kept->mutex);
        if (!kept->board) return;
        Board& board = *kept->board;
        const auto& indicators = board.engine.rules().indicators;
        const auto unit = board.unit_by_id.find(change.unit);
        for (std::size_t i = 0; i < indicators.size() && !reload_it; ++i) {
            if (indicators[i].key != change.indicator) continue;
            reload_it = unit == board.unit_by_id.end() || may_leave(board, unit->second, change.value);
            if (reload_it) continue;
            ++board.version;
            try {
                moved = board.engine.change(unit->second, static_cast<int>(i), change.value, change.target).standings;
            } catch (const Faults&) {  // another movement's rule does not take the value: it says so when it loads
                reload_it = true;
            }
            if (moved.empty()) moved.push_back(unit->second);
        }
    }
    if (reload_it) return reload(kept);
    if (moved.empty()) return;
    const std::shared_lock reading(kept->mutex);
    tell(*kept->board, moved);
}

void LiveCycles::reload(const std::shared_ptr<Kept>& kept) {
    std::shared_ptr<Board> fresh;
    try {
        const auto reader = store_.read();
        fresh = load_board(reader, kept->key, kept->period, threads_);
        fresh->version = static_cast<std::uint64_t>(reader.seq());
    } catch (const Problem&) {  // the cycle is gone, or cannot be scored: told when somebody looks
    } catch (const Faults&) {
    }
    if (!fresh) {
        const std::scoped_lock lock(mutex_);
        kept_.erase({kept->key, kept->period});
        return;
    }
    {
        const std::unique_lock writing(kept->mutex);
        if (kept->board) fresh->version = std::max(fresh->version, kept->board->version + 1);
        kept->board = std::move(fresh);
    }
    const std::shared_lock reading(kept->mutex);
    tell(*kept->board, {});
}

void LiveCycles::reload_all() {
    std::vector<std::shared_ptr<Kept>> all;
    {
        const std::scoped_lock lock(mutex_);
        for (const auto& [name, kept] : kept_) all.push_back(kept);
    }
    for (const auto& kept : all) reload(kept);
}

void LiveCycles::tell(const Board& board, const std::vector<int>& units) {
    json::array moved;
    for (const int unit : units) {
        if (moved.size() >= 100) break;  // an open page marks what it shows; it fetches the rest anyway
        moved.push_back(json::value(board.units[static_cast<std::size_t>(unit)].id));
    }
    tell_(board.topic(), json::serialize(json::object{{"version", board.version}, {"moved", std::move(moved)}}));
}

void LiveCycles::start_following() {
    follower_ = std::jthread([this](const std::stop_token& stop) {
        std::vector<movements::StoredCycle> cycles;
        try {
            cycles = movements::cycles(store_.read());
        } catch (const std::exception&) {  // told by the health page; the next round tries again
        }
        for (const auto& cycle : cycles) {
            if (stop.stop_requested()) return;
            try {
                if (cycle.state == movements::CycleState::running) keep(cycle.key, cycle.period);
            } catch (const std::exception&) {  // told when somebody looks at it
            }
        }
        std::mutex mutex;
        std::unique_lock lock(mutex);
        while (!wake_.wait_for(lock, stop, std::chrono::milliseconds(300), [] { return false; })) {
            if (stop.stop_requested()) return;
            try {
                follow();
            } catch (const std::exception&) {  // an outage of the database: the next round tries again
            }
        }
    });
}

std::pair<std::size_t, std::size_t> LiveCycles::figures() {
    const std::scoped_lock lock(mutex_);
    std::size_t units = 0;
    for (const auto& [_, kept] : kept_) {
        const std::shared_lock reading(kept->mutex);
        if (kept->board) units += kept->board->units.size();
    }
    return {kept_.size(), units};
}

}  // namespace guidon::evaluation

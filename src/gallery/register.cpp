#include "gallery/register.h"

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <iterator>
#include <string>
#include <vector>

#include "gallery/register_store.h"

namespace guidon::gallery {

namespace json = boost::json;

namespace {

constexpr std::size_t most_trees = 8;
constexpr int entries_at_once = 1000;

bool begins_with_any(std::string_view what, std::initializer_list<std::string_view> nouns) {
    return std::any_of(nouns.begin(), nouns.end(), [&](std::string_view noun) { return what.starts_with(noun); });
}

/// Entries about people, their accounts and reported values show on no list of exemplars; others may.
bool shows_on_lists(std::string_view what) {
    return !begins_with_any(what, {"account.", "session.", "token.", "person.", "office.", "role.", "council.",
                                   "delegation.", "server.", "settings.", "value.", "mail."});
}

bool moves_units(std::string_view what) {
    return shows_on_lists(what) &&
           !begins_with_any(what, {"exemplar", "evidence.", "article", "comment.", "book", "replication", "review"});
}

/// Whether it shows on pages of more exemplars than it names: of a whole family, or of all in a book.
bool reaches_others(std::string_view what) {
    return begins_with_any(what, {"replication.", "book"});
}

/// The exemplars that an entry names.
std::vector<std::string> named_in(const store::Entry& entry) {
    std::vector<std::string> names{entry.subject};
    if (entry.document.find("\"exemplar") == std::string::npos) return names;
    boost::system::error_code broken;
    const json::value document = json::parse(entry.document, broken);
    if (broken || !document.is_object()) return names;
    const auto add = [&](const json::value& value) {
        if (value.is_string()) names.emplace_back(value.as_string());
    };
    if (const auto* one = document.as_object().if_contains("exemplar")) add(*one);
    if (const auto* several = document.as_object().if_contains("exemplars"); several && several->is_array())
        for (const auto& one : several->as_array()) add(one);
    return names;
}

}  // namespace

Register::Register(store::Store& store) : store_(store) {}
Register::~Register() = default;

void Register::catch_up() {
    if (!stale_) return;
    const std::scoped_lock following(following_);
    if (!stale_.exchange(false)) return;  // whoever held the lock has read it meanwhile
    try {
        const auto reader = store_.read();
        if (seq_ < 0)
            load(reader);
        else if (reader.seq() != seq_)
            read_on(reader);
    } catch (...) {
        stale_ = true;
        throw;
    }
}

void Register::load(const store::Reader& reader) {
    Columns fresh;
    read_facts(reader, 0, [&](const Facts& facts) { fresh.put(facts); });
    read_steps(reader, 0,
               [&](ExemplarId id, const Step& step, std::string_view level) { fresh.add_step(id, step, level); });
    fresh.shrink();
    Catalogue catalogue = load_catalogue(reader);
    const std::unique_lock writing(mutex_);
    all_ = std::move(fresh);
    catalogue_ = std::move(catalogue);
    version_ = surroundings_ = reader.seq();
    seq_ = reader.seq();
}

void Register::note(const store::Reader& reader, const store::Entry& entry) {
    for (const std::string& name : named_in(entry)) {
        const auto row = all_.find(name);
        if (!row) continue;
        all_.touched[*row] = std::max(all_.touched[*row], entry.seq);
        if (name == entry.subject && all_.state[*row] == State::draft && !exists(reader, name)) all_.drop(name);
    }
}

void Register::read_on(const store::Reader& reader) {
    std::vector<store::Entry> entries;
    std::int64_t version = version_, reaching = 0;
    bool units_moved = false;
    for (std::int64_t at = seq_; at < reader.seq();) {
        auto some = store::entries_since(reader, at, entries_at_once);
        if (some.empty()) break;
        at = some.back().seq;
        for (auto& entry : some) {
            if (reaches_others(entry.what)) reaching = entry.seq;
            if (!shows_on_lists(entry.what)) continue;
            version = entry.seq;
            units_moved = units_moved || moves_units(entry.what);
            entries.push_back(std::move(entry));
        }
    }
    std::optional<Catalogue> catalogue;
    if (units_moved) {  // or movements
        catalogue = load_catalogue(reader);
        const std::scoped_lock lock(trees_mutex_);
        trees_.clear();
        units_.clear();
    }
    const std::unique_lock writing(mutex_);
    if (!entries.empty()) {
        read_facts(reader, seq_, [&](const Facts& facts) { all_.put(facts); });
        read_steps(reader, seq_,
                   [&](ExemplarId id, const Step& step, std::string_view level) { all_.add_step(id, step, level); });
        for (const auto& entry : entries) note(reader, entry);
    }
    if (catalogue) {
        catalogue_ = *std::move(catalogue);
        surroundings_ = version;
    }
    surroundings_ = std::max(surroundings_, reaching);
    version_ = version;
    seq_ = reader.seq();
}

std::shared_ptr<const UnitTree> Register::tree(Day on) {
    catch_up();
    {
        const std::scoped_lock lock(trees_mutex_);
        if (const auto known = trees_.find(on); known != trees_.end()) return known->second;
    }
    const std::scoped_lock following(following_);  // so that no older one takes the place of a newer one
    auto fresh = std::make_shared<const UnitTree>(load_unit_tree(store_.read(), on));
    const std::scoped_lock lock(trees_mutex_);
    if (trees_.size() >= most_trees) trees_.erase(trees_.begin());
    trees_[on] = fresh;
    return fresh;
}

std::shared_ptr<const units::Unit> Register::unit(std::int32_t id) {
    const Day today = Day::of_utc_ms(store_.now_utc_ms());
    {
        const std::scoped_lock lock(trees_mutex_);
        if (units_on_ != today) units_.clear();
        units_on_ = today;
        if (const auto known = units_.find(id); known != units_.end()) return known->second;
    }
    const std::scoped_lock following(following_);
    auto fresh = std::make_shared<const units::Unit>(units::unit(store_.read(), UnitId(id), today));
    const std::scoped_lock lock(trees_mutex_);
    units_[id] = fresh;
    return fresh;
}

std::optional<std::int64_t> Register::version_of(std::string_view public_id) {
    return with([&](const View& view) {
        const auto row = view.all.find(public_id);
        return row ? std::optional(view.all.touched[*row]) : std::nullopt;
    });
}

std::string Register::page_version(std::string_view public_id) {
    return with([&](const View& view) {
        const auto row = view.all.find(public_id);
        return row ? std::to_string(view.all.touched[*row]) + "-" + std::to_string(surroundings_) : std::string();
    });
}

std::int64_t Register::version() {
    return with([](const View& view) { return view.version; });
}

std::pair<std::size_t, std::size_t> Register::figures() {
    const std::shared_lock reading(mutex_);
    return {all_.size(), all_.bytes()};
}

void Register::start_following() {
    follower_ = std::jthread([this](const std::stop_token& stop) {
        std::mutex mutex;
        std::unique_lock lock(mutex);
        do {
            try {
                stir();
                catch_up();
            } catch (const std::exception&) {  // an outage of the database: the next round tries again
            }
        } while (!wake_.wait_for(lock, stop, std::chrono::milliseconds(300), [] { return false; }) &&
                 !stop.stop_requested());
    });
}

}  // namespace guidon::gallery

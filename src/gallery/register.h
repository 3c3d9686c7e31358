// Which exemplars are there, and what happened to them? All of them in memory, loaded when somebody looks first and
// then following the journal, whoever wrote into it; what is listed and counted is read from here.
//
//     const auto page = register.with([&](const View& view) { return …; });
//
// Each exemplar has a version: the newest journal entry that is about it, has it as its subject or names it in its
// document as `exemplar` or in `exemplars`. A change of what a page of an exemplar shows is such an entry.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <utility>

#include "gallery/catalogue.h"
#include "gallery/columns.h"
#include "gallery/unit_tree.h"
#include "store/journal.h"
#include "store/store.h"

namespace guidon::gallery {

/// What one look sees; nothing of it changes meanwhile.
struct View {
    const Columns& all;
    const Catalogue& catalogue;
    std::int64_t version;  // newest journal entry that may have moved something of it, or of units and movements
};

class Register {
public:
    explicit Register(store::Store& store);
    ~Register();

    /// Runs `look` on the newest state.
    template <class Look>
    auto with(Look look) {
        catch_up();
        const std::shared_lock reading(mutex_);
        return look(View{all_, catalogue_, version_});
    }
    /// The units as they stand on `on`.
    std::shared_ptr<const UnitTree> tree(Day on);
    /// A unit as it stands today, remembered; must exist.
    std::shared_ptr<const units::Unit> unit(std::int32_t id);
    /// The newest journal entry about this exemplar; nothing if there is none such.
    std::optional<std::int64_t> version_of(std::string_view public_id);
    /// The version of a page about it, which also names units and movements; "" if there is none such.
    std::string page_version(std::string_view public_id);
    std::int64_t version();

    /// Something was written: the next look reads the journal first.
    void stir() { stale_ = true; }
    /// Loads in the background, and follows what other processes write.
    void start_following();

    /// For the health page and the figures: how many exemplars, and in how many bytes.
    std::pair<std::size_t, std::size_t> figures();

private:
    void catch_up();
    void load(const store::Reader& reader);
    void read_on(const store::Reader& reader);
    void note(const store::Reader& reader, const store::Entry& entry);

    store::Store& store_;
    std::atomic<bool> stale_ = true;
    std::mutex following_;
    std::shared_mutex mutex_;  // of what looks see
    Columns all_;
    Catalogue catalogue_;
    std::int64_t version_ = 0;
    std::int64_t surroundings_ = 0;       // newest entry that may have changed units or movements
    std::atomic<std::int64_t> seq_ = -1;  // newest entry that is in memory; -1 = nothing was loaded yet
    std::mutex trees_mutex_;
    std::map<Day, std::shared_ptr<const UnitTree>> trees_;
    std::unordered_map<std::int32_t, std::shared_ptr<const units::Unit>> units_;  // also under trees_mutex_
    Day units_on_;
    std::condition_variable_any wake_;
    std::jthread follower_;
};

}  // namespace guidon::gallery

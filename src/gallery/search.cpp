#include "gallery/search.h"

#include <algorithm>
#include <chrono>
#include <unordered_set>

#include "people/gate.h"

namespace guidon::gallery {

namespace {

constexpr int texts_at_once = 100;
constexpr auto patience = std::chrono::seconds(1);  // while changes come one after the other
constexpr std::size_t shortest_beginning = 2;

/// So few are put in order by their texts, which is cheaper than looking for each way of standing.
constexpr std::size_t few = 24;

std::vector<ExemplarId> in_order(const store::Reader& reader, std::vector<ExemplarId> ids,
                                 const std::vector<Term>& terms) {
    std::vector<std::pair<Stands, ExemplarId>> standing;
    for (const ExemplarId id : ids) standing.emplace_back(stands(reader, id, terms), id);
    std::stable_sort(standing.begin(), standing.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::transform(standing.begin(), standing.end(), ids.begin(), [](const auto& one) { return one.second; });
    return ids;
}

/// What stands best comes first, then what else there is; both newest first.
std::vector<ExemplarId> best_first(const store::Reader& reader, const std::vector<ExemplarId>& ids,
                                   const std::vector<Term>& terms, int most) {
    std::vector<ExemplarId> best;
    std::unordered_set<ExemplarId> known;
    const auto add = [&](const std::vector<ExemplarId>& some) {
        for (const ExemplarId id : some)
            if (known.insert(id).second) best.push_back(id);
    };
    for (const Stands way : {Stands::beside_in_title, Stands::in_title, Stands::beside})
        if (best.size() < static_cast<std::size_t>(most) && (terms.size() > 1 || way == Stands::in_title))
            add(newest_with(reader, terms, way, most));
    add(ids);
    return best;
}

void find_all(Found& found, const store::Reader& reader, int most) {
    const auto all = newest_with(reader, found.terms, Stands::anywhere, most + 1);
    found.ids = all.size() <= few ? in_order(reader, all, found.terms) : best_first(reader, all, found.terms, most + 1);
    found.more = found.ids.size() > static_cast<std::size_t>(most);
    if (found.more) found.ids.resize(static_cast<std::size_t>(most));
}

}  // namespace

Found find(const store::Reader& reader, std::string_view typed, int most) {
    Found found;
    found.terms = terms_of(typed);
    // a beginning of one letter would be almost every text
    std::erase_if(found.terms,
                  [](const Term& term) { return term.beginning && term.words.back().size() < shortest_beginning; });
    if (found.terms.empty()) return found;
    find_all(found, reader, most);
    Term& last = found.terms.back();
    if (!found.ids.empty() || last.beginning || last.words.back().size() < shortest_beginning) return found;
    // a last word that is somewhere was not half typed
    if (!newest_with(reader, {last}, Stands::anywhere, 1).empty()) return found;
    last.beginning = true;
    find_all(found, reader, most);
    found.beginnings = !found.ids.empty();
    return found;
}

int SearchFollower::read_some() {
    std::vector<Text> texts;
    {
        const auto reader = store_.read();
        const Position kept = position(reader);
        if (kept != read_) ++version_;  // another process has read on
        read_ = kept;
        texts = texts_after(reader, read_, texts_at_once);
    }
    if (texts.empty()) return 0;
    auto change = store_.change(people::Gate::program("search"));
    if (position(change) != read_) return static_cast<int>(texts.size());  // another process was faster
    keep_texts(change, texts);
    change.keep();
    read_ = texts.back().at;
    ++version_;
    return static_cast<int>(texts.size());
}

int SearchFollower::catch_up(const std::stop_token& stop) {
    const std::scoped_lock lock(reading_);
    int all = 0;
    for (int some = 1; some > 0 && !stop.stop_requested(); all += some) {
        store_.give_way(patience, stop);
        some = read_some();
    }
    return all;
}

void SearchFollower::start() {
    thread_ = std::jthread([this](const std::stop_token& stop) {
        std::mutex mutex;
        std::unique_lock lock(mutex);
        do {
            try {
                catch_up(stop);
            } catch (const std::exception&) {  // an outage of the database: the next round tries again
            }
        } while (!wake_.wait_for(lock, stop, std::chrono::milliseconds(300), [] { return false; }) &&
                 !stop.stop_requested());
    });
}

}  // namespace guidon::gallery

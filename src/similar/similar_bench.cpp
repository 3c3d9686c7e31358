// How long do 150,000 texts take into the index, and a question to it? Half are made of English sentences, half of
// Vietnamese ones, and one is there 10,000 times.
#include <benchmark/benchmark.h>
#include <stdlib.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <latch>
#include <map>
#include <string>

#include "similar/passages.h"
#include "similar/similar_store.h"
#include "similar/texts_test.h"
#include "similar/words.h"
#include "store/sql.h"
#include "store/store.h"
#include "store/writer.h"

// The gate is beside this folder: here stands one that permits the benchmark alone.
namespace guidon::people {
class Gate {
public:
    static store::Permit terminal() { return {"benchmark", "operator"}; }
};
}  // namespace guidon::people

namespace guidon::similar {
namespace {

constexpr std::size_t texts_count = 150'000, copies = 10'000, questions = 2'000;

/// All texts, and those that ask: changed ones of which the index has the original.
struct Corpus {
    std::vector<std::string> texts;
    std::vector<std::pair<std::string, std::int64_t>> asked;

    Corpus() {
        Author english("worldbank_projects_en.csv", {7, 8}, 1);
        Author vietnamese("vn_procedures_vi.csv", {1, 2, 5, 6, 7}, 2);
        if (!english.has_texts() || !vietnamese.has_texts()) return;
        texts.assign(copies, vietnamese.text());
        while (texts.size() < texts_count) texts.push_back((texts.size() % 2 ? english : vietnamese).text());
        for (std::size_t i = 0; i < questions; ++i) {
            const auto id = copies + i * ((texts_count - copies) / questions) + i % 2;
            auto& writer = id % 2 ? english : vietnamese;
            asked.emplace_back(writer.changed(texts[id], static_cast<int>(writer.number(12))), id);
        }
    }
};

const Corpus& corpus() {
    static const Corpus made;
    return made;
}

/// A new database, gone at the end.
struct Place {
    std::string folder;
    store::Store store;
    Place() : folder(new_folder()), store(store::Store::open("sqlite:" + folder + "/registry.sqlite")) {}
    ~Place() { std::filesystem::remove_all(folder); }
    static std::string new_folder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "guidon-bench.XXXXXX").string();
        return mkdtemp(pattern.data());
    }
    double mebibytes() {
        const auto bytes = store::one<std::int64_t>(
            store.read(), "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
        return static_cast<double>(bytes) / (1 << 20);
    }
};

/// In calls of so many texts.
void index_all(store::Store& store, std::size_t together = texts_count) {
    const auto& texts = corpus().texts;
    auto change = store.change(people::Gate::terminal());
    std::vector<Indexed> part;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        part.push_back({static_cast<std::int64_t>(i), texts[i]});
        if (part.size() < together && i + 1 < texts.size()) continue;
        index_texts(change, part);
        part.clear();
    }
    change.commit("texts.indexed", "");
}

/// An index of all texts that the measurements share; `together` as above.
store::Store& full(std::size_t together = texts_count) {
    static std::map<std::size_t, Place> places;
    const bool is_new = !places.contains(together);
    auto& place = places[together];
    if (is_new) index_all(place.store, together);
    return place.store;
}

bool can_run(benchmark::State& state) {
    if (!corpus().texts.empty()) return true;
    state.SkipWithError(("no texts in " + texts_folder()).c_str());
    return false;
}

void index_150_000(benchmark::State& state) {
    if (!can_run(state)) return;
    for ([[maybe_unused]] auto _ : state) {
        Place place;
        index_all(place.store);
        state.counters["MiB"] = place.mebibytes();
    }
}
BENCHMARK(index_150_000)->Unit(benchmark::kMillisecond)->Iterations(1)->UseRealTime();

class Times {
public:
    template <class F>
    void take(F work) {
        const auto start = std::chrono::steady_clock::now();
        const double processor_start = processor_ms();
        work();
        processor_ms_.push_back(processor_ms() - processor_start);
        ms_.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    void tell(benchmark::State& state) {
        tell(state, "", ms_);
        tell(state, "processor_", processor_ms_);
    }

private:
    /// What a busy machine does not change.
    static double processor_ms() {
        timespec now{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
    }
    static void tell(benchmark::State& state, const std::string& clock, std::vector<double>& ms) {
        std::sort(ms.begin(), ms.end());
        state.counters[clock + "p50_ms"] = ms[ms.size() / 2];
        state.counters[clock + "p99_ms"] = ms[ms.size() * 99 / 100];
        state.counters[clock + "worst_ms"] = ms.back();
    }

    std::vector<double> ms_, processor_ms_;
};

/// Candidates alone, and how many of the similar originals are among them.
void ask(benchmark::State& state) {
    if (!can_run(state)) return;
    auto& store = full(static_cast<std::size_t>(state.range(0)));
    Times times;
    double similar = 0, found = 0, named = 0, right = 0;
    for ([[maybe_unused]] auto _ : state) {
        for (const auto& [text, original] : corpus().asked) {
            std::vector<std::int64_t> answer;
            times.take([&] { answer = candidates(store.read(), text); });
            const auto& texts = corpus().texts;
            const auto set = word_set(text);
            if (jaccard(set, word_set(texts[static_cast<std::size_t>(original)])) >= similar_from) {
                similar += 1;
                found += std::count(answer.begin(), answer.end(), original) > 0 ? 1 : 0;
            }
            for (const auto id : answer) {
                named += 1;
                right += jaccard(set, word_set(texts[static_cast<std::size_t>(id)])) >= similar_from ? 1 : 0;
            }
        }
    }
    times.tell(state);
    state.counters["similar"] = similar;
    state.counters["recall"] = found / similar;
    state.counters["named"] = named / questions;
    state.counters["precision"] = right / named;
}
BENCHMARK(ask)->Arg(texts_count)->Arg(4096)->Unit(benchmark::kMillisecond)->Iterations(1)->UseRealTime();

/// With the exact comparison of everything that was named, by who has the texts at hand.
void ask_and_compare(benchmark::State& state) {
    if (!can_run(state)) return;
    auto& store = full();
    Times times;
    for ([[maybe_unused]] auto _ : state) {
        for (const auto& [text, original] : corpus().asked) {
            times.take([&, &asked = text] {
                const auto set = word_set(asked);
                double most = 0;
                for (const auto id : candidates(store.read(), asked)) {
                    most = std::max(most, jaccard(set, word_set(corpus().texts[static_cast<std::size_t>(id)])));
                }
                benchmark::DoNotOptimize(most);
            });
        }
    }
    times.tell(state);
}
BENCHMARK(ask_and_compare)->Unit(benchmark::kMillisecond)->Iterations(1)->UseRealTime();

void ask_for_what_was_copied_10_000_times(benchmark::State& state) {
    if (!can_run(state)) return;
    auto& store = full();
    Times times;
    for ([[maybe_unused]] auto _ : state) {
        for (int i = 0; i < 500; ++i) times.take([&] { candidates(store.read(), corpus().texts[0]); });
    }
    times.tell(state);
}
BENCHMARK(ask_for_what_was_copied_10_000_times)->Unit(benchmark::kMillisecond)->Iterations(1)->UseRealTime();

/// A change each, `clients` changes on their way: without a text, and with one that goes into the full index.
void index_one_more(benchmark::State& state) {
    if (!can_run(state)) return;
    auto& store = full();
    store::Writer writer(store);
    static std::int64_t id = texts_count;
    const auto clients = state.range(0);
    for ([[maybe_unused]] auto _ : state) {
        std::latch all(clients);
        for (std::int64_t i = 0; i < clients; ++i) {
            const auto& text = corpus().asked[static_cast<std::size_t>(id) % questions].first;
            writer.submit(
                [&state, &store, &text, number = id++] {
                    auto change = store.change(people::Gate::terminal());
                    if (state.range(1)) index_text(change, number, text);
                    change.commit("text.indexed", "");
                },
                [&](std::exception_ptr) { all.count_down(); });
        }
        all.wait();
    }
    state.SetItemsProcessed(state.iterations() * clients);
}
BENCHMARK(index_one_more)->ArgsProduct({{1, 16, 64}, {0, 1}})->UseRealTime();

/// The pure parts, a text each time.
void words_of_a_text(benchmark::State& state) {
    if (!can_run(state)) return;
    const auto& texts = corpus().texts;
    std::size_t i = copies;
    for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(word_set(texts[i++ % texts.size()]));
}
BENCHMARK(words_of_a_text)->Unit(benchmark::kMicrosecond);

void two_texts_side_by_side(benchmark::State& state) {
    if (!can_run(state)) return;
    const auto& [text, original] = corpus().asked.front();
    for ([[maybe_unused]] auto _ : state) {
        benchmark::DoNotOptimize(compare(text, corpus().texts[static_cast<std::size_t>(original)]));
    }
}
BENCHMARK(two_texts_side_by_side)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace guidon::similar

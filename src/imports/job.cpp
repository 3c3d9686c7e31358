#include "imports/job.h"

#include <chrono>
#include <memory>

namespace guidon::imports {
namespace {

boost::json::object problem_part(const Problem& problem, Language language) {
    return {{"code", problem.code}, {"sentence", sentence(language, problem)}};
}

struct Running {
    store::Store& store;
    store::Jobs& jobs;
    Order order;
    Language language;
    std::string id;
    Moved moved;
    boost::json::object result;
    std::chrono::steady_clock::time_point told{};

    void work() {
        jobs.start(id);
        const Progress progress = [this](std::int64_t done, std::int64_t total) {
            jobs.progress(id, done, total);
            tell_now_and_then();
            if (jobs.cancel_wanted(id)) throw Problem("import.cancelled", {}, "", 409);
        };
        Import import(store.read(), {order.kind, order.file, order.content, order.since, order.rights}, progress);
        const auto entry = import.apply(store, order.identity, progress);
        const auto& tally = import.plan().comparison.tally();
        result = {{"file", order.file},
                  {"new", tally.added},
                  {"changed", tally.changed},
                  {"unchanged", tally.unchanged},
                  {"entry", entry}};
    }

    void tell_now_and_then() {
        const auto now = std::chrono::steady_clock::now();
        if (!moved || now - told < std::chrono::milliseconds(250)) return;
        told = now;
        moved(id, store::JobState::running);
    }

    void end(std::exception_ptr wrong) {
        const auto state = keep_end(wrong);
        if (moved) moved(id, state);
    }

    store::JobState keep_end(std::exception_ptr wrong) {
        using store::JobState;
        auto state = JobState::failed;
        boost::json::array faults;
        if (wrong) {
            result = {{"file", order.file}};
            faults = faults_of(wrong, state);
        } else {
            state = JobState::done;
        }
        jobs.end(id, state, result, faults);
        return state;
    }

    boost::json::array faults_of(std::exception_ptr wrong, store::JobState& state) const {
        boost::json::array list;
        try {
            std::rethrow_exception(store::as_problem(wrong));
        } catch (const Problem& problem) {
            if (problem.code == "import.cancelled")
                state = store::JobState::cancelled;
            else
                list.push_back(problem_part(problem, language));
        } catch (const Faults& faults) {
            for (const auto& fault : faults.list)
                list.push_back({{"code", fault.code}, {"sentence", sentence(language, fault)}});
        } catch (const std::exception&) {
            list.push_back(problem_part(Problem("import.broken"), language));
        }
        return list;
    }
};

}  // namespace

std::string start_job(store::Store& store, store::Writer& writer, store::Jobs& jobs, Order order, Language language,
                      const Moved& moved) {
    const auto id =
        jobs.add("import." + std::string(code(order.kind)), order.rights.who(), {{"file", order.file}}, order.id);
    jobs.wait_until_kept(id, 1000);
    const auto running = std::make_shared<Running>(Running{store, jobs, std::move(order), language, id, moved, {}});
    writer.submit_alone([running] { running->work(); }, [running](std::exception_ptr wrong) { running->end(wrong); });
    return id;
}

}  // namespace guidon::imports

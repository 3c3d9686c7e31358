#include "imports/job.h"

#include <chrono>
#include <memory>

namespace guidon::imports {
namespace {

boost::json::object problem_part(const Problem& problem, Language language) {
    return {{"code", problem.code}, {"sentence", sentence(language, problem)}};
}

boost::json::object fault_part(const Fault& fault, Language language) {
    return {
        {"line", fault.line}, {"column", fault.column}, {"code", fault.code}, {"sentence", sentence(language, fault)}};
}

struct Running {
    store::Store& store;
    store::Jobs& jobs;
    Order order;
    Language language;
    std::string id;
    std::function<void(const std::string&)> moved;
    boost::json::object result;
    std::chrono::steady_clock::time_point told{};

    void work() {
        jobs.start(id);
        const Progress progress = [this](std::int64_t done, std::int64_t total) {
            jobs.progress(id, done, total);
            tell_now_and_then();
            if (jobs.cancel_wanted(id)) throw Problem("import.cancelled", {}, "", 409);
        };
        Import import(store.read(), {order.kind, order.file, order.content, order.since}, progress);
        const auto entry = import.apply(store, store::administrator_permit(order.who), order.identity, progress);
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
        moved(id);
    }

    void end(std::exception_ptr wrong) {
        keep_end(wrong);
        if (moved) moved(id);
    }

    void keep_end(std::exception_ptr wrong) {
        using store::JobState;
        if (!wrong) return jobs.end(id, JobState::done, result);
        try {
            std::rethrow_exception(store::as_problem(wrong));
        } catch (const Problem& problem) {
            const bool cancelled = problem.code == "import.cancelled";
            jobs.end(id, cancelled ? JobState::cancelled : JobState::failed, {{"file", order.file}},
                     {problem_part(problem, language)});
        } catch (const Faults& faults) {
            boost::json::array list;
            for (const auto& fault : faults.list) list.push_back(fault_part(fault, language));
            jobs.end(id, JobState::failed, {{"file", order.file}}, list);
        } catch (const std::exception&) {
            jobs.end(id, JobState::failed, {{"file", order.file}}, {problem_part(Problem("import.broken"), language)});
        }
    }
};

}  // namespace

std::string start_job(store::Store& store, store::Writer& writer, store::Jobs& jobs, Order order, Language language,
                      std::function<void(const std::string&)> moved) {
    const auto id = jobs.add("import." + std::string(code(order.kind)), order.who);
    jobs.wait_until_kept(id, 1000);
    const auto running =
        std::make_shared<Running>(Running{store, jobs, std::move(order), language, id, std::move(moved), {}});
    writer.submit_alone([running] { running->work(); }, [running](std::exception_ptr wrong) { running->end(wrong); });
    return id;
}

}  // namespace guidon::imports

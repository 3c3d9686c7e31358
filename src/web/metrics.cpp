#include "web/metrics.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace guidon::web {

void Metrics::end(const std::string& route, const std::string& method, int status, double seconds) {
    --in_flight_;
    const auto bucket = std::lower_bound(bounds.begin(), bounds.end(), seconds) - bounds.begin();
    const std::lock_guard lock(mutex_);
    ++requests_[{route, method, status}];
    ++durations_[static_cast<std::size_t>(bucket)];
    seconds_ += seconds;
}

void Metrics::add_gauge(std::string name, std::string help, std::function<double()> value) {
    const std::lock_guard lock(mutex_);
    gauges_.push_back({std::move(name), std::move(help), std::move(value)});
}

std::string Metrics::text() const {
    std::string text;
    auto out = std::back_inserter(text);
    const std::lock_guard lock(mutex_);
    fmt::format_to(out, "# HELP guidon_requests_total Requests answered.\n# TYPE guidon_requests_total counter\n");
    std::uint64_t answered = 0;
    for (const auto& [labels, count] : requests_) {
        const auto& [route, method, status] = labels;
        fmt::format_to(out, "guidon_requests_total{{route=\"{}\",method=\"{}\",status=\"{}\"}} {}\n", route, method,
                       status, count);
        answered += count;
    }
    fmt::format_to(out,
                   "# HELP guidon_request_seconds From the last byte of a request to its answer.\n"
                   "# TYPE guidon_request_seconds histogram\n");
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < bounds.size(); ++i) {
        below += durations_[i];
        fmt::format_to(out, "guidon_request_seconds_bucket{{le=\"{}\"}} {}\n", bounds[i], below);
    }
    fmt::format_to(out,
                   "guidon_request_seconds_bucket{{le=\"+Inf\"}} {0}\nguidon_request_seconds_sum "
                   "{1}\nguidon_request_seconds_count {0}\n",
                   answered, seconds_);
    fmt::format_to(out,
                   "# HELP guidon_requests_in_flight Requests being answered.\n# TYPE guidon_requests_in_flight gauge\n"
                   "guidon_requests_in_flight {}\n",
                   in_flight_.load());
    for (const auto& gauge : gauges_) {
        fmt::format_to(out, "# HELP {0} {1}\n# TYPE {0} gauge\n{0} {2}\n", gauge.name, gauge.help, gauge.value());
    }
    return text;
}

double resident_bytes() {
    std::ifstream statm("/proc/self/statm");
    double total = 0, resident = 0;
    statm >> total >> resident;
    return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

}  // namespace guidon::web

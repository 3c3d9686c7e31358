// How does the server do? Counted per route, told at /metrics in Prometheus' text format.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <tuple>
#include <vector>

namespace guidon::web {

class Metrics {
public:
    void begin() { ++in_flight_; }
    /// `route` is the pattern, never the address: its values are few and tell nothing about a person.
    void end(const std::string& route, const std::string& method, int status, double seconds);
    std::int64_t in_flight() const { return in_flight_; }

    /// A figure that is asked for when the text is written.
    void add_gauge(std::string name, std::string help, std::function<double()> value);
    std::string text() const;

private:
    static constexpr std::array<double, 12> bounds{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                                   0.05,   0.1,   0.25,   1,     5,    30};
    struct Gauge {
        std::string name, help;
        std::function<double()> value;
    };
    mutable std::mutex mutex_;
    std::map<std::tuple<std::string, std::string, int>, std::uint64_t> requests_;
    std::array<std::uint64_t, bounds.size() + 1> durations_{};
    double seconds_ = 0;
    std::vector<Gauge> gauges_;
    std::atomic<std::int64_t> in_flight_{0};
};

/// Bytes of memory that this process holds (resident set).
double resident_bytes();

}  // namespace guidon::web

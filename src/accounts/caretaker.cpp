#include "accounts/caretaker.h"

#include <charconv>
#include <chrono>
#include <iostream>

#include "people/gate.h"

namespace guidon::accounts {
namespace {

int days_or(const std::string& text, int otherwise) {
    int days = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), days);
    return read.ec == std::errc{} && days > 0 ? days : otherwise;
}

}  // namespace

Retention retention_of(const store::Reader& reader) {
    Retention retention;
    retention.sessions_days = days_or(setting(reader, "retention.sessions_days"), retention.sessions_days);
    retention.sent_days = days_or(setting(reader, "retention.sent_days"), retention.sent_days);
    retention.links_days = days_or(setting(reader, "retention.links_days"), retention.links_days);
    return retention;
}

Caretaker::Caretaker(store::Store& store)
    : store_(store), thread_([this](const std::stop_token& stop) { go_round(stop); }) {}

void Caretaker::go_round(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        try {
            auto change = store_.change(people::Gate::program("retention"));
            sweep(change, retention_of(change));
            change.keep();
        } catch (const std::exception& wrong) {  // busy, full: the next round tries again
            std::cerr << "guidon: retention: " << wrong.what() << '\n';
        }
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, stop, std::chrono::hours(1), [] { return false; });
    }
}

}  // namespace guidon::accounts

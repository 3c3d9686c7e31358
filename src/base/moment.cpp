#include "base/moment.h"

#include <cstdio>

#include "base/day.h"

namespace guidon {
namespace {

/// "09:05:07"
std::string time_of(std::int64_t utc_ms) {
    const int seconds = static_cast<int>(utc_ms / 1000 % 86'400);
    char out[32];
    std::snprintf(out, sizeof out, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    return out;
}

std::string moment_with(Language language, std::int64_t utc_ms, DateStyle style, const std::string& time) {
    return say(language, "moment",
               {{"date", date_text(language, Day::of_utc_ms(utc_ms).text(), style)}, {"time", time}});
}

}  // namespace

std::string iso_moment(std::int64_t utc_ms) {
    return Day::of_utc_ms(utc_ms).text() + "T" + time_of(utc_ms) + "Z";
}

std::string iso_moment_ms(std::int64_t utc_ms) {
    char milliseconds[32];
    std::snprintf(milliseconds, sizeof milliseconds, ".%03dZ", static_cast<int>(utc_ms % 1000));
    return Day::of_utc_ms(utc_ms).text() + "T" + time_of(utc_ms) + milliseconds;
}

std::string moment_text(Language language, std::int64_t utc_ms, DateStyle style) {
    return moment_with(language, utc_ms, style, time_of(utc_ms).substr(0, 5));
}

std::string exact_moment_text(Language language, std::int64_t utc_ms) {
    return moment_with(language, utc_ms, DateStyle::medium, time_of(utc_ms));
}

}  // namespace guidon

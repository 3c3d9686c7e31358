#include "mail/digest.h"

#include <algorithm>
#include <iterator>

namespace guidon::mail {
namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t hour_ms = 60 * minute_ms;
constexpr std::int64_t day_ms = 24 * hour_ms;
constexpr std::int64_t wrong_clock_days = 7;

constexpr Rhythm rhythms[] = {Rhythm::never, Rhythm::daily, Rhythm::weekly, Rhythm::at_once};

/// Days since 1970, also before it.
std::int64_t day_count(std::int64_t ms) {
    return ms >= 0 ? ms / day_ms : -((-ms + day_ms - 1) / day_ms);
}

Day day_of_count(std::int64_t count) {
    return Day::of_utc_ms(count * day_ms);
}

/// The heading of those that share a date.
std::string heading(Language language, Day due, Day today) {
    if (due == Day::never()) return say(language, "mail.digest.undated");
    const char* key = due < today ? "mail.digest.overdue" : due == today ? "mail.digest.today" : "mail.digest.until";
    return say(language, key, {{"date", date_text(language, due.text())}});
}

std::string subject(Language language, const std::vector<WorkItem>& work, Day today) {
    std::int64_t count = 0;
    for (const auto& item : work) count += item.count;
    const Day first = work.front().due;
    const char* key = first == Day::never() ? "mail.digest.subject"
                      : first < today       ? "mail.digest.subject-overdue"
                                            : "mail.digest.subject-until";
    return say(language, key, {{"count", std::to_string(count)}, {"date", date_text(language, first.text())}});
}

}  // namespace

std::string_view code(Rhythm rhythm) {
    constexpr std::string_view codes[] = {"never", "daily", "weekly", "at_once"};
    return codes[static_cast<int>(rhythm)];
}

std::optional<Rhythm> rhythm_of(std::string_view text) {
    const auto* found =
        std::find_if(std::begin(rhythms), std::end(rhythms), [&](Rhythm rhythm) { return code(rhythm) == text; });
    return found == std::end(rhythms) ? std::nullopt : std::optional(*found);
}

Day local_day(DigestClock clock, std::int64_t now_utc_ms) {
    return Day::of_utc_ms(now_utc_ms + clock.utc_offset_minutes * minute_ms);
}

std::optional<Day> due_digest(Rhythm rhythm, DigestClock clock, std::int64_t now_utc_ms, std::optional<Day> last) {
    if (rhythm == Rhythm::never || rhythm == Rhythm::at_once) return std::nullopt;
    auto count = day_count(now_utc_ms + clock.utc_offset_minutes * minute_ms - clock.hour * hour_ms);
    if (rhythm == Rhythm::weekly) count -= ((count + 3) % 7 + 7) % 7;  // day 0 was a Thursday
    const Day day = day_of_count(count);
    const bool trusted = last && *last <= day_of_count(count + wrong_clock_days);
    if (trusted && day <= *last) return std::nullopt;
    return day;
}

std::vector<DueDigest> due_digests(const std::vector<Subscriber>& subscribers, DigestClock clock,
                                   std::int64_t now_utc_ms) {
    std::vector<DueDigest> due;
    for (const auto& each : subscribers) {
        if (const auto day = due_digest(each.rhythm, clock, now_utc_ms, each.last)) due.push_back({each, *day});
    }
    return due;
}

std::optional<DigestText> digest_text(Language language, std::vector<WorkItem> work, Day today, const std::string& site,
                                      const std::string& preferences) {
    std::erase_if(work, [](const WorkItem& item) { return item.count <= 0; });
    if (work.empty()) return std::nullopt;
    std::stable_sort(work.begin(), work.end(), [](const auto& a, const auto& b) { return a.due < b.due; });

    std::string body = say(language, "mail.digest.opening") + "\n";
    std::optional<Day> group;
    for (const auto& item : work) {
        if (group != item.due) body += "\n" + heading(language, item.due, today) + "\n";
        group = item.due;
        body += "– " +
                say(language, "mail.digest.item", {{"title", item.title}, {"count", std::to_string(item.count)}}) +
                "\n  " + site + item.href + "\n";
    }
    body += "\n" + say(language, "mail.digest.closing") + "\n  " + site + preferences + "\n";
    return DigestText{subject(language, work, today), std::move(body)};
}

}  // namespace guidon::mail

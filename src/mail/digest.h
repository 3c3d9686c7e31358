// What does a person find in the mail in the morning, and is it time for it? Pure: texts from work, days from clocks.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/language.h"

namespace guidon::mail {

/// What a person chose. An enumerator is its wire form.
enum class Rhythm {
    never,
    daily,
    weekly,   // on Monday
    at_once,  // each change that makes work queues a mail of its own; no digest
};
std::string_view code(Rhythm rhythm);
std::optional<Rhythm> rhythm_of(std::string_view code);

/// When the day of a digest begins.
struct DigestClock {
    int utc_offset_minutes = 0;  // of the place where people read
    int hour = 6;                // local
};

/// The date where people read.
Day local_day(DigestClock clock, std::int64_t now_utc_ms);

/// The day whose digest is due at `now`; nothing if there is none. `last` is the day of the latest digest, or the day
/// on which the person chose the rhythm. Days that nobody was awake for are one digest, not many; a clock that was set
/// back sends nothing twice. A `last` more than a week ahead is the mark of a clock that was wrong, and is ignored.
std::optional<Day> due_digest(Rhythm rhythm, DigestClock clock, std::int64_t now_utc_ms, std::optional<Day> last);

struct Subscriber {
    std::string account;
    Language language = Language::en;
    Rhythm rhythm = Rhythm::daily;
    std::optional<Day> last;
};
struct DueDigest {
    Subscriber whose;
    Day day;
};
/// Those whose digest is due, in the order given.
std::vector<DueDigest> due_digests(const std::vector<Subscriber>& subscribers, DigestClock clock,
                                   std::int64_t now_utc_ms);

/// One piece of what waits. `title` is in the person's language, one line.
struct WorkItem {
    std::string title;
    int count = 1;
    Day due = Day::never();  // never = no date
    std::string href;        // beginning with `/`
};

struct DigestText {
    std::string subject, body;
    bool operator==(const DigestText&) const = default;
};

/// The mail about `work` as it stands on `today`: grouped by date, earliest first, what has none last. Addresses begin
/// with `site` ("https://guidon.example"), `preferences` is a path on it. Nothing to do: no mail.
std::optional<DigestText> digest_text(Language language, std::vector<WorkItem> work, Day today, const std::string& site,
                                      const std::string& preferences);

}  // namespace guidon::mail

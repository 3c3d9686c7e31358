// What is to be sent, and what became of it? The outbox: a mail about a change exists if and only if the change does.
//
//     auto change = store.change(permit);
//     …
//     mail::queue_mail(change, {.account = "hoa", .language = Language::vi, .subject = …, .body = …, .kind = "asked"});
//     change.commit("…", …);
//
// A mail is sent by whoever claims it first, in whatever process. A claim ends by itself, so that what a dead process
// held is sent by another.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/language.h"
#include "store/store.h"

namespace guidon::mail {

enum class MailState { waiting, sent, failed, dropped };
std::string_view code(MailState state);

struct Mail {
    std::string account;  // whose address is looked up when it is sent, or:
    std::string address;  // given
    Language language = Language::en;
    std::string subject, body;
    std::string kind;  // "digest", "delegation", …
    std::string once;  // "" = may be repeated; else the same text is queued once for ever
};

/// One row, as it waits or ended.
struct KeptMail {
    std::string id;
    Mail mail;
    MailState state = MailState::waiting;
    int tries = 0;
    std::int64_t next_try_utc_ms = 0;
    std::string last_error;  // code of a problem, then what the mail server said; may hold an address
    std::int64_t created_utc_ms = 0, ended_utc_ms = 0;
};

/// Under which permit the outbox keeps its own books.
store::Permit mail_permit();

/// Queues within the caller's change; the postmen of this process are woken when it is on disk. Gives the mail's id,
/// nothing if `once` was queued before. Problem "mail.address" if an address is given and is none, "mail.header" if
/// the subject has a line break: whoever asked is there to be told.
std::optional<std::string> queue_mail(store::Change& change, const Mail& mail);
/// Notes under `once` that there was nothing to send, so that nobody looks again.
void queue_nothing(store::Change& change, const Mail& mail);

/// Tries after which a mail has failed: the waits between them go from a minute to six hours, 14 hours in all.
constexpr int most_tries = 10;
/// How long to wait after the n-th try (from 1); nothing after the last.
std::optional<std::int64_t> wait_after_try_ms(int tries);

/// Longer than one mail may take with its server, or two processes would send it.
constexpr std::int64_t longest_claim_ms = 300'000;
/// Whether claim_due would find one, for whoever only looks.
bool is_due(const store::Reader& reader, std::int64_t now_utc_ms);
/// The mail that is due for longest and that nobody holds; it is held for five minutes by `claimant` (unique to this
/// claim). A clock that was set back keeps nothing waiting: what is due later than the longest wait is due now, and a
/// claim that ends later than the longest one is over.
std::optional<KeptMail> claim_due(store::Change& change, const std::string& claimant);
/// How a claimed mail ended. These do nothing if the claim has passed to somebody else.
void mark_ended(store::Change& change, const KeptMail& mail, const std::string& claimant, MailState state,
                const std::string& error);
/// Tries again later, or fails after the last try.
void mark_unsent(store::Change& change, const KeptMail& mail, const std::string& claimant, const std::string& error);
/// Gives the claim back as if there had been none.
void release_claim(store::Change& change, const KeptMail& mail, const std::string& claimant);

/// Blanks addresses, texts and errors of what ended before `blank_before`; removes what ended before `remove_before`.
/// Gives how many rows changed.
std::int64_t forget_mail(store::Change& change, std::int64_t blank_before_utc_ms, std::int64_t remove_before_utc_ms);
/// Blanks what is kept of a person who is erased, and drops what waits.
void forget_mail_of(store::Change& change, const std::string& account);

std::optional<KeptMail> find_mail(const store::Reader& reader, const std::string& id);
/// Newest first.
std::vector<KeptMail> mail_of(const store::Reader& reader, const std::string& account, int most = 50);

struct MailCounts {
    std::int64_t waiting = 0, overdue = 0,
                 failed = 0;  // overdue: of those waiting, tried before; failed: of the last week
    bool operator==(const MailCounts&) const = default;
};
MailCounts count_mail(const store::Reader& reader, std::int64_t now_utc_ms);

/// The key under which the digest of a day is queued once.
std::string digest_key(const std::string& account, Day day);
/// The newest day whose digest was queued for `account`, as far as the outbox remembers.
std::optional<Day> last_digest(const store::Reader& reader, const std::string& account);

}  // namespace guidon::mail

#include "mail/digest_round.h"

#include <exception>

#include "mail/mail_store.h"

namespace guidon::mail {
namespace {

std::vector<DueDigest> due_now(store::Store& store, const DigestSource& source) {
    const auto reader = store.read();
    auto subscribers = source.subscribers(reader);
    for (auto& each : subscribers) {
        const auto kept = last_digest(reader, each.account);
        if (kept && (!each.last || *each.last < *kept)) each.last = kept;
    }
    return due_digests(subscribers, source.clock, store.now_utc_ms());
}

/// Queues one digest, or notes that there is nothing to say; gives whether a mail waits now.
bool queue_digest(store::Store& store, const DigestSource& source, const DueDigest& due) {
    const auto& whose = due.whose;
    Mail mail{whose.account, "", whose.language, "", "", "digest", digest_key(whose.account, due.day)};
    const Day today = local_day(source.clock, store.now_utc_ms());
    const auto work = source.work(store.read(), whose.account, today);
    const auto text = digest_text(whose.language, work, today, source.site, source.preferences);
    if (text) {
        mail.subject = text->subject;
        mail.body = text->body;
    }
    auto change = store.change(mail_permit());
    const bool queued = text && queue_mail(change, mail);
    if (!text) queue_nothing(change, mail);
    change.keep();
    return queued;
}

}  // namespace

int queue_digests(store::Store& store, const DigestSource& source) {
    int queued = 0;
    std::exception_ptr wrong;
    for (const auto& due : due_now(store, source)) {
        try {
            if (queue_digest(store, source, due)) ++queued;
        } catch (...) {
            wrong = std::current_exception();
        }
    }
    if (wrong) std::rethrow_exception(wrong);
    return queued;
}

}  // namespace guidon::mail

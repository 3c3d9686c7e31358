#include "mail/mail_store.h"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "base/assert.h"
#include "base/problem.h"
#include "mail/bell.h"
#include "mail/message.h"
#include "people/gate.h"
#include "store/sql.h"

namespace guidon::mail {
namespace {

constexpr std::int64_t minute = 60'000;
constexpr std::int64_t waits[] = {minute,      2 * minute,   5 * minute,   15 * minute, 30 * minute,
                                  60 * minute, 120 * minute, 240 * minute, 360 * minute};
static_assert(std::size(waits) + 1 == most_tries);
constexpr std::int64_t longest_wait = waits[std::size(waits) - 1];
constexpr std::int64_t week = 7 * 24 * 60 * minute;
constexpr std::size_t longest_error = 500;

constexpr const char* columns =
    "SELECT id, account, address, language, subject, body, kind, coalesce(once, ''), state, tries, next_try_utc_ms,"
    " last_error, created_utc_ms, ended_utc_ms FROM mail ";

MailState state_of(std::string_view text) {
    for (const MailState state : {MailState::waiting, MailState::sent, MailState::failed, MailState::dropped})
        if (code(state) == text) return state;
    throw BrokenPromise("no state of a mail: " + std::string(text));
}

template <class... Arguments>
std::vector<KeptMail> read_mail(const store::Reader& reader, const std::string& condition,
                                const Arguments&... arguments) {
    using std::string;
    std::vector<KeptMail> result;
    for (auto& [id, account, address, language, subject, body, kind, once, state, tries, next, error, created, ended] :
         store::rows<string, string, string, string, string, string, string, string, string, int, std::int64_t, string,
                     std::int64_t, std::int64_t>(reader, columns + condition, arguments...)) {
        Mail mail{account, address, language_of(language).value_or(Language::en), subject, body, kind, once};
        result.push_back({id, std::move(mail), state_of(state), tries, next, error, created, ended});
    }
    return result;
}

void check(const Mail& mail) {
    GUIDON_ASSERT(mail.account.empty() != mail.address.empty());
    if (!mail.address.empty() && !is_address(mail.address))
        throw Problem("mail.address", {{"address", mail.address}}, "address");
    if (mail.subject.find_first_of("\r\n") != std::string::npos)
        throw Problem("mail.header", {{"header", "Subject"}}, "subject");
}

bool was_queued(const store::Change& change, const std::string& once) {
    return store::one<int>(change, "SELECT count(*) FROM mail WHERE once = :once", once) > 0;
}

std::string insert(store::Change& change, const Mail& mail, MailState state) {
    const auto now = change.at_utc_ms();
    const auto id = store::new_public_id();
    const auto once = mail.once.empty() ? std::nullopt : std::optional(mail.once);
    store::run(change,
               "INSERT INTO mail (id, account, address, language, subject, body, kind, state, tries, next_try_utc_ms,"
               " claim, claim_until_utc_ms, last_error, created_utc_ms, ended_utc_ms, once) VALUES (:id, :account,"
               " :address, :language, :subject, :body, :kind, :state, 0, :next, '', 0, '', :created, :ended, :once)",
               id, mail.account, mail.address, code(mail.language), mail.subject, mail.body, mail.kind, code(state),
               now, now, state == MailState::waiting ? 0 : now, once);
    return id;
}

std::vector<KeptMail> due_mail(const store::Reader& reader, std::int64_t now) {
    return read_mail(reader,
                     "WHERE state = 'waiting' AND (next_try_utc_ms <= :now OR next_try_utc_ms > :latest)"
                     " AND (claim = '' OR claim_until_utc_ms <= :over OR claim_until_utc_ms > :never)"
                     " ORDER BY next_try_utc_ms, id LIMIT 1",
                     now, now + longest_wait, now, now + longest_claim_ms);
}

}  // namespace

std::string_view code(MailState state) {
    constexpr std::string_view codes[] = {"waiting", "sent", "failed", "dropped"};
    return codes[static_cast<int>(state)];
}

store::Permit mail_permit() {
    return people::Gate::program("mail");
}

// Queueing ------------------------------------------------------------------------------------------------------

std::optional<std::string> queue_mail(store::Change& change, const Mail& mail) {
    check(mail);
    if (!mail.once.empty() && was_queued(change, mail.once)) return std::nullopt;
    const auto id = insert(change, mail, MailState::waiting);
    change.after_commit(ring_bell);
    return id;
}

void queue_nothing(store::Change& change, const Mail& mail) {
    GUIDON_ASSERT(!mail.once.empty());
    if (!was_queued(change, mail.once)) insert(change, mail, MailState::dropped);
}

// Sending -------------------------------------------------------------------------------------------------------

std::optional<std::int64_t> wait_after_try_ms(int tries) {
    GUIDON_ASSERT(tries >= 1);
    return tries < most_tries ? std::optional(waits[tries - 1]) : std::nullopt;
}

bool is_due(const store::Reader& reader, std::int64_t now) {
    return !due_mail(reader, now).empty();
}

std::optional<KeptMail> claim_due(store::Change& change, const std::string& claimant) {
    const auto now = change.at_utc_ms();
    auto due = due_mail(change, now);
    if (due.empty()) return std::nullopt;
    store::run(change, "UPDATE mail SET claim = :claim, claim_until_utc_ms = :until WHERE id = :id", claimant,
               now + longest_claim_ms, due.front().id);
    return std::move(due.front());
}

void mark_unsent(store::Change& change, const KeptMail& mail, const std::string& claimant, const std::string& error) {
    const auto wait = wait_after_try_ms(mail.tries + 1);
    if (!wait) return mark_ended(change, mail, claimant, MailState::failed, error);
    store::run(change,
               "UPDATE mail SET tries = tries + 1, next_try_utc_ms = :next, claim = '', last_error = :error"
               " WHERE id = :id AND claim = :claim",
               change.at_utc_ms() + *wait, error.substr(0, longest_error), mail.id, claimant);
}

void mark_ended(store::Change& change, const KeptMail& mail, const std::string& claimant, MailState state,
                const std::string& error) {
    store::run(change,
               "UPDATE mail SET state = :state, tries = tries + 1, claim = '', last_error = :error,"
               " body = '', ended_utc_ms = :now WHERE id = :id AND claim = :claim",
               code(state), error.substr(0, longest_error), change.at_utc_ms(), mail.id, claimant);
}

void release_claim(store::Change& change, const KeptMail& mail, const std::string& claimant) {
    store::run(change, "UPDATE mail SET claim = '' WHERE id = :id AND claim = :claim", mail.id, claimant);
}

// Forgetting ----------------------------------------------------------------------------------------------------

std::int64_t forget_mail(store::Change& change, std::int64_t blank_before_utc_ms, std::int64_t remove_before_utc_ms) {
    const std::string old = " WHERE state <> 'waiting' AND ended_utc_ms < :before";
    const std::string speaking = old + " AND (address <> '' OR subject <> '' OR body <> '' OR last_error <> '')";
    const auto count = [&](const std::string& which, std::int64_t before) {
        return store::one<std::int64_t>(change, "SELECT count(*) FROM mail" + which, before);
    };
    const auto removed = count(old, remove_before_utc_ms);
    store::run(change, "DELETE FROM mail" + old, remove_before_utc_ms);
    const auto blanked = count(speaking, blank_before_utc_ms);
    store::run(change, "UPDATE mail SET address = '', subject = '', body = '', last_error = ''" + speaking,
               blank_before_utc_ms);
    return removed + blanked;
}

void forget_mail_of(store::Change& change, const std::string& account) {
    store::run(change,
               "UPDATE mail SET state = 'dropped', claim = '', ended_utc_ms = :now WHERE account = :account"
               " AND state = 'waiting'",
               change.at_utc_ms(), account);
    store::run(change,
               "UPDATE mail SET account = '', subject = '', body = '', last_error = '', once = NULL"
               " WHERE account = :account",
               account);
}

// Looking -------------------------------------------------------------------------------------------------------

std::optional<KeptMail> find_mail(const store::Reader& reader, const std::string& id) {
    return store::first_of(read_mail(reader, "WHERE id = :id", id));
}

std::vector<KeptMail> mail_of(const store::Reader& reader, const std::string& account, int most) {
    return read_mail(reader, "WHERE account = :account ORDER BY created_utc_ms DESC, id LIMIT :most", account, most);
}

MailCounts count_mail(const store::Reader& reader, std::int64_t now_utc_ms) {
    MailCounts counts;
    std::tie(counts.waiting, counts.overdue) = *store::first_row<std::int64_t, std::int64_t>(
        reader,
        "SELECT count(*), coalesce(sum(CASE WHEN tries > 0 THEN 1 ELSE 0 END), 0) FROM mail"
        " WHERE state = 'waiting'");
    counts.failed = store::one<std::int64_t>(
        reader, "SELECT count(*) FROM mail WHERE state = 'failed' AND ended_utc_ms > :since", now_utc_ms - week);
    return counts;
}

std::string digest_key(const std::string& account, Day day) {
    return "digest:" + account + ":" + day.text();
}

std::optional<Day> last_digest(const store::Reader& reader, const std::string& account) {
    const auto prefix = "digest:" + account + ":";
    const auto newest = store::one<std::optional<std::string>>(
        reader,
        "SELECT max(once) FROM mail WHERE account = :account AND kind = 'digest' AND once >= :from"
        " AND once < :below",
        account, prefix, prefix + "~");
    return newest ? Day::parse(std::string_view(*newest).substr(prefix.size())) : std::nullopt;
}

}  // namespace guidon::mail

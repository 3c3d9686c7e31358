#include "mail/postman.h"

#include <thread>
#include <type_traits>
#include <utility>

#include "base/problem.h"
#include "mail/bell.h"
#include "mail/smtp.h"

namespace guidon::mail {
namespace {

constexpr std::int64_t hour_ms = 60 * 60'000;
constexpr std::int64_t day_ms = 24 * hour_ms;
constexpr std::int64_t between_rounds_ms = 60'000;

/// A short change of the outbox's own books.
template <class F>
auto keep(store::Store& store, F work) {
    auto change = store.change(mail_permit());
    if constexpr (std::is_void_v<decltype(work(change))>) {
        work(change);
        change.keep();
    } else {
        auto result = work(change);
        change.keep();
        return result;
    }
}

std::optional<std::string> address_of(store::Store& store, const Rounds& rounds, const Mail& mail) {
    if (!mail.address.empty()) return mail.address;
    auto found = rounds.address_of ? rounds.address_of(store.read(), mail.account) : std::nullopt;
    return found && is_address(*found) ? found : std::nullopt;
}

Message message_of(const KeptMail& kept, const std::string& to, const Rounds& rounds) {
    return {kept.id,
            to,
            kept.mail.subject,
            kept.mail.body,
            kept.mail.language,
            kept.created_utc_ms,
            rounds.preferences_url};
}

void say_to(const Rounds& rounds, const std::string& what) {
    if (rounds.log) rounds.log(what);
}

/// Books of one claimed mail. What was sent must be noted, or it is sent again: a database that is busy is asked again.
class Claimed {
public:
    Claimed(store::Store& store, KeptMail mail, std::string claimant)
        : store_(store), mail_(std::move(mail)), claimant_(std::move(claimant)) {}

    const KeptMail& mail() const { return mail_; }
    void end(MailState state, const std::string& error) {
        note([&](store::Change& change) { mark_ended(change, mail_, claimant_, state, error); });
    }
    void put_off(const std::string& error) {
        note([&](store::Change& change) { mark_unsent(change, mail_, claimant_, error); });
    }
    void give_back() {
        note([&](store::Change& change) { release_claim(change, mail_, claimant_); });
    }

private:
    template <class F>
    void note(F work) {
        constexpr int most_attempts = 10;
        for (int attempt = 1;; ++attempt) {
            try {
                return keep(store_, work);
            } catch (const Problem& wrong) {
                if (wrong.code != "store.busy" || attempt == most_attempts) throw;
            }
        }
    }
    store::Store& store_;
    KeptMail mail_;
    std::string claimant_;
};

std::optional<Claimed> claim(store::Store& store) {
    if (!is_due(store.read(), store.now_utc_ms())) return std::nullopt;  // looking takes nobody's turn to write
    const auto claimant = store::new_public_id();
    auto mail = keep(store, [&](store::Change& change) { return claim_due(change, claimant); });
    if (!mail) return std::nullopt;
    return Claimed(store, std::move(*mail), claimant);
}

/// Notes why a mail did not leave.
void not_sent(Claimed& claimed, const Rounds& rounds, const NotSent& wrong, Delivered& done) {
    const auto& mail = claimed.mail();
    const auto error = wrong.code + " " + wrong.arguments.at("reason");
    if (wrong.trouble == Trouble::server) done.trouble = wrong.code;
    say_to(rounds, "mail " + mail.id + " was not sent: " + wrong.code);
    if (wrong.trouble == Trouble::refused || !wait_after_try_ms(mail.tries + 1)) {
        claimed.end(MailState::failed, error);
        ++done.failed;
    } else {
        claimed.put_off(error);
        ++done.later;
    }
}

void deliver(store::Store& store, Claimed& claimed, const Rounds& rounds, const std::atomic<bool>& stop,
             Delivered& done) {
    const auto& kept = claimed.mail();
    const auto to = address_of(store, rounds, kept.mail);
    if (!to) {
        claimed.end(MailState::dropped, "mail.no-address");
        ++done.dropped;
        return;
    }
    try {
        rounds.send(message_of(kept, *to, rounds), stop);
    } catch (const NotSent& wrong) {
        if (stop && wrong.trouble == Trouble::server) return claimed.give_back();
        return not_sent(claimed, rounds, wrong, done);
    } catch (const Problem& wrong) {  // the mail itself is none
        say_to(rounds, "mail " + kept.id + " cannot be sent: " + wrong.code);
        claimed.end(MailState::failed, wrong.code);
        ++done.failed;
        return;
    }
    claimed.end(MailState::sent, "");
    ++done.sent;
}

}  // namespace

Delivered deliver_due(store::Store& store, const Rounds& rounds, const std::atomic<bool>& stop) {
    Delivered done;
    while (!stop && done.trouble.empty()) {
        auto claimed = claim(store);
        if (!claimed) break;
        deliver(store, *claimed, rounds, stop, done);
    }
    return done;
}

struct Postman::State {
    store::Store& store;
    Rounds rounds;
    std::atomic<bool> stop{false};
    std::atomic<bool> server_works{true};
    std::int64_t forgot_utc_ms = 0;
    std::thread thread;

    State(store::Store& store_, Rounds rounds_) : store(store_), rounds(std::move(rounds_)) {}

    void forget_old() {
        const auto now = store.now_utc_ms();
        if (now - forgot_utc_ms < hour_ms && now >= forgot_utc_ms) return;
        keep(store, [&](store::Change& change) {
            forget_mail(change, now - rounds.keep_texts_days * day_ms, now - rounds.keep_rows_days * day_ms);
        });
        forgot_utc_ms = now;
    }

    /// The database may be away, or something in us wrong: what can be done in spite of it is done, the rest next time.
    template <class F>
    void attempt(const char* what, F work) {
        try {
            work();
        } catch (const std::exception& wrong) {
            say_to(rounds, std::string("mail: ") + what + ": " + wrong.what());
        }
    }

    void round() {
        if (rounds.before) attempt("nothing new could be queued", [this] { rounds.before(store); });
        attempt("sending was given up", [this] { server_works = deliver_due(store, rounds, stop).trouble.empty(); });
        attempt("what is old could not be forgotten", [this] { forget_old(); });
    }

    void loop() {
        while (!stop) {
            const auto heard = bell_rings();
            round();
            wait_at_bell(heard, between_rounds_ms, [this] { return stop.load(); });
        }
    }
};

Postman::Postman(store::Store& store, Rounds rounds) : state_(std::make_unique<State>(store, std::move(rounds))) {
    state_->thread = std::thread([this] { state_->loop(); });
}

Postman::~Postman() {
    state_->stop = true;
    ring_bell();
    state_->thread.join();
}

std::string Postman::health(Language language) const {
    const auto counts = count_mail(state_->store.read(), state_->store.now_utc_ms());
    return say(language, state_->server_works ? "mail.health" : "mail.health.no-server",
               {{"waiting", std::to_string(counts.waiting)}, {"failed", std::to_string(counts.failed)}});
}

}  // namespace guidon::mail

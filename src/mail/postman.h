// Who sends what is due? A thread of `guidon serve`, beside everything else: no request waits for it or for a mail
// server. Any number of processes may have one.
//
// A mail leaves at least once: if the program is killed in the instant between the server's "taken" and our note of
// it, it leaves again – with the same Message-ID, by which mail programs show it once.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/language.h"
#include "mail/mail_store.h"
#include "mail/message.h"

namespace guidon::mail {

/// What a postman needs. All of it is called on its thread.
struct Rounds {
    /// Hands over one mail (mail::send with the server's settings); throws NotSent. `stop` turns true at the end.
    std::function<void(const Message&, const std::atomic<bool>& stop)> send;
    /// The address of an account; nothing = it has none, or wants no mail: the mail is dropped.
    std::function<std::optional<std::string>(const store::Reader&, const std::string& account)> address_of;
    /// At the beginning of each round, e.g. to queue digests.
    std::function<void(store::Store&)> before;
    /// What the operator should know; never holds an address.
    std::function<void(const std::string&)> log;
    std::string preferences_url;  // where a person chooses what is sent; "" = not said
    int keep_texts_days = 7;      // addresses and texts are blanked so long after sending …
    int keep_rows_days = 180;     // … and that there was a mail is forgotten then
};

struct Delivered {
    int sent = 0, later = 0, failed = 0, dropped = 0;
    std::string trouble;  // code of a problem: the server took no mail, and the round ended with that
    bool operator==(const Delivered&) const = default;
};

/// One round: everything that is due by the store's clock, oldest first; ends early when the server does not take
/// mail at all. Throws what the database throws.
Delivered deliver_due(store::Store& store, const Rounds& rounds, const std::atomic<bool>& stop);

class Postman {
public:
    /// Begins at once; a round whenever mail is queued in this process, and at least every minute.
    Postman(store::Store& store, Rounds rounds);
    /// Waits for the mail that is on its way, at most as long as one may take; what is only being connected is given
    /// up.
    ~Postman();
    Postman(const Postman&) = delete;

    /// For /healthz: how much waits and has failed, and whether the mail server takes any. A mail server that is down
    /// makes the program no less healthy.
    std::string health(Language language) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace guidon::mail

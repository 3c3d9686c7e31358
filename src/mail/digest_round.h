// How do digests get into the outbox? Once a person and day, whatever process looks, and however often it is started.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "mail/digest.h"
#include "store/store.h"

namespace guidon::mail {

/// Who wants digests, and what waits for them: asked of whoever knows.
struct DigestSource {
    /// `last` may stay empty: the outbox remembers the digests of the last months itself. It should be the day of the
    /// choice for somebody who has just chosen, or the first digest comes at once.
    std::function<std::vector<Subscriber>(const store::Reader&)> subscribers;
    std::function<std::vector<WorkItem>(const store::Reader&, const std::string& account, Day today)> work;
    DigestClock clock;
    std::string site;         // "https://guidon.example"
    std::string preferences;  // a path on it
};

/// Queues what is due by the store's clock; gives how many mails. Somebody with nothing to do gets none, and is not
/// looked at again before the next digest. What goes wrong with one person keeps the others' mail from nobody: it is
/// thrown at the end. Made for Rounds::before.
int queue_digests(store::Store& store, const DigestSource& source);

}  // namespace guidon::mail

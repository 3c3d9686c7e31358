#include "accounts/throttle.h"

#include "base/problem.h"
#include "web/peers.h"

namespace guidon::accounts {
namespace {

void must_be_allowed(const web::TokenBuckets::Verdict& verdict) {
    if (verdict.allowed) return;
    const auto seconds = (verdict.wait.count() + 999) / 1000;
    throw Problem("account.too-many-tries", {{"seconds", std::to_string(seconds)}}, "", 429);
}

/// One household of IPv6 addresses counts as one client.
std::string client_key(const std::string& address) {
    const auto known = web::IpAddress::parse(address);
    return known ? known->client_key() : address;
}

}  // namespace

void Throttle::admit(const Attempt& attempt, std::int64_t now_ms) {
    // A browser that the account knows pays for itself alone: whoever guesses from the same office, behind the same
    // address, does not keep it out.
    if (!attempt.device.empty()) return must_be_allowed(devices_.take(attempt.device, now_ms));
    // What is refused costs nothing: it is compared with no password, and whoever comes back as told gets in.
    const std::string client = client_key(attempt.client), pair = attempt.account + "\n" + client;
    must_be_allowed(clients_.take(client, now_ms));
    const auto by_pair = pairs_.take(pair, now_ms);
    if (!by_pair.allowed) clients_.give_back(client);
    must_be_allowed(by_pair);
    const auto by_account = accounts_.take(attempt.account, now_ms);
    if (!by_account.allowed) {
        clients_.give_back(client);
        pairs_.give_back(pair);
    }
    must_be_allowed(by_account);
}

void Throttle::succeeded(const Attempt& attempt) {
    if (!attempt.device.empty()) return devices_.give_back(attempt.device);
    clients_.give_back(client_key(attempt.client));
    pairs_.give_back(attempt.account + "\n" + client_key(attempt.client));
    accounts_.give_back(attempt.account);
}

}  // namespace guidon::accounts

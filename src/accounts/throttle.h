// How often may somebody try to sign in? Guessing becomes slow – for an address, for an account, for an account from
// one address – and nobody is locked out for good: buckets refill, and a browser that signed in before has one of its
// own.
#pragma once

#include <cstdint>
#include <string>

#include "web/rate_limit.h"

namespace guidon::accounts {

class Throttle {
public:
    struct Attempt {
        std::string account;  // as typed, folded
        std::string client;   // address
        std::string device;   // of a browser in which this account signed in before; "" = unknown
    };
    /// Throws Problem "account.too-many-tries" (429, argument seconds) before anything is compared.
    void admit(const Attempt& attempt, std::int64_t now_ms);
    /// The attempt succeeded: it costs nothing.
    void succeeded(const Attempt& attempt);

private:
    static constexpr std::size_t most_keys = 20'000;
    web::TokenBuckets clients_{30, 0.5, most_keys};       // of all accounts together
    web::TokenBuckets pairs_{8, 1 / 20.0, most_keys};     // an account from one address
    web::TokenBuckets accounts_{40, 0.2, most_keys};      // an account from everywhere
    web::TokenBuckets devices_{10, 1 / 20.0, most_keys};  // an account from a browser that it knows
};

}  // namespace guidon::accounts

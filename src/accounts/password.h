// Passwords: which may be chosen, how are they kept, and how dear is guessing one?
//
// Kept as Argon2id (RFC 9106) in the text form of libsodium, "$argon2id$v=19$m=…,t=…,p=1$salt$hash", so that each hash
// says how it was made. A password is compared after NFKC: two keyboards that compose "ế" differently type the same
// one. One check costs the memory of its work factor and about a tenth of a second: callers bound how many run at once.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

namespace guidon::accounts {

/// What one guess costs. More of either is slower for an attacker and for us.
struct WorkFactor {
    std::uint64_t operations = 0;  // passes over the memory
    std::size_t memory_bytes = 0;  // whole KiB

    bool operator==(const WorkFactor&) const = default;
};

/// The least that is ever used (OWASP Password Storage: 19 MiB and two passes).
constexpr WorkFactor least_work{2, std::size_t{19} << 20};
/// What new servers aim at in memory where the machine is fast enough.
constexpr std::size_t wished_memory_bytes = std::size_t{64} << 20;
constexpr std::chrono::milliseconds wished_time{100};

/// Measures this machine: 64 MiB with as many passes as fit in `target`, less memory (never below `least_work`) where
/// 64 MiB take longer than that. Runs about a second; meant for the first start, its outcome to be kept.
WorkFactor measured_work_factor(std::chrono::milliseconds target = wished_time);
/// The same choice by any stopwatch: `cost` tells how long one hash takes.
WorkFactor chosen_work_factor(std::chrono::nanoseconds target,
                              const std::function<std::chrono::nanoseconds(const WorkFactor&)>& cost);

/// "argon2id m=65536 t=3" (m in KiB, as in the hash).
std::string text(const WorkFactor& work);
/// Reads what `text` writes. Nothing if it is not that, or asks for less than `least_work` or more than 4 GiB and
/// 1,000.
std::optional<WorkFactor> work_factor_of(std::string_view text);

constexpr std::size_t shortest_password = 12;      // code points after NFKC
constexpr std::size_t longest_password = 256;      // code points after NFKC
constexpr std::size_t longest_typed_bytes = 4096;  // anything longer is no password and is not looked at

/// Everything that speaks against `password` (NIST SP 800-63B, 5.1.1.2; no rules about kinds of characters): empty = it
/// may be used. `names` are those of the account – sign-in name, the person's names, the address of mail. A password
/// may not have such a name in it, nor be little else than a word of one; case, marks and signs do not make it another.
/// `field` is where the form holds the password. Codes: "account.password-too-short" {least}, "-too-long" {most},
/// "-common", "-like-name" {name}, "-not-text".
std::vector<Problem> password_problems(std::string_view password, const std::vector<std::string>& names,
                                       std::string_view field = "password");

/// A new hash with a new salt, less than 128 characters of ASCII. The rules above are not asked.
/// Throws std::bad_alloc if the memory is not there.
std::string hash_password(std::string_view password, const WorkFactor& work);
/// Whether `password` is the one of `hash`, in a time that tells nothing of how much of it is right. A `hash` that is
/// none (empty, damaged) matches nothing.
bool password_matches(std::string_view hash, std::string_view password);
/// Whether `hash` was made with another work factor than `work`: make it anew after a successful sign-in.
bool needs_rehash(std::string_view hash, const WorkFactor& work);
/// As much time and memory as `password_matches` takes for a hash of `work`. For accounts that do not exist.
void spend_like_a_check(std::string_view password, const WorkFactor& work);

}  // namespace guidon::accounts

// One-time codes of an authenticator app: is this the code of now, and was it not used already?
//
// RFC 6238 with what all apps share: SHA-1, six digits, steps of 30 seconds from 1970.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/problem.h"

namespace guidon::accounts {

constexpr std::int64_t totp_step_s = 30;
constexpr int totp_window = 1;                    // steps on each side that are as good as the present one
constexpr std::int64_t totp_clock_limit_s = 600;  // how far off a clock may be to be told so

/// 160 random bits in base 32, 32 characters A–Z 2–7: what the app is given.
std::string new_totp_secret();
/// "otpauth://totp/ISSUER:ACCOUNT?secret=…&issuer=…&algorithm=SHA1&digits=6&period=30", for the QR code. Names
/// percent-encoded (UTF-8).
std::string totp_uri(std::string_view secret, std::string_view issuer, std::string_view account);

enum class TotpOutcome {
    accepted,
    wrong,         // also: not six digits
    used,          // right, but of a step that was used, or before one
    clock_differs  // right for a time up to ten minutes away
};

struct TotpCheck {
    TotpOutcome outcome = TotpOutcome::wrong;
    std::int64_t step = 0;         // which the code belongs to, unless wrong. accepted: to be kept as the last used one
    std::int64_t clock_off_s = 0;  // clock_differs: how far the app's clock is ahead of ours (behind: negative)

    bool operator==(const TotpCheck&) const = default;
};

/// Looks at `code` (six ASCII digits; spaces are overlooked) at `now_s` seconds since 1970. `last_used_step` is that of
/// the latest accepted code of this secret, 0 if there was none. Every outcome but `accepted` counts as a failed
/// attempt: `clock_differs` too, since it tells a guesser something. Takes the same time for right and wrong. Our
/// mistake (BrokenPromise) if `secret` is not base 32.
TotpCheck check_totp(std::string_view secret, std::string_view code, std::int64_t now_s, std::int64_t last_used_step);

/// The refusal for an outcome that is not `accepted`: "account.code-wrong", "account.code-used",
/// "account.code-clock-ahead" {minutes} or "account.code-clock-behind" {minutes}, about the field `field`.
Problem totp_problem(const TotpCheck& check, std::string_view field = "code");

}  // namespace guidon::accounts

#include "accounts/totp.h"

#include <oath.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

#include "accounts/ready.h"
#include "accounts/secret.h"
#include "base/assert.h"

namespace guidon::accounts {
namespace {

constexpr unsigned code_digits = 6;
constexpr std::size_t secret_characters = 32;

void oath_ready() {
    static const int ready = oath_init();
    GUIDON_ASSERT(ready == OATH_OK);
}

std::string secret_bytes(std::string_view secret) {
    oath_ready();
    char* decoded = nullptr;
    std::size_t size = 0;
    GUIDON_ASSERT(oath_base32_decode(secret.data(), secret.size(), &decoded, &size) == OATH_OK);
    std::string bytes(decoded, size);
    sodium_memzero(decoded, size);
    std::free(decoded);  // NOLINT: from liboath
    return bytes;
}

/// The code of one step (RFC 6238, 4.2: HOTP of the number of the step).
std::string code_of(const std::string& key, std::int64_t step) {
    std::array<char, code_digits + 1> code{};
    GUIDON_ASSERT(oath_hotp_generate(key.data(), key.size(), static_cast<std::uint64_t>(step), code_digits, false,
                                     OATH_HOTP_DYNAMIC_TRUNCATION, code.data()) == OATH_OK);
    return code.data();
}

std::optional<std::string> six_digits(std::string_view typed) {
    std::string code;
    for (const char c : typed) {
        if (c == ' ') continue;
        if (c < '0' || c > '9' || code.size() == code_digits) return std::nullopt;
        code += c;
    }
    if (code.size() != code_digits) return std::nullopt;
    return code;
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    constexpr std::string_view unreserved =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";  // RFC 3986
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (unreserved.find(c) != unreserved.npos)
            out += c;
        else
            out += {'%', digits[byte >> 4], digits[byte & 15]};
    }
    return out;
}

/// Better to tell of: acceptance, then what is nearest to it.
TotpCheck better(const TotpCheck& one, const TotpCheck& other) {
    const auto order = [](TotpOutcome outcome) {
        switch (outcome) {
            case TotpOutcome::accepted:
                return 0;
            case TotpOutcome::used:
                return 1;
            case TotpOutcome::clock_differs:
                return 2;
            case TotpOutcome::wrong:
                break;
        }
        return 3;
    };
    if (order(one.outcome) != order(other.outcome)) return order(one.outcome) < order(other.outcome) ? one : other;
    return std::abs(one.clock_off_s) <= std::abs(other.clock_off_s) ? one : other;
}

}  // namespace

std::string new_totp_secret() {
    sodium_ready();
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::array<unsigned char, secret_characters> random{};
    randombytes_buf(random.data(), random.size());
    std::string secret;
    for (const unsigned char byte : random) secret += digits[byte & 31];
    sodium_memzero(random.data(), random.size());
    return secret;
}

std::string totp_uri(std::string_view secret, std::string_view issuer, std::string_view account) {
    const std::string by = percent_encoded(issuer);
    return "otpauth://totp/" + by + ":" + percent_encoded(account) + "?secret=" + std::string(secret) +
           "&issuer=" + by + "&algorithm=SHA1&digits=" + std::to_string(code_digits) +
           "&period=" + std::to_string(totp_step_s);
}

TotpCheck check_totp(std::string_view secret, std::string_view code, std::int64_t now_s, std::int64_t last_used_step) {
    const auto typed = six_digits(code);
    if (!typed) return {};
    std::string key = secret_bytes(secret);
    const std::int64_t now = now_s / totp_step_s;
    constexpr std::int64_t reach = totp_clock_limit_s / totp_step_s;
    TotpCheck found;
    for (std::int64_t step = std::max<std::int64_t>(now - reach, 0); step <= now + reach; ++step) {
        if (!same_secret(code_of(key, step), *typed)) continue;
        const bool in_window = std::abs(step - now) <= totp_window;
        const auto outcome = step <= last_used_step ? TotpOutcome::used
                             : in_window            ? TotpOutcome::accepted
                                                    : TotpOutcome::clock_differs;
        const bool tell_clock = outcome == TotpOutcome::clock_differs;
        found = better(found, {outcome, step, tell_clock ? (step - now) * totp_step_s : 0});
    }
    sodium_memzero(key.data(), key.size());
    return found;
}

Problem totp_problem(const TotpCheck& check, std::string_view field) {
    const auto problem = [&](const char* code, Arguments arguments = {}) {
        return Problem(code, std::move(arguments), std::string(field));
    };
    switch (check.outcome) {
        case TotpOutcome::used:
            return problem("account.code-used");
        case TotpOutcome::clock_differs: {
            constexpr std::int64_t minute_s = 60;
            const Arguments off{{"minutes", std::to_string((std::abs(check.clock_off_s) + minute_s - 1) / minute_s)}};
            return problem(check.clock_off_s > 0 ? "account.code-clock-ahead" : "account.code-clock-behind", off);
        }
        case TotpOutcome::wrong:
            return problem("account.code-wrong");
        case TotpOutcome::accepted:
            break;
    }
    broken_promise("an accepted code is no problem", __FILE__, __LINE__);
}

}  // namespace guidon::accounts

#include "accounts/ceremony.h"

#include "accounts/secret.h"

namespace guidon::accounts {
namespace {

constexpr auto challenge_cookie = "guidon-challenge";
constexpr int minutes = 5;

std::string host_of(const std::string& origin) {
    const auto host = origin.substr(origin.find("//") + 2);
    return host.starts_with("[") ? host.substr(0, host.find(']') + 1) : host.substr(0, host.find(':'));
}

}  // namespace

Ceremony ceremony_at(const web::Request& request, const std::string& challenge, UserVerification verification) {
    return {challenge, request.origin, host_of(request.origin), verification};
}

web::Cookie keep_challenge(const House& house, const std::string& challenge, const std::string& purpose) {
    return keep_in_browser(house, challenge_cookie, {{"challenge", challenge}, {"purpose", purpose}}, minutes);
}

std::string kept_challenge(const House& house, const web::Request& request, const std::string& purpose) {
    const auto kept = kept_in_browser(house, request, challenge_cookie);
    if (!kept || kept->at("purpose").as_string() != purpose)
        throw Problem("account.passkey-challenge", {}, "passkey", 403);
    return std::string(kept->at("challenge").as_string());
}

std::vector<KnownPasskey> known(const std::vector<Passkey>& passkeys) {
    std::vector<KnownPasskey> all;
    all.reserve(passkeys.size());
    for (const auto& passkey : passkeys) all.push_back({passkey.credential, passkey.transports});
    return all;
}

std::string user_handle(const Account& account) {
    return base64url(account.public_id);
}

}  // namespace guidon::accounts

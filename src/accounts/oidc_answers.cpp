#include "accounts/oidc_answers.h"

#include <algorithm>
#include <boost/json/parse.hpp>

#include "base/problem.h"

namespace guidon::accounts {

namespace json = boost::json;

namespace {

// Providers with thousands of groups refer to them elsewhere; more than this is not meant for us.
constexpr std::size_t most_groups = 2'000;
constexpr std::size_t longest_subject = 255;  // OpenID Connect Core 2

[[noreturn]] void refuse_claim(const std::string& claim) {
    throw Problem("oidc.token-claim", {{"claim", claim}}, {}, 502);
}

[[noreturn]] void refuse_clock(std::int64_t seconds) {
    throw Problem("oidc.clock", {{"seconds", std::to_string(std::abs(seconds))}}, {}, 502);
}

std::string endpoint(const json::object& metadata, std::string_view name) {
    auto url = member_text(metadata, name);
    if (!url.empty() && !is_safe_url(url)) throw Problem("oidc.insecure-address", {{"address", url}}, {}, 502);
    return url;
}

std::string needed_endpoint(const json::object& metadata, const std::string& name) {
    auto url = endpoint(metadata, name);
    if (url.empty()) throw Problem("oidc.bad-answer", {{"what", name}}, {}, 502);
    return url;
}

/// The texts of a list, or the one text.
std::vector<std::string> texts_of(const json::value* value) {
    std::vector<std::string> texts;
    if (!value) return texts;
    if (value->is_string()) texts.emplace_back(value->get_string());
    if (value->is_array())
        for (const auto& item : value->get_array())
            if (item.is_string() && texts.size() < most_groups) texts.emplace_back(item.get_string());
    return texts;
}

bool yes(const json::object& object, std::string_view name) {
    const auto* const value = object.if_contains(name);
    return value && value->is_bool() && value->get_bool();
}

/// Seconds since 1970 (RFC 7519 NumericDate); nothing if it is no number of this age of the world.
std::optional<std::int64_t> time_of(const json::object& claims, std::string_view name) {
    const auto* const value = claims.if_contains(name);
    if (!value || !value->is_number()) return std::nullopt;
    constexpr std::int64_t far = 100'000'000'000;
    const auto seconds = value->is_double() ? value->get_double() : value->to_number<double>();
    if (!(seconds > 0 && seconds < static_cast<double>(far))) return std::nullopt;
    return static_cast<std::int64_t>(seconds);
}

std::int64_t needed_time(const json::object& claims, const std::string& name) {
    const auto time = time_of(claims, name);
    if (!time) refuse_claim(name);
    return *time;
}

const json::value* find_claim(const json::object& claims, std::string_view path) {
    if (path.empty()) return nullptr;
    if (const auto* const whole = claims.if_contains(path)) return whole;
    for (auto dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.', dot + 1)) {
        const auto* const outer = claims.if_contains(path.substr(0, dot));
        if (!outer || !outer->is_object()) continue;
        if (const auto* const inner = find_claim(outer->get_object(), path.substr(dot + 1))) return inner;
    }
    return nullptr;
}

std::string claim_text(const json::object& claims, std::string_view path) {
    const auto* const value = find_claim(claims, path);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

void check_audience(const json::object& claims, const std::string& client_id) {
    const auto audience = texts_of(claims.if_contains("aud"));
    if (std::find(audience.begin(), audience.end(), client_id) == audience.end()) refuse_claim("aud");
    const auto* const party = claims.if_contains("azp");
    if (party ? member_text(claims, "azp") != client_id : audience.size() > 1) refuse_claim("azp");
}

/// A token that was handed over this moment and is not valid yet or no more tells that a clock is wrong.
void check_times(const json::object& claims, Seconds now_at) {
    const auto now = now_at.time_since_epoch().count();
    const auto issued = needed_time(claims, "iat");
    const auto expires = needed_time(claims, "exp");
    if (issued > now + clock_skew.count()) refuse_clock(issued - now);
    if (expires <= now - clock_skew.count()) refuse_clock(now - issued);
    if (const auto not_before = time_of(claims, "nbf"))
        if (*not_before > now + clock_skew.count()) refuse_clock(*not_before - now);
}

}  // namespace

json::object parse_answer(std::string_view text, const std::string& what) {
    boost::system::error_code error;
    auto value = json::parse(text, error);
    if (error || !value.is_object()) throw Problem("oidc.bad-answer", {{"what", what}}, {}, 502);
    return std::move(value.get_object());
}

std::string member_text(const json::object& object, std::string_view name) {
    const auto* const value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

Metadata parse_metadata(std::string_view text, const std::string& issuer) {
    const auto object = parse_answer(text, "openid-configuration");
    Metadata metadata;
    metadata.issuer = member_text(object, "issuer");
    if (metadata.issuer != issuer)
        throw Problem("oidc.wrong-issuer", {{"expected", issuer}, {"found", metadata.issuer}}, {}, 502);
    metadata.authorization_endpoint = needed_endpoint(object, "authorization_endpoint");
    metadata.token_endpoint = needed_endpoint(object, "token_endpoint");
    metadata.jwks_uri = needed_endpoint(object, "jwks_uri");
    metadata.userinfo_endpoint = endpoint(object, "userinfo_endpoint");
    metadata.end_session_endpoint = endpoint(object, "end_session_endpoint");
    metadata.languages = texts_of(object.if_contains("ui_locales_supported"));
    metadata.names_itself = yes(object, "authorization_response_iss_parameter_supported");
    // In the form a secret needs one kind of escaping; in HTTP Basic providers disagree whether it needs two.
    const auto methods = texts_of(object.if_contains("token_endpoint_auth_methods_supported"));
    metadata.secret_in_form = std::find(methods.begin(), methods.end(), "client_secret_post") != methods.end();
    return metadata;
}

void check_id_token(const Jwt& token, const Expected& expected, Seconds now) {
    const auto& claims = token.claims;
    if (member_text(claims, "iss") != expected.issuer) refuse_claim("iss");
    const auto subject = member_text(claims, "sub");
    if (subject.empty() || subject.size() > longest_subject) refuse_claim("sub");
    check_audience(claims, expected.client_id);
    check_times(claims, now);
    if (expected.nonce.empty() || member_text(claims, "nonce") != expected.nonce) refuse_claim("nonce");
    if (claims.contains("at_hash") &&
        !is_half_hash(member_text(claims, "at_hash"), token.algorithm, expected.access_token))
        refuse_claim("at_hash");
}

bool lacks_claims(const Provider& provider, const json::object& claims) {
    const auto lacks = [&](const std::string& name) { return !name.empty() && !find_claim(claims, name); };
    return lacks(provider.user_name_claim) || lacks(provider.name_claim) || lacks(provider.mail_claim) ||
           lacks(provider.groups_claim);
}

void add_userinfo(json::object& claims, const json::object& userinfo) {
    if (member_text(userinfo, "sub") != member_text(claims, "sub")) refuse_claim("sub");
    for (const auto& [name, value] : userinfo)
        if (!claims.contains(name)) claims[name] = value;
}

Identity identity_from(const Provider& provider, const json::object& claims) {
    Identity identity;
    identity.issuer = provider.issuer;
    identity.subject = member_text(claims, "sub");
    identity.user_name = claim_text(claims, provider.user_name_claim);
    identity.name = claim_text(claims, provider.name_claim);
    identity.mail = claim_text(claims, provider.mail_claim);
    identity.mail_verified = yes(claims, "email_verified");
    identity.groups = texts_of(find_claim(claims, provider.groups_claim));
    if (const auto time = time_of(claims, "auth_time")) identity.auth_time = Seconds(std::chrono::seconds(*time));
    return identity;
}

}  // namespace guidon::accounts

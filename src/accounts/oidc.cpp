#include "accounts/oidc.h"

#include <sodium.h>

#include <algorithm>
#include <mutex>
#include <tuple>

#include "accounts/jwt.h"
#include "accounts/oidc_answers.h"
#include "accounts/secret.h"
#include "base/problem.h"

namespace guidon::accounts {

namespace {

using std::chrono::seconds;

// A provider that says "do not store" of its own description would be asked three times for each sign-in.
constexpr seconds least_age{60};
constexpr seconds usual_age{3'600};
constexpr seconds most_age{86'400};
constexpr seconds between_key_fetches{10};

std::string random_text() {
    unsigned char bytes[32];
    randombytes_buf(bytes, sizeof bytes);
    return base64url({reinterpret_cast<const char*>(bytes), sizeof bytes});
}

/// RFC 7636 section 4.2
std::string code_challenge(const std::string& verifier) {
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, reinterpret_cast<const unsigned char*>(verifier.data()), verifier.size());
    return base64url({reinterpret_cast<const char*>(hash), sizeof hash});
}

bool same_secret(const std::string& a, const std::string& b) {
    return !a.empty() && a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

/// RFC 6749 section 2.3.1: name and secret are form-encoded before they are put together.
std::string basic(const std::string& name, const std::string& secret) {
    const auto text = url_encoded(name) + ":" + url_encoded(secret);
    std::string encoded(sodium_base64_encoded_len(text.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(encoded.data(), encoded.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    encoded.pop_back();  // the terminating zero
    return "Basic " + encoded;
}

/// What was fetched, and until when it may be used without asking again.
template <class Content>
struct Cached {
    std::optional<Content> content;
    std::string etag;
    Seconds fetched_at{};
    Seconds fresh_until{};

    // A clock that was set back makes everything old.
    bool fresh(Seconds now) const { return content && now >= fetched_at && now < fresh_until; }
    void keep(const Fetched& answer, Seconds now) {
        etag = answer.etag;
        fetched_at = now;
        fresh_until = now + std::clamp(seconds(answer.max_age_s.value_or(usual_age.count())), least_age, most_age);
    }
};

void check_answer(const ProviderAnswer& answer, const PendingSignIn& pending, Seconds now) {
    if (!same_secret(answer.state, pending.state)) throw Problem("oidc.wrong-state", {}, {}, 400);
    if (now > pending.begun_at + longest_sign_in || now < pending.begun_at - clock_skew)
        throw Problem("oidc.too-late", {}, {}, 400);
}

/// RFC 6749 section 4.1.2.1 permits these characters; what else comes is not worth showing.
std::string plain_error(const std::string& error) {
    const bool plain = error.size() <= 64 && std::all_of(error.begin(), error.end(), [](char c) {
                           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
                       });
    return plain ? error : "?";
}

}  // namespace

struct OidcClient::State {
    Provider provider;
    Fetch fetch;
    std::mutex mutex;  // of the caches; never held while the provider is asked
    Cached<Metadata> metadata;
    Cached<KeySet> keys;

    /// An answer other than an outage. Statuses that mean "not now" are one (RFC 9110).
    Fetched ask(const FetchRequest& request) const {
        auto answer = fetch(request);
        if (answer.status >= 500 || answer.status == 429)
            throw Problem("oidc.unreachable",
                          {{"host", url_host(request.url)}, {"reason", "HTTP " + std::to_string(answer.status)}}, {},
                          503);
        return answer;
    }

    /// Fetches into a cache, or finds by its ETag that what is there still holds.
    template <class Content, class Parse>
    Content refreshed(Cached<Content>& cache, const std::string& url, const std::string& what, Seconds now,
                      const Parse& parse) {
        FetchRequest request{url, std::nullopt, {{"Accept", "application/json"}}};
        {
            const std::lock_guard lock(mutex);
            if (cache.content && !cache.etag.empty()) request.headers.emplace_back("If-None-Match", cache.etag);
        }
        const auto answer = ask(request);
        const std::lock_guard lock(mutex);
        if (answer.status == 304 && cache.content) {
            auto etag = std::move(cache.etag);
            cache.keep(answer, now);
            if (cache.etag.empty()) cache.etag = std::move(etag);
            return *cache.content;
        }
        if (answer.status != 200) throw Problem("oidc.bad-answer", {{"what", what}}, {}, 502);
        cache.content = parse(answer.body);
        cache.keep(answer, now);
        return *cache.content;
    }

    Metadata metadata_now(Seconds now) {
        {
            const std::lock_guard lock(mutex);
            if (metadata.fresh(now)) return *metadata.content;
        }
        auto base = provider.issuer;
        while (!base.empty() && base.back() == '/') base.pop_back();
        return refreshed(metadata, base + "/.well-known/openid-configuration", "openid-configuration", now,
                         [&](const std::string& body) { return parse_metadata(body, provider.issuer); });
    }

    enum class Keys { cached, asked_again };
    KeySet key_set(const Metadata& known, Seconds now, Keys wish) {
        {
            const std::lock_guard lock(mutex);
            const bool young = now >= keys.fetched_at && now < keys.fetched_at + between_key_fetches;
            if (keys.fresh(now) && (wish == Keys::cached || young)) return *keys.content;
        }
        return refreshed(keys, known.jwks_uri, "jwks", now, parse_key_set);
    }

    /// Providers change their keys: a token that none of ours fits is tried once more with the keys of this moment.
    Jwt verified(const std::string& token, const Metadata& known, Seconds now) {
        const auto seen = peek_jwt(token);
        for (const auto wish : {Keys::cached, Keys::asked_again}) {
            const auto set = key_set(known, now, wish);
            const auto* const key = find_key(set, seen);
            // Without a key id only the signature tells whether it is still the same key.
            const bool last = wish == Keys::asked_again || !seen.kid.empty();
            if (!key) continue;
            try {
                return verify_jwt(token, *key);
            } catch (const Problem&) {
                if (last) throw;
            }
        }
        throw Problem("oidc.token-key", {}, {}, 502);
    }

    boost::json::object redeemed(const std::string& code, const PendingSignIn& pending, const Metadata& known) const {
        Pairs form{{"grant_type", "authorization_code"},
                   {"code", code},
                   {"redirect_uri", pending.redirect_uri},
                   {"code_verifier", pending.code_verifier}};
        Pairs headers{{"Accept", "application/json"}};
        if (provider.client_secret.empty() || known.secret_in_form) form.emplace_back("client_id", provider.client_id);
        if (!provider.client_secret.empty()) {
            if (known.secret_in_form)
                form.emplace_back("client_secret", provider.client_secret);
            else
                headers.emplace_back("Authorization", basic(provider.client_id, provider.client_secret));
        }
        const auto answer = ask({known.token_endpoint, form, headers});
        if (answer.status == 200) return parse_answer(answer.body, "token");
        // RFC 6749 section 5.2; some providers say "unauthorized" where "invalid" is meant.
        const auto says = [&](std::string_view error) { return answer.body.find(error) != std::string::npos; };
        if (answer.status == 401 || says("\"invalid_client\"") || says("\"unauthorized_client\""))
            throw Problem("oidc.client-refused", {}, {}, 502);
        throw Problem("oidc.code-refused", {}, {}, 400);
    }

    boost::json::object userinfo(const std::string& access_token, const Metadata& known, Seconds now) {
        const auto answer = ask({known.userinfo_endpoint,
                                 std::nullopt,
                                 {{"Authorization", "Bearer " + access_token}, {"Accept", "application/json"}}});
        if (answer.status != 200) throw Problem("oidc.bad-answer", {{"what", "userinfo"}}, {}, 502);
        if (answer.media_type == "application/jwt") return verified(answer.body, known, now).claims;
        return parse_answer(answer.body, "userinfo");
    }
};

OidcClient::OidcClient(Provider provider, Fetch fetch) : state_(std::make_unique<State>()) {
    if (sodium_init() < 0) throw std::runtime_error("libsodium cannot be used");
    state_->provider = std::move(provider);
    state_->fetch = std::move(fetch);
}
OidcClient::~OidcClient() = default;
OidcClient::OidcClient(OidcClient&&) noexcept = default;

const Provider& OidcClient::provider() const {
    return state_->provider;
}

BegunSignIn OidcClient::begin(const std::string& redirect_uri, Language language, Seconds now) {
    const auto known = state_->metadata_now(now);
    const auto& provider = state_->provider;
    PendingSignIn pending{provider.key, random_text(), random_text(), random_text(), redirect_uri, now};
    Pairs query{{"response_type", "code"},
                {"client_id", provider.client_id},
                {"redirect_uri", redirect_uri},
                {"scope", joined(provider.scopes)},
                {"state", pending.state},
                {"nonce", pending.nonce},
                {"code_challenge", code_challenge(pending.code_verifier)},
                {"code_challenge_method", "S256"}};
    // Unasked: a language that they do not have leaves some providers with an empty page.
    const std::string tongue(code(language));
    if (std::find(known.languages.begin(), known.languages.end(), tongue) != known.languages.end())
        query.emplace_back("ui_locales", tongue);
    auto address = with_query(known.authorization_endpoint, query);
    return {std::move(address), std::move(pending)};
}

Identity OidcClient::finish(const ProviderAnswer& answer, const PendingSignIn& pending, Seconds now) {
    auto& state = *state_;
    const auto& provider = state.provider;
    check_answer(answer, pending, now);
    // Mixing providers up is noticed before the code is handed to one of them.
    if (pending.provider != provider.key) throw Problem("oidc.wrong-state", {}, {}, 400);
    const auto known = state.metadata_now(now);
    if (answer.iss.empty() ? known.names_itself : answer.iss != provider.issuer)
        throw Problem("oidc.token-claim", {{"claim", "iss"}}, {}, 502);
    if (!answer.error.empty()) throw Problem("oidc.refused", {{"error", plain_error(answer.error)}}, {}, 403);
    if (answer.code.empty()) throw Problem("oidc.no-code", {}, {}, 400);

    const auto tokens = state.redeemed(answer.code, pending, known);
    const auto id_token = member_text(tokens, "id_token");
    const auto access_token = member_text(tokens, "access_token");
    if (id_token.empty()) throw Problem("oidc.bad-answer", {{"what", "id_token"}}, {}, 502);
    auto token = state.verified(id_token, known, now);
    check_id_token(token, {provider.issuer, provider.client_id, pending.nonce, access_token}, now);
    if (lacks_claims(provider, token.claims) && !access_token.empty() && !known.userinfo_endpoint.empty())
        add_userinfo(token.claims, state.userinfo(access_token, known, now));
    auto identity = identity_from(provider, token.claims);
    identity.id_token = id_token;
    return identity;
}

std::optional<std::string> OidcClient::sign_out_address(const std::string& id_token, const std::string& back_to,
                                                        Seconds now) {
    try {
        const auto known = state_->metadata_now(now);
        if (known.end_session_endpoint.empty()) return std::nullopt;
        return with_query(known.end_session_endpoint, {{"id_token_hint", id_token},
                                                       {"client_id", state_->provider.client_id},
                                                       {"post_logout_redirect_uri", back_to}});
    } catch (const Problem&) {
        return std::nullopt;
    }
}

}  // namespace guidon::accounts

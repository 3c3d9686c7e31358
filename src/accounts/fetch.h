// How does the server ask another server something, without waiting for ever or trusting it too much?
//
// One request at a time, HTTPS with verified certificates, bounded in time and size. Blocks the calling thread: never
// call it inside of a transaction or on the thread that answers requests.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace guidon::accounts {

using Pairs = std::vector<std::pair<std::string, std::string>>;

struct FetchRequest {
    std::string url;
    std::optional<Pairs> form;  // POST as application/x-www-form-urlencoded; GET without it
    Pairs headers;
};

struct Fetched {
    int status = 0;  // HTTP
    std::string body;
    std::string media_type;          // lower case, without parameters
    std::string etag;                // "" when there is none
    std::optional<int> max_age_s{};  // Cache-Control; 0 for no-store and no-cache
};

struct FetchLimits {
    int connect_ms = 3'000;
    int total_ms = 10'000;        // with everything: name, connection, TLS, redirects, body
    std::size_t bytes = 1 << 20;  // of the body
    std::string ca_file;          // PEM of further authorities, beside those of the system; "" for none
};

/// A function that asks; tests may hand in another. Throws Problem "oidc.unreachable" (503; arguments host, reason).
using Fetch = std::function<Fetched(const FetchRequest&)>;

/// Asks over the network (libcurl). Any HTTP status comes back as an answer; redirects are followed for GET alone and
/// within scheme, host and port. Throws Problem "oidc.unreachable" if there is no answer within the limits, its
/// certificate is not trusted or it is too large, and "oidc.insecure-address" if the URL is neither https nor http to
/// a loopback address.
Fetch fetch_by_network(FetchLimits limits = {});

/// Whether `url` is https://, or http:// to localhost, 127.0.0.1 or [::1]; without user, password and fragment.
bool is_safe_url(const std::string& url);
/// Its host, lower case; "" if it is no address.
std::string url_host(const std::string& url);
/// Percent-encoded for a query or form (RFC 3986 unreserved characters stay).
std::string url_encoded(std::string_view text);
/// `url` with the pairs added to its query.
std::string with_query(std::string url, const Pairs& pairs);

}  // namespace guidon::accounts

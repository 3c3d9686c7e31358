#include "accounts/fetch.h"

#include <curl/curl.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <mutex>
#include <string_view>

#include "base/problem.h"

namespace guidon::accounts {

namespace {

constexpr int most_redirects = 3;

using Easy = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using HeaderList = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

/// An address taken apart, as the library that calls it does.
class Url {
public:
    explicit Url(const std::string& text) : handle_(curl_url(), &curl_url_cleanup) {
        valid_ = handle_ && curl_url_set(handle_.get(), CURLUPART_URL, text.c_str(), 0) == CURLUE_OK;
    }

    bool valid() const { return valid_; }

    std::string part(CURLUPart which, unsigned flags = 0) const {
        char* text = nullptr;
        if (!valid_ || curl_url_get(handle_.get(), which, &text, flags) != CURLUE_OK) return {};
        std::string copy(text);
        curl_free(text);
        return copy;
    }

    std::string host() const {
        auto host = part(CURLUPART_HOST);
        std::transform(host.begin(), host.end(), host.begin(),
                       [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
        return host;
    }

    bool loopback() const {
        const auto name = host();
        return name == "localhost" || name == "127.0.0.1" || name == "[::1]";
    }

    std::string origin() const {
        return part(CURLUPART_SCHEME) + "://" + host() + ":" + part(CURLUPART_PORT, CURLU_DEFAULT_PORT);
    }

private:
    std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> handle_;
    bool valid_;
};

struct Body {
    std::string text;
    std::size_t limit;
    bool too_large = false;
};

std::size_t take(char* bytes, std::size_t, std::size_t count, void* to) {
    auto& body = *static_cast<Body*>(to);
    if (body.text.size() + count > body.limit) {
        body.too_large = true;
        return 0;
    }
    body.text.append(bytes, count);
    return count;
}

std::string header(CURL* easy, const char* name) {
    curl_header* found = nullptr;
    return curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &found) == CURLHE_OK ? found->value : std::string();
}

std::string lower(std::string text) {
    for (auto& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return text;
}

std::string media_type_of(const std::string& content_type) {
    const auto type = content_type.substr(0, content_type.find(';'));
    const auto end = type.find_last_not_of(' ');
    return lower(end == std::string::npos ? std::string() : type.substr(0, end + 1));
}

/// RFC 9111: what concerns a cache of one reader.
std::optional<int> max_age_of(const std::string& cache_control) {
    const auto text = lower(cache_control);
    if (text.find("no-store") != std::string::npos || text.find("no-cache") != std::string::npos) return 0;
    constexpr std::string_view directive = "max-age=";
    const auto at = text.find(directive);
    if (at == std::string::npos) return std::nullopt;
    int seconds = 0;
    for (auto i = at + directive.size(); i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i)
        seconds = std::min(seconds * 10 + (text[i] - '0'), 100'000'000);
    return seconds;
}

std::string encoded(const Pairs& pairs) {
    std::string text;
    for (const auto& [name, value] : pairs)
        text += (text.empty() ? "" : "&") + url_encoded(name) + "=" + url_encoded(value);
    return text;
}

class Network {
public:
    explicit Network(FetchLimits limits) : limits_(std::move(limits)) {
        static std::once_flag once;
        std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    }

    Fetched operator()(const FetchRequest& request) const {
        const auto deadline = Clock::now() + std::chrono::milliseconds(limits_.total_ms);
        auto next = request;
        for (int hop = 0;; ++hop) {
            const Url url(next.url);
            if (!is_safe_url(next.url)) throw Problem("oidc.insecure-address", {{"address", next.url}}, {}, 502);
            std::string redirect;
            auto answer = ask(next, url, deadline, redirect);
            if (redirect.empty() || request.form) return answer;
            if (hop == most_redirects) fail(url, "too many redirects");
            if (Url(redirect).origin() != url.origin()) fail(url, "redirect to another server");
            next.url = redirect;
        }
    }

private:
    using Clock = std::chrono::steady_clock;

    [[noreturn]] static void fail(const Url& url, const std::string& reason) {
        throw Problem("oidc.unreachable", {{"host", url.host()}, {"reason", reason}}, {}, 503);
    }

    Fetched ask(const FetchRequest& request, const Url& url, Clock::time_point deadline, std::string& redirect) const {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
        if (left <= 0) fail(url, "no answer in time");
        Easy easy(curl_easy_init(), &curl_easy_cleanup);
        if (!easy) fail(url, "out of memory");
        Body body{{}, limits_.bytes};
        char reason[CURL_ERROR_SIZE] = "";
        prepare(easy.get(), request, url, static_cast<long>(left), body, reason);
        HeaderList headers(nullptr, &curl_slist_free_all);
        for (const auto& [name, value] : request.headers) {
            const std::string line = std::string(name).append(": ").append(value);
            headers.reset(curl_slist_append(headers.release(), line.c_str()));
        }
        curl_easy_setopt(easy.get(), CURLOPT_HTTPHEADER, headers.get());
        std::string form;
        if (request.form) {
            form = encoded(*request.form);
            curl_easy_setopt(easy.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(form.size()));
            curl_easy_setopt(easy.get(), CURLOPT_POSTFIELDS, form.c_str());
        }
        const auto outcome = curl_easy_perform(easy.get());
        if (body.too_large) fail(url, "answer larger than " + std::to_string(limits_.bytes) + " bytes");
        if (outcome != CURLE_OK) fail(url, *reason ? reason : curl_easy_strerror(outcome));
        char* to = nullptr;
        if (curl_easy_getinfo(easy.get(), CURLINFO_REDIRECT_URL, &to) == CURLE_OK && to) redirect = to;
        return fetched(easy.get(), std::move(body.text));
    }

    void prepare(CURL* easy, const FetchRequest& request, const Url& url, long left_ms, Body& body,
                 char* reason) const {
        curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
        curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, url.loopback() ? "https,http" : "https");
        curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits_.connect_ms));
        curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, left_ms);
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
        curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
        curl_easy_setopt(easy, CURLOPT_USERAGENT, "Guidon");
        curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, reason);
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &take);
        curl_easy_setopt(easy, CURLOPT_WRITEDATA, &body);
        if (url.loopback()) curl_easy_setopt(easy, CURLOPT_PROXY, "");
        if (!limits_.ca_file.empty()) {
            // CAINFO stands in for the system's bundle; the system's folder of the same authorities stays.
            curl_easy_setopt(easy, CURLOPT_CAINFO, limits_.ca_file.c_str());
            curl_easy_setopt(easy, CURLOPT_CAPATH, "/etc/ssl/certs");
        }
    }

    static Fetched fetched(CURL* easy, std::string body) {
        long status = 0;
        curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
        return {static_cast<int>(status), std::move(body), media_type_of(header(easy, "Content-Type")),
                header(easy, "ETag"), max_age_of(header(easy, "Cache-Control"))};
    }

    FetchLimits limits_;
};

}  // namespace

Fetch fetch_by_network(FetchLimits limits) {
    return Network(std::move(limits));
}

bool is_safe_url(const std::string& url) {
    const Url parts(url);
    if (!parts.valid() || parts.host().empty()) return false;
    if (!parts.part(CURLUPART_USER).empty() || !parts.part(CURLUPART_PASSWORD).empty()) return false;
    if (url.find('#') != std::string::npos) return false;
    const auto scheme = parts.part(CURLUPART_SCHEME);
    return scheme == "https" || (scheme == "http" && parts.loopback());
}

std::string url_host(const std::string& url) {
    return Url(url).host();
}

std::string url_encoded(std::string_view text) {
    constexpr char digits[] = "0123456789ABCDEF";
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
            c == '_' || c == '~')
            result += c;
        else
            result += {'%', digits[byte >> 4], digits[byte & 15]};
    }
    return result;
}

std::string with_query(std::string url, const Pairs& pairs) {
    if (pairs.empty()) return url;
    const char* joint = url.find('?') == std::string::npos ? "?" : "&";
    return url + joint + encoded(pairs);
}

}  // namespace guidon::accounts

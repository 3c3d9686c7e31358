#include "mail/smtp.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <iterator>
#include <memory>
#include <string_view>

#include "base/assert.h"

namespace guidon::mail {
namespace {

constexpr long connect_timeout_ms = 15'000;
constexpr std::size_t longest_reason = 300;

struct Place {
    bool encrypted = false;  // smtps
    std::string host, port;
};

/// The parts of `url`; Problem "mail.smtp-url". A user in it is refused: the command line is no place for a password.
Place place_of(const SmtpServer& server) {
    const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> url(curl_url(), &curl_url_cleanup);
    const auto part = [&](CURLUPart which) {
        char* text = nullptr;
        if (curl_url_get(url.get(), which, &text, 0) != CURLUE_OK) return std::string();
        std::string result = text;
        curl_free(text);
        return result;
    };
    const bool read = curl_url_set(url.get(), CURLUPART_URL, server.url.c_str(), 0) == CURLUE_OK;
    const std::string scheme = part(CURLUPART_SCHEME);
    if (!read || (scheme != "smtp" && scheme != "smtps") || part(CURLUPART_HOST).empty() ||
        !part(CURLUPART_USER).empty() || !part(CURLUPART_PASSWORD).empty() || part(CURLUPART_PATH).size() > 1)
        throw Problem("mail.smtp-url", {}, "smtp");
    const std::string port = part(CURLUPART_PORT);
    const std::string usual = scheme == "smtps" ? "465" : "25";
    return {scheme == "smtps", part(CURLUPART_HOST), port.empty() ? usual : port};
}

bool is_this_computer(const std::string& host) {
    const bool is_number = host.find_first_not_of("0123456789.") == std::string::npos;  // 127.example.org is elsewhere
    return host == "localhost" || host == "[::1]" || (is_number && host.starts_with("127."));
}

bool wants_starttls(const SmtpServer& server, const Place& place) {
    if (place.encrypted || server.security == Security::none) return false;
    return server.security == Security::starttls || !is_this_computer(place.host);
}

/// One conversation with the server: what is left to hand over, and what it said last.
struct Conversation {
    std::string_view rest;
    bool handing_over = false;
    std::string refusal;  // the server's latest answer if that was 4xx or 5xx
    const std::atomic<bool>* stop;
};

std::size_t hand_over(char* buffer, std::size_t size, std::size_t count, void* user) {
    auto& talk = *static_cast<Conversation*>(user);
    talk.handing_over = true;
    const auto bytes = std::min(size * count, talk.rest.size());
    std::memcpy(buffer, talk.rest.data(), bytes);
    talk.rest.remove_prefix(bytes);
    return bytes;
}

std::size_t hear(char* line, std::size_t size, std::size_t count, void* user) {
    auto& refusal = static_cast<Conversation*>(user)->refusal;
    std::string reply(line, std::min(size * count, longest_reason));
    while (!reply.empty() && (reply.back() == '\n' || reply.back() == '\r')) reply.pop_back();
    if (first_invalid_utf8(reply)) reply = reply.substr(0, 3);
    const bool is_farewell = reply.starts_with("221");  // libcurl says goodbye before it tells what went wrong
    if (!is_farewell) refusal = reply.starts_with('4') || reply.starts_with('5') ? reply : "";
    return size * count;
}

int ask_stop(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    const auto& talk = *static_cast<Conversation*>(user);
    return talk.stop && talk.stop->load() && !talk.handing_over ? 1 : 0;
}

bool is_about_encryption(CURLcode outcome) {
    constexpr CURLcode all[] = {CURLE_USE_SSL_FAILED,     CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION,
                                CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM,   CURLE_SSL_CIPHER};
    return std::find(std::begin(all), std::end(all), outcome) != std::end(all);
}

/// What went wrong in a conversation that libcurl ended with `outcome`; `said` is its own sentence. Which command was
/// refused is known from that sentence alone (lib/smtp.c of libcurl).
NotSent not_sent(const std::string& server, CURLcode outcome, const std::string& said, const std::string& refusal) {
    const std::string reason = !refusal.empty() ? refusal : said.empty() ? curl_easy_strerror(outcome) : said;
    if (is_about_encryption(outcome)) return {Trouble::server, "mail.tls", server, said.empty() ? reason : said};
    const bool unknown_here = refusal.starts_with("53") || outcome == CURLE_LOGIN_DENIED;
    if (unknown_here) return {Trouble::server, "mail.login", server, reason};
    const bool about_mail =
        said.starts_with("RCPT failed") || outcome == CURLE_WEIRD_SERVER_REPLY || said.starts_with("DATA failed");
    if (said.starts_with("MAIL failed") && refusal.starts_with('5'))
        return {Trouble::server, "mail.sender-refused", server, reason};
    if (said.starts_with("Got unexpected") || !about_mail || refusal.empty())
        return {Trouble::server, "mail.unreachable", server, reason};
    if (refusal.starts_with('5')) return {Trouble::refused, "mail.refused", server, reason};
    return {Trouble::later, "mail.try-later", server, reason};
}

struct Recipients {
    curl_slist* list;
    explicit Recipients(const std::string& address) : list(curl_slist_append(nullptr, address.c_str())) {}
    ~Recipients() { curl_slist_free_all(list); }
    Recipients(const Recipients&) = delete;
};

void configure(CURL* curl, const SmtpServer& server, Conversation& talk) {
    const Place place = place_of(server);
    const auto set = [curl](CURLoption option, auto value) {
        GUIDON_ASSERT(curl_easy_setopt(curl, option, value) == CURLE_OK);
    };
    set(CURLOPT_URL, server.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(CURLOPT_PROXY, "");  // a proxy for web pages in the environment is not meant for mail
    set(CURLOPT_USE_SSL, wants_starttls(server, place) ? long(CURLUSESSL_ALL) : long(CURLUSESSL_NONE));
    if (!server.ca_file.empty()) set(CURLOPT_CAINFO, server.ca_file.c_str());
    if (!server.user.empty()) {
        set(CURLOPT_USERNAME, server.user.c_str());
        set(CURLOPT_PASSWORD, server.password.c_str());
    }
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT_MS, connect_timeout_ms);
    set(CURLOPT_TIMEOUT_MS, long(server.timeout_ms));
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_READFUNCTION, &hand_over);
    set(CURLOPT_READDATA, &talk);
    set(CURLOPT_HEADERFUNCTION, &hear);
    set(CURLOPT_HEADERDATA, &talk);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &ask_stop);
    set(CURLOPT_XFERINFODATA, &talk);
}

/// libcurl wants to be begun once, before there are threads that use it.
const bool begun = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;

}  // namespace

std::string SmtpServer::shown() const {
    const Place place = place_of(*this);
    return place.host + ":" + place.port;
}

void check_server(const SmtpServer& server) {
    const Place place = place_of(server);
    const bool open = !place.encrypted && !wants_starttls(server, place);
    if (open && !server.user.empty() && !is_this_computer(place.host))
        throw Problem("mail.password-unprotected", {{"server", server.shown()}}, "smtp-security");
}

void send(const SmtpServer& server, const Message& message, const std::atomic<bool>* stop) {
    check_server(server);
    GUIDON_ASSERT(begun);
    const std::string text = mime_text(server.sender, message);
    Conversation talk{text, false, "", stop};
    const Recipients to(message.to);
    char said[CURL_ERROR_SIZE] = "";

    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(), &curl_easy_cleanup);
    GUIDON_ASSERT(curl && to.list);
    configure(curl.get(), server, talk);
    curl_easy_setopt(curl.get(), CURLOPT_ERRORBUFFER, said);
    curl_easy_setopt(curl.get(), CURLOPT_MAIL_FROM, server.sender.address.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_MAIL_RCPT, to.list);
    const CURLcode outcome = curl_easy_perform(curl.get());
    if (outcome == CURLE_OK) return;
    throw not_sent(server.shown(), outcome, said, talk.refusal);
}

}  // namespace guidon::mail

// How does a mail reach the mail server? By SMTP through libcurl, encrypted wherever it leaves this computer.
#pragma once

#include <atomic>
#include <string>

#include "base/problem.h"
#include "mail/message.h"

namespace guidon::mail {

enum class Security {
    automatic,  // none to this computer itself, STARTTLS to any other
    starttls,   // refuses a server that does not offer it
    none,
};

struct SmtpServer {
    std::string url;  // smtp://HOST[:PORT], smtps://HOST[:PORT]
    Security security = Security::automatic;
    std::string user;  // "" = without signing in
    std::string password;
    Mailbox sender;
    std::string ca_file;      // PEM; "" = the system's
    int timeout_ms = 60'000;  // for the whole of one mail

    /// `HOST:PORT`, for logs and sentences.
    std::string shown() const;
};

/// What can be known before anybody is asked: Problem "mail.smtp-url" for what is no such address, or one that holds a
/// password; "mail.password-unprotected" if the password would cross a network unencrypted.
void check_server(const SmtpServer& server);

/// Whose fault it is that a mail was not sent, and with that what to do now.
enum class Trouble {
    server,  // it does not answer, or not to us: no other mail would go through either
    later,   // it does not want this mail now
    refused  // it will never take this mail
};

/// Problem mail.unreachable, mail.tls, mail.login, mail.sender-refused, mail.try-later or mail.refused; `server` and
/// `reason` (what libcurl or the server said; may hold the recipient's address: not for logs) are its arguments.
struct NotSent : Problem {
    NotSent(Trouble trouble_, const char* code_, const std::string& server, const std::string& reason)
        : Problem(code_, {{"server", server}, {"reason", reason}}, "", 503), trouble(trouble_) {}
    Trouble trouble;
};

/// Hands the mail to the server; returns when the server has taken it. NotSent; Problem "mail.header", "mail.address".
/// `stop` ends the waiting as NotSent (server) as long as nothing of the mail was handed over.
void send(const SmtpServer& server, const Message& message, const std::atomic<bool>* stop = nullptr);

}  // namespace guidon::mail

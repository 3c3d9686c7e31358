// guidon mail test: does mail arrive? Sends one, and says what the mail server made of it.
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>

#include "base/language.h"
#include "cli/commands.h"
#include "cli/mail_options.h"
#include "store/store.h"

namespace guidon::cli {
namespace {

std::string password(const MailWish& wish) {
    if (wish.password_file.empty()) {
        const char* given = std::getenv("GUIDON_SMTP_PASSWORD");
        return given ? given : "";
    }
    std::ifstream file(wish.password_file);
    std::string line;
    std::getline(file, line);
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) throw Problem("mail.password-file", {{"file", wish.password_file}}, "smtp-password-file");
    return line;
}

mail::Security security_of(const std::string& text) {
    return text == "starttls" ? mail::Security::starttls
           : text == "none"   ? mail::Security::none
                              : mail::Security::automatic;
}

struct TestWish {
    MailWish server;
    std::string to, language = "en";
};

void send_test(const TestWish& wish) {
    auto server = mail_server(wish.server);
    if (!server) throw Problem("mail.smtp-url", {}, "smtp");
    const Language language = language_of(wish.language).value_or(Language::en);
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    mail::Message message{store::new_public_id(), wish.to, say(language, "mail.test.subject"),
                          say(language, "mail.test.body") + "\n", language};
    message.at_utc_ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
    mail::send(*server, message);
    std::cout << say(Language::en, "mail.test.sent", {{"server", server->shown()}, {"address", wish.to}}) << '\n';
}

}  // namespace

void add_mail_options(CLI::App& command, MailWish& wish) {
    constexpr const char* group = "Mail";
    command.add_option("--smtp", wish.smtp, "Mail server: smtp://HOST:PORT or smtps://HOST:PORT")->group(group);
    command.add_option("--smtp-security", wish.security, "auto: STARTTLS, except to this computer itself")
        ->check(CLI::IsMember({"auto", "starttls", "none"}))
        ->capture_default_str()
        ->group(group);
    command.add_option("--smtp-user", wish.user, "Signs in to the mail server as USER")->group(group);
    command
        .add_option("--smtp-password-file", wish.password_file,
                    "File whose first line is the password; without it, GUIDON_SMTP_PASSWORD of the environment")
        ->group(group);
    command.add_option("--smtp-ca", wish.ca_file, "PEM file of the authority that vouches for the mail server")
        ->group(group);
    command.add_option("--mail-from", wish.from, "Sender: ADDRESS or \"NAME <ADDRESS>\"")->group(group);
}

std::optional<mail::SmtpServer> mail_server(const MailWish& wish) {
    if (wish.smtp.empty()) return std::nullopt;
    mail::SmtpServer server;
    server.url = wish.smtp;
    server.security = security_of(wish.security);
    server.user = wish.user;
    if (!wish.user.empty()) server.password = password(wish);
    server.ca_file = wish.ca_file;
    mail::check_server(server);
    if (wish.from.empty()) throw Problem("mail.no-sender", {}, "mail-from");
    server.sender = mail::read_mailbox(wish.from);
    return server;
}

void add_mail(CLI::App& app) {
    auto wish = std::make_shared<TestWish>();
    CLI::App* command = app.add_subcommand("mail", "Find out whether mail can be sent");
    command->require_subcommand(1);
    CLI::App* test = command->add_subcommand("test", "Send one mail and say what became of it");
    test->add_option("--to", wish->to, "Address of whoever gets it")->required();
    test->add_option("--language", wish->language, "Its language")
        ->check(CLI::IsMember({"en", "vi", "ur"}))
        ->capture_default_str();
    add_mail_options(*test, wish->server);
    test->callback([wish] { send_test(*wish); });
}

}  // namespace guidon::cli

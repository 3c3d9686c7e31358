// Which mail server is used, and in whose name? The same options for every command that sends mail.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "mail/smtp.h"

namespace guidon::cli {

struct MailWish {
    std::string smtp;  // "" = no mail is sent
    std::string security = "auto";
    std::string user, password_file, from, ca_file;
};

/// `--smtp URL --smtp-security … --smtp-user … --smtp-password-file … --smtp-ca … --mail-from …`. There is none for a
/// password: every process of the computer reads command lines. `wish` has to outlive the parsing.
void add_mail_options(CLI::App& command, MailWish& wish);

/// Nothing without `--smtp`. The password is the first line of its file, or the environment's GUIDON_SMTP_PASSWORD.
/// Problem "mail.smtp-url", "mail.no-sender", "mail.address", "mail.password-file", "mail.password-unprotected".
std::optional<mail::SmtpServer> mail_server(const MailWish& wish);

}  // namespace guidon::cli

// What does a mail look like on its way? Headers and a text body in any script, as RFC 5322 and MIME write them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/language.h"

namespace guidon::mail {

/// `name` is for people and may be empty.
struct Mailbox {
    std::string name, address;
    bool operator==(const Mailbox&) const = default;
};

struct Message {
    std::string id;       // letters and digits; the same mail keeps it however often it is tried
    std::string to;       // an address
    std::string subject;  // UTF-8, one line
    std::string body;     // UTF-8, lines end with \n
    Language language = Language::en;
    std::int64_t at_utc_ms = 0;
    std::string unsubscribe;  // URL of the page where the person chooses what is sent (RFC 2369); "" = none
};

/// Whether mail can be addressed to it: one `@`, ASCII, no spaces, quotes or brackets, at most 254 bytes (RFC 5321
/// permits more; what it permits beyond this is a typing error more often than an address).
bool is_address(std::string_view text);

/// Reads `office@example.org` or `Name <office@example.org>`. Problem "mail.address" (field `mail-from`).
Mailbox read_mailbox(std::string_view text);

/// A text for a header: as it is if ASCII and short, else encoded words (RFC 2047) on folded lines.
std::string header_text(std::string_view text);

/// `Thu, 14 Mar 2024 06:00:00 +0000` (RFC 5322).
std::string header_date(std::int64_t utc_ms);

/// The whole mail, lines ended by CRLF, none longer than 998 bytes. The body is base64 of UTF-8, so no server on the
/// way can damage it. Says that a program wrote it (RFC 3834), so that absence notices do not answer.
/// Problem "mail.header" if a header would contain a line break or another control character, "mail.address" if the
/// recipient is none.
std::string mime_text(const Mailbox& from, const Message& message);

}  // namespace guidon::mail

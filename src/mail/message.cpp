#include "mail/message.h"

#include <sodium.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "base/problem.h"

namespace guidon::mail {
namespace {

// An encoded word is at most 75 characters (RFC 2047), a line that holds one 76: 39 bytes are 52 characters of base64,
// and the name of a header and the frame of the word fit beside them.
constexpr std::size_t bytes_in_word = 39;
constexpr std::size_t longest_plain = 60;
constexpr std::size_t line_of_base64 = 76;

std::string base64(std::string_view bytes) {
    std::string out(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    out.pop_back();  // the closing zero byte
    return out;
}

bool is_printable_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return (c >= 0 && c < ' ') || c == 127; });
}

/// A header with a line break in it would be two headers.
void refuse_control(const char* header, std::string_view text) {
    if (has_control(text) || first_invalid_utf8(text)) throw Problem("mail.header", {{"header", header}}, header);
}

/// How many bytes of `text` fit into a word without cutting a character.
std::size_t whole_characters(std::string_view text) {
    if (text.size() <= bytes_in_word) return text.size();
    std::size_t size = bytes_in_word;
    while (size > 1 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
    return size;
}

std::string quoted(const std::string& name) {
    std::string out = "\"";
    for (const char c : name) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + "\"";
}

std::string mailbox_text(const Mailbox& box) {
    if (box.name.empty()) return box.address;
    const std::string name = header_text(box.name);
    return (name == box.name ? quoted(name) : name) + "\r\n <" + box.address + ">";
}

std::string with_crlf(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\r') continue;
        if (c == '\n') out += '\r';
        out += c;
    }
    return out;
}

std::string folded_base64(std::string_view text) {
    const std::string all = base64(with_crlf(text));
    std::string out;
    for (std::size_t at = 0; at < all.size(); at += line_of_base64) out += all.substr(at, line_of_base64) + "\r\n";
    return out;
}

bool is_id(std::string_view id) {
    return !id.empty() && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
    });
}

}  // namespace

bool is_address(std::string_view text) {
    constexpr std::string_view never = " \"<>()[]\\,;:";
    const auto at = text.find('@');
    if (at == std::string_view::npos || at == 0 || at > 64 || text.size() > 254 || text.find('@', at + 1) != text.npos)
        return false;
    const auto domain = text.substr(at + 1);
    return is_printable_ascii(text) && text.find_first_of(never) == text.npos && !domain.empty() &&
           domain.front() != '.' && domain.back() != '.' && domain.find("..") == domain.npos && text.front() != '-';
}

Mailbox read_mailbox(std::string_view text) {
    const auto trimmed = [](std::string_view part) {
        while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
        while (!part.empty() && part.back() == ' ') part.remove_suffix(1);
        return std::string(part);
    };
    Mailbox box{"", trimmed(text)};
    const auto open = text.rfind('<');
    if (open != text.npos && box.address.back() == '>') {
        box.name = trimmed(text.substr(0, open));
        box.address = trimmed(text.substr(open + 1, text.rfind('>') - open - 1));
    }
    if (!is_address(box.address) || has_control(box.name))
        throw Problem("mail.address", {{"address", std::string(text)}}, "mail-from");
    return box;
}

std::string header_text(std::string_view text) {
    if (text.size() <= longest_plain && is_printable_ascii(text) && text.find("=?") == text.npos)
        return std::string(text);
    std::string out;
    while (!text.empty()) {
        const auto size = whole_characters(text);
        if (!out.empty()) out += "\r\n ";
        out += "=?UTF-8?B?" + base64(text.substr(0, size)) + "?=";
        text.remove_prefix(size);
    }
    return out;
}

std::string header_date(std::int64_t utc_ms) {
    constexpr const char* weekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    using namespace std::chrono;
    const sys_time<milliseconds> moment{milliseconds(utc_ms)};
    const auto midnight = floor<days>(moment);
    const year_month_day day{midnight};
    const hh_mm_ss time{floor<seconds>(moment - midnight)};
    char out[64];
    std::snprintf(out, sizeof out, "%s, %02u %s %04d %02d:%02d:%02d +0000", weekdays[weekday{midnight}.c_encoding()],
                  unsigned(day.day()), months[unsigned(day.month()) - 1], int(day.year()),
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    return out;
}

std::string mime_text(const Mailbox& from, const Message& message) {
    refuse_control("From", from.name);
    refuse_control("Subject", message.subject);
    refuse_control("List-Unsubscribe", message.unsubscribe);
    if (!is_id(message.id)) throw Problem("mail.header", {{"header", "Message-ID"}}, "Message-ID");
    for (const auto& address : {from.address, message.to}) {
        if (!is_address(address)) throw Problem("mail.address", {{"address", address}}, "to");
    }
    const std::string domain = from.address.substr(from.address.find('@') + 1);
    std::string out;
    const auto header = [&out](const char* name, const std::string& text) {
        out.append(name).append(": ").append(text).append("\r\n");
    };
    header("Date", header_date(message.at_utc_ms));
    header("From", mailbox_text(from));
    header("To", message.to);
    header("Subject", header_text(message.subject));
    header("Message-ID", "<" + message.id + "@" + domain + ">");
    header("Auto-Submitted", "auto-generated");
    if (!message.unsubscribe.empty()) header("List-Unsubscribe", "<" + message.unsubscribe + ">");
    header("Content-Language", std::string(code(message.language)));
    header("MIME-Version", "1.0");
    header("Content-Type", "text/plain; charset=utf-8");
    header("Content-Transfer-Encoding", "base64");
    return out + "\r\n" + folded_base64(message.body);
}

}  // namespace guidon::mail

#include "store/checkpoint.h"

#include <charconv>
#include <vector>

namespace guidon::store {
namespace {

constexpr std::string_view time_word = "time ";  // our extension line

/// A decimal as the format wants it: without sign and leading zeros.
std::optional<std::int64_t> decimal(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (wrong != std::errc() || std::to_string(number) != text || number < 0) return {};
    return number;
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = std::min(text.find('\n', begin), text.size());
        lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

std::string with_plain_ends(std::string_view note) {
    constexpr std::string_view blank = " \t\r\n";
    const auto begin = note.find_first_not_of(blank);
    if (begin == std::string_view::npos) return "";
    note = note.substr(begin, note.find_last_not_of(blank) - begin + 1);
    std::string text;
    for (const char c : note) {
        if (c != '\r') text += c;
    }
    return text + "\n";
}

/// Where the signed text ends: behind its last line end, before the blank line.
std::size_t end_of_text(std::string_view note) {
    const auto blank = note.rfind("\n\n");
    return blank == std::string_view::npos ? blank : blank + 1;
}

}  // namespace

Checkpoint signed_checkpoint(std::int64_t size, const Digest& root, std::int64_t at_utc_ms, const SigningKey& key) {
    const auto& origin = key.public_key().name();
    const std::string text = origin + "\n" + std::to_string(size) + "\n" +
                             base64({reinterpret_cast<const char*>(root.data()), root.size()}) + "\n" +
                             std::string(time_word) + std::to_string(at_utc_ms) + "\n";
    return {size, hex(root), text + "\n" + key.sign(text) + "\n", at_utc_ms, origin};
}

std::optional<Checkpoint> read_checkpoint(std::string_view note) {
    Checkpoint checkpoint;
    checkpoint.text = with_plain_ends(note);
    const auto end = end_of_text(checkpoint.text);
    if (end == std::string::npos) return {};
    const auto lines = lines_of(std::string_view(checkpoint.text).substr(0, end));
    if (lines.size() < 3 || lines[0].empty()) return {};
    const auto size = decimal(lines[1]);
    const auto root = from_base64(lines[2]);
    if (!size || !root || root->size() != 32) return {};
    checkpoint.origin = lines[0];
    checkpoint.size = *size;
    Digest digest;
    std::copy(root->begin(), root->end(), digest.begin());
    checkpoint.root = hex(digest);
    for (const auto line : lines) {
        if (line.starts_with(time_word)) checkpoint.at_utc_ms = decimal(line.substr(time_word.size())).value_or(0);
    }
    return checkpoint;
}

bool is_signed_by(const Checkpoint& checkpoint, const PublicKey& key) {
    const std::string_view note = checkpoint.text;
    const auto end = end_of_text(note);
    if (end == std::string::npos || checkpoint.origin != key.name()) return false;
    for (const auto line : lines_of(note.substr(end + 1))) {
        if (key.has_signed(note.substr(0, end), line)) return true;
    }
    return false;
}

}  // namespace guidon::store

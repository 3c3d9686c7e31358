#include "imports/plan.h"

#include <sodium.h>

#include <algorithm>
#include <array>

namespace guidon::imports {
namespace {

std::string field_name(Language language, const std::string& field) {
    const auto colon = field.find(':');  // name:vi
    const auto key = "import.field." + field.substr(0, colon);
    return say(language, key) + (colon == field.npos ? "" : " (" + field.substr(colon + 1) + ")");
}

std::string shown(Language language, const std::string& text) {
    return text.empty() ? say(language, "import.nothing") : say(language, "import.quoted", {{"text", text}});
}

std::string sentence_of(Language language, const Difference& difference) {
    if (difference.field == "text") return say(language, "import.text-differs");  // of a movement: too long to show
    return say(language, "import.difference",
               {{"field", field_name(language, difference.field)},
                {"before", shown(language, difference.before)},
                {"after", shown(language, difference.after)}});
}

void append_line(std::string& text, std::string_view line) {
    text += line;
    text += '\n';
}

}  // namespace

std::string_view code(Kind kind) {
    constexpr std::string_view codes[] = {"units", "groups", "values", "movement", "exemplars"};
    return codes[static_cast<int>(kind)];
}

std::optional<Kind> kind_of(std::string_view text) {
    for (const auto kind : kinds) {
        if (code(kind) == text) return kind;
    }
    return std::nullopt;
}

void Comparison::add(Example example) {
    if (wants_added()) added_.push_back(std::move(example));
    ++tally_.added;
}

void Comparison::change(Example example) {
    if (wants_changed()) changed_.push_back(std::move(example));
    ++tally_.changed;
}

void Comparison::hide_before(const std::set<int>& lines) {
    for (auto& example : changed_) {
        if (!lines.contains(example.line)) continue;
        for (auto& field : example.fields) field.before.clear();
    }
}

void Comparison::number_lines(const std::function<int(int)>& line) {
    for (auto* list : {&added_, &changed_}) {
        for (auto& example : *list) example.line = line(example.line);
    }
}

bool Plan::refused() const {
    return std::any_of(faults.begin(), faults.end(), [](const Fault& fault) { return !fault.warning; });
}

std::string Plan::identity() const {
    return imports::sha256(std::string(code(kind)) + "\n" + sha256 + "\n" + since.text() + "\n" + std::to_string(seq))
        .substr(0, 32);
}

std::string sha256(std::string_view bytes) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash;
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    for (constexpr std::size_t piece = 1 << 16; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
        const auto part = bytes.substr(0, piece);
        crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(part.data()), part.size());
    }
    crypto_hash_sha256_final(&state, hash.data());
    std::string text;
    for (const unsigned char byte : hash) {
        constexpr std::string_view digits = "0123456789abcdef";
        text += {digits[byte >> 4], digits[byte & 15]};
    }
    return text;
}

std::string in_words(const Plan& plan, Language language) {
    const auto& tally = plan.comparison.tally();
    std::string text;
    append_line(text, say(language, "import.plan." + std::string(code(plan.kind)),
                          {{"file", plan.file},
                           {"added", std::to_string(tally.added)},
                           {"changed", std::to_string(tally.changed)},
                           {"unchanged", std::to_string(tally.unchanged)}}));
    const auto& added = plan.comparison.added();
    if (!added.empty()) {
        std::string list;
        for (const auto& example : added) list += (list.empty() ? "" : ", ") + example.subject;
        const auto more = std::to_string(tally.added - static_cast<std::int64_t>(added.size()));
        append_line(text, "  " + say(language, "import.new-examples", {{"list", list}, {"more", more}}));
    }
    for (const auto& example : plan.comparison.changed()) {
        for (const auto& field : example.fields)
            append_line(text, "  " + example.subject + ": " + sentence_of(language, field));
    }
    const auto more = tally.changed - static_cast<std::int64_t>(plan.comparison.changed().size());
    if (more > 0) append_line(text, "  " + say(language, "import.more-changes", {{"more", std::to_string(more)}}));
    return text;
}

}  // namespace guidon::imports

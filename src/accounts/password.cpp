#include "accounts/password.h"

#include <sodium.h>
#include <unicode/normalizer2.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <new>

#include "accounts/ready.h"
#include "base/assert.h"
#include "base/language.h"

namespace guidon::accounts {
namespace {

/// A password in the one form that is hashed; overwritten when it is not needed any more.
class Normalised {
public:
    explicit Normalised(std::string_view typed) {
        UErrorCode error = U_ZERO_ERROR;
        static const icu::Normalizer2* const compatible = icu::Normalizer2::getNFKCInstance(error);
        GUIDON_ASSERT(U_SUCCESS(error));
        auto wide = icu::UnicodeString::fromUTF8({typed.data(), static_cast<int>(typed.size())});
        icu::UnicodeString normal = compatible->normalize(wide, error);
        GUIDON_ASSERT(U_SUCCESS(error));
        code_points_ = static_cast<std::size_t>(normal.countChar32());
        normal.toUTF8String(text_);
        wipe(wide);
        wipe(normal);
    }
    ~Normalised() { sodium_memzero(text_.data(), text_.size()); }
    Normalised(const Normalised&) = delete;
    Normalised& operator=(const Normalised&) = delete;

    const std::string& text() const { return text_; }
    std::size_t code_points() const { return code_points_; }

private:
    static void wipe(icu::UnicodeString& wide) {
        const int length = wide.length();
        if (char16_t* const units = wide.getBuffer(length)) {
            sodium_memzero(units, static_cast<std::size_t>(length) * sizeof *units);
            wide.releaseBuffer(0);
        }
    }

    std::string text_;
    std::size_t code_points_ = 0;
};

bool can_be_password(std::string_view typed) {
    return typed.size() <= longest_typed_bytes && !first_invalid_utf8(typed);
}

/// Letters and digits alone, without case and marks.
std::string bare(std::string_view text) {
    std::string kept;
    for (const char c : folded(text))
        if (static_cast<unsigned char>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c))) kept += c;
    return kept;
}

std::vector<std::string> words_of(std::string_view name) {
    std::vector<std::string> words(1);
    for (const char c : folded(name)) {
        if (static_cast<unsigned char>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c)))
            words.back() += c;
        else if (!words.back().empty())
            words.emplace_back();
    }
    return words;
}

std::size_t letters_in(std::string_view text) {
    const auto begins_letter = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_letter));
}

/// Names shorter than this are part of too many words to say anything.
constexpr std::size_t telling_name = 4;
/// A word of a name is well hidden in a password that has this much beside it.
constexpr std::size_t enough_beside = 8;

bool like_name(const std::string& bare_password, std::string_view name) {
    const std::string whole = bare(name);
    if (letters_in(whole) >= telling_name && bare_password.find(whole) != std::string::npos) return true;
    const std::vector<std::string> words = words_of(name);
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        return letters_in(word) >= telling_name && bare_password.find(word) != std::string::npos &&
               letters_in(bare_password) - letters_in(word) < enough_beside;
    });
}

std::chrono::nanoseconds measured_cost(const WorkFactor& work) {
    auto best = std::chrono::nanoseconds::max();
    for (int run = 0; run < 3; ++run) {  // the shortest: what else the machine does makes no weaker hashes
        const auto start = std::chrono::steady_clock::now();
        spend_like_a_check("measured", work);
        best = std::min<std::chrono::nanoseconds>(best, std::chrono::steady_clock::now() - start);
    }
    return best;
}

constexpr std::uint64_t most_operations = 1000;
constexpr std::uint64_t most_memory_kib = std::uint64_t{4} << 20;

/// Takes "NAME=123" off the front of `text`.
std::optional<std::uint64_t> taken_number(std::string_view& text, std::string_view name) {
    if (!text.starts_with(name)) return std::nullopt;
    text.remove_prefix(name.size());
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end == text.data() || text.front() == '0') return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

}  // namespace

bool is_common_password(std::string_view folded_password);  // common_passwords.cpp

WorkFactor chosen_work_factor(std::chrono::nanoseconds target,
                              const std::function<std::chrono::nanoseconds(const WorkFactor&)>& cost) {
    constexpr std::size_t mib = std::size_t{1} << 20;
    WorkFactor work{least_work.operations, wished_memory_bytes};
    const auto took = std::max(cost(work), std::chrono::nanoseconds{1});
    if (took > target) {  // the time goes with the memory
        const auto affordable = static_cast<std::uint64_t>(target.count()) * (wished_memory_bytes / mib) /
                                static_cast<std::uint64_t>(took.count());
        work.memory_bytes = std::max<std::size_t>(affordable * mib, least_work.memory_bytes);
        return work;
    }
    const auto passes =
        static_cast<std::uint64_t>(target.count()) * work.operations / static_cast<std::uint64_t>(took.count());
    work.operations = std::clamp(passes, least_work.operations, most_operations);
    return work;
}

WorkFactor measured_work_factor(std::chrono::milliseconds target) {
    return chosen_work_factor(target, measured_cost);
}

std::string text(const WorkFactor& work) {
    return "argon2id m=" + std::to_string(work.memory_bytes / 1024) + " t=" + std::to_string(work.operations);
}

std::optional<WorkFactor> work_factor_of(std::string_view text) {
    const auto memory_kib = taken_number(text, "argon2id m=");
    const auto operations = memory_kib ? taken_number(text, " t=") : std::nullopt;
    if (!operations || !text.empty()) return std::nullopt;
    if (*memory_kib < least_work.memory_bytes / 1024 || *memory_kib > most_memory_kib) return std::nullopt;
    if (*operations < least_work.operations || *operations > most_operations) return std::nullopt;
    return WorkFactor{*operations, static_cast<std::size_t>(*memory_kib) * 1024};
}

std::vector<Problem> password_problems(std::string_view password, const std::vector<std::string>& names,
                                       std::string_view field) {
    std::vector<Problem> found;
    const auto add = [&](std::string_view what, Arguments arguments = {}) {
        found.emplace_back("account.password-" + std::string(what), std::move(arguments), std::string(field));
    };
    const Arguments most{{"most", std::to_string(longest_password)}};
    if (password.size() > longest_typed_bytes) {
        add("too-long", most);
        return found;
    }
    if (!can_be_password(password)) {
        add("not-text");
        return found;
    }
    const Normalised normal(password);
    if (normal.code_points() < shortest_password) add("too-short", {{"least", std::to_string(shortest_password)}});
    if (normal.code_points() > longest_password) add("too-long", most);
    if (is_common_password(folded(normal.text()))) add("common");
    const std::string bare_password = bare(normal.text());
    const auto name = std::find_if(names.begin(), names.end(),
                                   [&](const std::string& each) { return like_name(bare_password, each); });
    if (name != names.end()) add("like-name", {{"name", *name}});
    return found;
}

std::string hash_password(std::string_view password, const WorkFactor& work) {
    sodium_ready();
    GUIDON_ASSERT(can_be_password(password));
    const Normalised normal(password);
    char hash[crypto_pwhash_STRBYTES];
    if (crypto_pwhash_str_alg(hash, normal.text().data(), normal.text().size(), work.operations, work.memory_bytes,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw std::bad_alloc();
    return hash;
}

bool password_matches(std::string_view hash, std::string_view password) {
    sodium_ready();
    if (!can_be_password(password)) return false;
    const Normalised normal(password);
    return crypto_pwhash_str_verify(std::string(hash).c_str(), normal.text().data(), normal.text().size()) == 0;
}

bool needs_rehash(std::string_view hash, const WorkFactor& work) {
    sodium_ready();
    return crypto_pwhash_str_needs_rehash(std::string(hash).c_str(), work.operations, work.memory_bytes) != 0;
}

void spend_like_a_check(std::string_view password, const WorkFactor& work) {
    sodium_ready();
    if (!can_be_password(password)) return;
    const Normalised normal(password);
    unsigned char out[32];
    const unsigned char salt[crypto_pwhash_SALTBYTES] = {};
    if (crypto_pwhash(out, sizeof out, normal.text().data(), normal.text().size(), salt, work.operations,
                      work.memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw std::bad_alloc();
}

}  // namespace guidon::accounts

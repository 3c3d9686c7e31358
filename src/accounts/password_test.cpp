#include "accounts/password.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/language.h"

namespace guidon::accounts {
namespace {

using namespace std::chrono_literals;

/// The codes without their common beginning, in the order found.
std::string faults(std::string_view password, const std::vector<std::string>& names = {"secretary.kyanh"}) {
    std::string codes;
    for (const Problem& problem : password_problems(password, names)) {
        EXPECT_EQ(problem.field, "password");
        for (const Language language : languages) EXPECT_NE(sentence(language, problem), "");
        codes += (codes.empty() ? "" : " ") + problem.code.substr(std::string_view("account.password-").size());
    }
    return codes;
}

TEST(PasswordProblems, LengthIsCountedInCharactersNotInBytes) {
    EXPECT_EQ(faults("bảy chữ cái"), "too-short");
    EXPECT_EQ(faults("chín chữ cái!"), "");
    EXPECT_EQ(faults("نیلا گھوڑا ۷۹"), "");
    EXPECT_EQ(faults("kx7ungvpq2w"), "too-short");
    EXPECT_EQ(faults("kx7ungvpq2wt"), "");
    std::string long_one;
    while (long_one.size() < 256) long_one += "kx7ungvpq2w plum";
    EXPECT_EQ(faults(long_one), "");
    EXPECT_EQ(faults(long_one + "k"), "too-long");
    EXPECT_EQ(faults(std::string(100'000, 'k')), "too-long");
    EXPECT_EQ(faults(""), "too-short");
}

TEST(PasswordProblems, LengthIsCountedAfterComposing) {
    EXPECT_EQ(faults("e\u0302\u0301kxungvpq2w"), "too-short");  // ế, typed as three
    EXPECT_EQ(faults("\uFB03kxungvpq2"), "");                   // one sign of three letters: ffi
}

TEST(PasswordProblems, WhatIsGuessedFirstIsRefused) {
    for (const char* common :
         {"password1234",   "Password2024!",   "P@ssw0rd2024",         "passwordpassword", "Mật khẩu 123456",
          "matkhau@12345",  "qwertyuiop123",   "iloveyou2024!",        "111111111111",     "123456789012",
          "abcdefghijklm",  "987654321098",    "abcabcabcabc",         "Pakistan@1947",    "administrator1",
          "Việt Nam 2024!", "12-12-12-12-12-", "thidua2024khenthuong", "پاکستان۱۹۴۷!",     "098765432109"})
        EXPECT_EQ(faults(common), "common") << common;
    for (const char* own : {"plum eats blue chairs", "dragon river piano cricket", "kx7ungvpq2wt", "83920174630918",
                            "con mèo xanh thích đọc báo", "password of a long-gone lighthouse keeper"})
        EXPECT_EQ(faults(own), "") << own;
}

TEST(PasswordProblems, TheAccountsNameIsNoPassword) {
    EXPECT_EQ(faults("my Secretary-KyAnh horse"), "like-name");
    EXPECT_EQ(faults("kyanh kx7un", {"secretary.kyanh"}), "too-short like-name");
    EXPECT_EQ(faults("Thủy xanh lá", {"Lê Thị Thủy"}), "like-name");
    EXPECT_EQ(faults("nước chảy Thủy đá mòn mãi", {"Lê Thị Thủy"}), "");
    EXPECT_EQ(faults("نیلا علی گھوڑا ہے", {"علی"}), "");
    EXPECT_EQ(faults("رضوان نیلا ہے", {"رضوان احمد"}), "like-name");
    EXPECT_EQ(faults("an unlikely horse", {"an"}), "");
    EXPECT_EQ(faults("an unlikely horse", {"", "."}), "");
}

TEST(PasswordProblems, BytesThatAreNoTextAreRefused) {
    EXPECT_EQ(faults("kx7ungv\xff\xfepq2wt"), "not-text");
}

RC_GTEST_PROP(PasswordProblems, NoInputIsTooStrange, (const std::string& bytes, const std::string& name)) {
    password_problems(bytes, {name});
}

TEST(HashPassword, ThePasswordMatchesAndNothingElseDoes) {
    const std::string hash = hash_password("plum eats blue chairs", least_work);
    EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << hash;
    EXPECT_TRUE(password_matches(hash, "plum eats blue chairs"));
    EXPECT_FALSE(password_matches(hash, "plum eats blue chair"));
    EXPECT_FALSE(password_matches(hash, ""));
    EXPECT_FALSE(password_matches(hash, "plum eats blue chairs\xff"));
    EXPECT_FALSE(password_matches(hash, std::string(100'000, 'k')));
    EXPECT_NE(hash, hash_password("plum eats blue chairs", least_work));
}

TEST(HashPassword, TwoWaysToTypeALetterAreOnePassword) {
    const std::string hash = hash_password("ti\u1EBFng Vi\u1EC7t xanh", least_work);
    EXPECT_TRUE(password_matches(hash, "tie\u0302\u0301ng Vie\u0323\u0302t xanh"));
    EXPECT_FALSE(password_matches(hash, "tieng Viet xanh"));
}

TEST(HashPassword, ADamagedHashMatchesNothing) {
    for (const char* hash : {"", "$argon2id$", "plum eats blue chairs", "$argon2id$v=19$m=19456,t=2,p=1$AAAA$BBBB"}) {
        EXPECT_FALSE(password_matches(hash, "")) << hash;
        EXPECT_FALSE(password_matches(hash, "plum eats blue chairs")) << hash;
    }
}

TEST(NeedsRehash, WhenTheWorkFactorChanged) {
    const std::string hash = hash_password("plum eats blue chairs", least_work);
    EXPECT_FALSE(needs_rehash(hash, least_work));
    EXPECT_TRUE(needs_rehash(hash, {3, least_work.memory_bytes}));
    EXPECT_TRUE(needs_rehash(hash, {2, wished_memory_bytes}));
    EXPECT_TRUE(needs_rehash("", least_work));
}

TEST(WorkFactor, IsWrittenAndReadAsOneLine) {
    EXPECT_EQ(text(WorkFactor{3, wished_memory_bytes}), "argon2id m=65536 t=3");
    EXPECT_EQ(work_factor_of("argon2id m=65536 t=3"), (WorkFactor{3, wished_memory_bytes}));
    EXPECT_EQ(work_factor_of(text(least_work)), least_work);
    for (const char* bad :
         {"", "argon2id", "argon2id m=65536", "argon2id m=65536 t=1", "argon2id m=1024 t=3", "argon2id m=65536 t=3 ",
          "argon2id m=65536 t=+3", "argon2i m=65536 t=3", "argon2id m=99999999999 t=3", "argon2id m=065536 t=3",
          "argon2id m=65536 t=5000", "argon2id m=99999999999999999999999 t=3"})
        EXPECT_EQ(work_factor_of(bad), std::nullopt) << bad;
}

/// A machine on which one pass over one MiB takes `each`.
auto machine(std::chrono::nanoseconds each) {
    return [each](const WorkFactor& work) {
        return each * static_cast<std::int64_t>(work.operations * (work.memory_bytes >> 20));
    };
}

TEST(ChosenWorkFactor, FillsTheTimeWithPassesThenGivesUpMemoryButNeverTooMuch) {
    EXPECT_EQ(text(chosen_work_factor(100ms, machine(100us))), "argon2id m=65536 t=15");
    EXPECT_EQ(text(chosen_work_factor(100ms, machine(500us))), "argon2id m=65536 t=3");
    EXPECT_EQ(text(chosen_work_factor(100ms, machine(1ms))), "argon2id m=51200 t=2");
    EXPECT_EQ(text(chosen_work_factor(100ms, machine(50ms))), text(least_work));
    EXPECT_EQ(text(chosen_work_factor(100ms, machine(0us))), "argon2id m=65536 t=1000");
}

TEST(MeasuredWorkFactor, IsOneThatCanBeKept) {
    const WorkFactor work = measured_work_factor(1ms);
    EXPECT_EQ(work_factor_of(text(work)), work);
    EXPECT_EQ(work.operations, least_work.operations);
}

}  // namespace
}  // namespace guidon::accounts

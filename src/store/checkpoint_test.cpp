#include "store/checkpoint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace guidon::store {
namespace {

// The example of golang.org/x/mod/sumdb/note and of c2sp.org/signed-note's tools.
constexpr auto known_secret = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
constexpr auto known_public = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr std::string_view known_text =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n";
constexpr auto known_line =
    "\xe2\x80\x94 PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=";

Checkpoint one(std::int64_t size = 7) {
    return signed_checkpoint(size, leaf_hash("root"), 1'700'000'000'000, *SigningKey::parse(known_secret));
}

TEST(JournalKey, SignsAndReadsWhatOtherToolsForNotesDo) {
    const auto secret = SigningKey::parse(known_secret);
    ASSERT_TRUE(secret);
    EXPECT_EQ(secret->text(), known_secret);
    EXPECT_EQ(secret->public_key().text(), known_public);
    EXPECT_EQ(secret->sign(known_text), known_line);
    const auto key = PublicKey::parse(known_public);
    ASSERT_TRUE(key);
    EXPECT_TRUE(key->has_signed(known_text, known_line));
    EXPECT_FALSE(key->has_signed("Something else.\n", known_line));
    EXPECT_THAT(key->fingerprint(), testing::StartsWith("c74f 20a3 "));
}

TEST(JournalKey, ANewKeyIsReadAsItWasWritten) {
    const auto key = SigningKey::generate();
    EXPECT_EQ(SigningKey::parse(key.text())->public_key(), key.public_key());
    EXPECT_EQ(PublicKey::parse(key.public_key().text()), key.public_key());
    EXPECT_NE(SigningKey::generate().public_key(), key.public_key());
}

RC_GTEST_PROP(JournalKey, OneOtherLetterAndItIsNoKey, ()) {
    std::string text = known_public;
    const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
    text[at] = *rc::gen::distinctFrom(rc::gen::inRange<char>(' ', '~'), text[at]);
    RC_ASSERT(!PublicKey::parse(text).has_value());
}

TEST(Checkpoint, IsWrittenAsTheFormatSays) {
    EXPECT_THAT(one().text, testing::MatchesRegex("PeterNeumann\n7\n[A-Za-z0-9+/]+=\ntime 1700000000000\n\n"
                                                  "\xe2\x80\x94 PeterNeumann [A-Za-z0-9+/]+=*\n"));
    EXPECT_EQ(read_checkpoint(one().text), one());
    EXPECT_TRUE(is_signed_by(one(), *PublicKey::parse(known_public)));
    EXPECT_FALSE(is_signed_by(one(), SigningKey::generate().public_key()));
}

TEST(Checkpoint, CopyingItThroughOtherProgramsDoesNoHarm) {
    std::string copied = "\r\n  ";
    for (const char c : one().text) copied += c == '\n' ? "\r\n" : std::string(1, c);
    EXPECT_EQ(read_checkpoint(copied + "\r\n"), one());
}

TEST(Checkpoint, AWitnessMaySignToo) {
    auto note = one().text;
    note += SigningKey::generate().sign(note.substr(0, note.find("\n\n") + 1)) + "\n";
    EXPECT_TRUE(is_signed_by(*read_checkpoint(note), *PublicKey::parse(known_public)));
}

RC_GTEST_PROP(Checkpoint, OneOtherLetterAndItIsNotSigned, ()) {
    std::string note = one(*rc::gen::inRange<std::int64_t>(0, 1000)).text;
    const auto at = *rc::gen::inRange<std::size_t>(0, note.size() - 1);
    note[at] = *rc::gen::distinctFrom(rc::gen::inRange<char>('!', '~'), note[at]);
    const auto read = read_checkpoint(note);
    RC_ASSERT(!read || !is_signed_by(*read, *PublicKey::parse(known_public)));
}

TEST(Checkpoint, OtherTextsAreNone) {
    for (const char* text : {"", "\n\n", "origin\n7\nxyz\n\n", "origin\n07\n\n\n", "a\n-1\nb\n\nc", "{}"}) {
        EXPECT_EQ(read_checkpoint(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace guidon::store

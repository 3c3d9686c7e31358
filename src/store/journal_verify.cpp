#include "store/journal_verify.h"

#include <cctype>

namespace guidon::store {
namespace {

std::string text(std::int64_t number) {
    return std::to_string(number);
}

/// Digits and small letters alone: how a fingerprint compares.
std::string plain(std::string_view fingerprint) {
    std::string result;
    for (const unsigned char c : fingerprint) {
        if (!std::isspace(c)) result += static_cast<char>(std::tolower(c));
    }
    return result;
}

bool is(const PublicKey& key, const std::string& trusted) {
    return trusted == key.text() || plain(trusted) == plain(key.fingerprint());
}

/// The server's own note: one signature, no letter more.
bool is_as_signed(const Checkpoint& head, std::string_view note) {
    const auto blank = note.rfind("\n\n");
    return head.text == note && blank != std::string_view::npos && note.find('\n', blank + 2) == note.size() - 1;
}

}  // namespace

JournalCheck::JournalCheck(std::string_view head, std::string_view public_key, const Trust& trust) : trust_(trust) {
    verdict_.head = read_checkpoint(head);
    verdict_.key = PublicKey::parse(public_key);
    if (verdict_.head && !is_as_signed(*verdict_.head, head)) verdict_.head.reset();
    if (!verdict_.head) tell("doctor.journal-head", {{"part", "note"}});
    if (!verdict_.key) tell("doctor.journal-head", {{"part", "key"}});
    check_signatures();
    root_at_head_ = root_at_older_ = hex(tree_.root());
}

void JournalCheck::tell(std::string code, Arguments arguments) {
    if (verdict_.found.size() < max_faults) verdict_.found.emplace_back(std::move(code), std::move(arguments));
}

void JournalCheck::check_signatures() {
    const auto& [found, entries, head, key] = verdict_;
    if (key && !trust_.key.empty() && !is(*key, trust_.key)) {
        tell("doctor.journal-other-key", {{"found", key->fingerprint()}, {"expected", trust_.key}});
    }
    if (head && key && !is_signed_by(*head, *key)) tell("doctor.journal-signature", {{"key", key->fingerprint()}});
    if (trust_.older && key && !is_signed_by(*trust_.older, *key)) {
        tell("doctor.journal-older-key", {{"size", text(trust_.older->size)}, {"key", key->fingerprint()}});
    }
}

void JournalCheck::add(const Entry& entry) {
    ++verdict_.entries;
    if (entry.seq > seq_ + 1) {
        links_fit_ = false;
        tell("doctor.journal-gap", {{"after", text(seq_)}, {"before", text(entry.seq)}});
    } else if (entry.seq <= seq_) {
        links_fit_ = false;
        tell("doctor.journal-order", {{"seq", text(entry.seq)}, {"after", text(seq_)}});
    } else if (entry.hash != entry_hash(entry, previous_)) {
        links_fit_ = false;
        tell("doctor.journal-hash", {{"seq", text(entry.seq)}});
    }
    seq_ = entry.seq;
    previous_ = entry.hash;
    tree_.append(digest_of(entry.hash).value_or(Digest{}));
    if (verdict_.head && verdict_.head->size == tree_.size()) root_at_head_ = hex(tree_.root());
    if (trust_.older && trust_.older->size == tree_.size()) root_at_older_ = hex(tree_.root());
}

void JournalCheck::check_length() {
    const auto size = verdict_.head->size;
    if (!links_fit_) return;
    if (tree_.size() < size) tell("doctor.journal-short", {{"size", text(size)}, {"last", text(seq_)}});
    if (tree_.size() > size) tell("doctor.journal-unsigned", {{"size", text(size)}, {"last", text(seq_)}});
}

void JournalCheck::check_roots() {
    const auto& head = verdict_.head;
    const auto& older = trust_.older;
    if (head && links_fit_ && tree_.size() >= head->size && root_at_head_ != head->root) {
        tell("doctor.journal-root", {{"size", text(head->size)}});
    }
    if (!older) return;
    if (older->size > std::max(tree_.size(), seq_)) {
        tell("doctor.journal-rolled-back", {{"size", text(older->size)}, {"last", text(seq_)}});
    } else if (root_at_older_ != older->root) {
        tell("doctor.journal-past", {{"size", text(older->size)}});
    }
}

Verdict JournalCheck::verdict() {
    if (verdict_.head) check_length();
    check_roots();
    return std::move(verdict_);
}

Checkpoint kept_checkpoint(std::string_view bytes, const std::string& file) {
    const auto checkpoint = read_checkpoint(bytes);
    if (!checkpoint) throw Problem("journal.no-checkpoint", {{"file", file}});
    return *checkpoint;
}

std::string trusted_key_of(const std::string& given) {
    if (PublicKey::parse(given)) return given;
    const auto digits = plain(given);
    const bool is_fingerprint =
        digits.size() == 32 && digits.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!is_fingerprint) throw Problem("journal.no-public-key", {{"text", given}});
    return given;
}

}  // namespace guidon::store

#include "units/code_index.h"

#include <bit>
#include <cstring>

namespace guidon::units {
namespace {

std::uint32_t hash_of(std::string_view code) {
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15;
    std::uint64_t h = code.size() * odd;
    while (code.size() >= 8) {
        std::uint64_t word;
        std::memcpy(&word, code.data(), 8);
        h = (h ^ word) * odd;
        h ^= h >> 29;
        code.remove_prefix(8);
    }
    std::uint64_t word = 0;
    for (const char c : code) word = word << 8 | static_cast<unsigned char>(c);
    h = (h ^ word) * odd;
    return static_cast<std::uint32_t>(h >> 32);
}

}  // namespace

bool is_unit_code(std::string_view code) {
    if (code.empty() || code.size() > 64) return false;
    for (const char c : code)
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
              c == '-'))
            return false;
    return true;
}

CodeIndex::CodeIndex(std::size_t expected) : slots_(std::bit_ceil(expected * 2 + 16)) {
    codes_.reserve(expected);
}

std::size_t CodeIndex::slot_of(std::string_view code, std::uint32_t hash) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash & mask;
    while (slots_[at].index >= 0 &&
           (slots_[at].hash != hash || codes_[static_cast<std::size_t>(slots_[at].index)] != code))
        at = (at + 1) & mask;
    return at;
}

int CodeIndex::find(std::string_view code) const {
    return slots_[slot_of(code, hash_of(code))].index;
}

int CodeIndex::add(std::string_view code) {
    const std::uint32_t hash = hash_of(code);
    std::size_t at = slot_of(code, hash);
    if (slots_[at].index >= 0) return slots_[at].index;
    if (codes_.size() * 2 >= slots_.size()) {
        grow();
        at = slot_of(code, hash);
    }
    slots_[at] = {hash, size()};
    codes_.push_back(code);
    return size() - 1;
}

void CodeIndex::grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    const std::size_t mask = slots_.size() - 1;
    for (const Slot& slot : old) {
        if (slot.index < 0) continue;
        std::size_t at = slot.hash & mask;
        while (slots_[at].index >= 0) at = (at + 1) & mask;
        slots_[at] = slot;
    }
}

}  // namespace guidon::units

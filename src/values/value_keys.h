// Which unit, indicator and period does a row name? Rows of a file mostly follow one order, so the answer is guessed
// from the row before and only looked up where the guess is wrong.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "units/code_index.h"
#include "values/value_scan.h"

namespace guidon::values {

/// A short text to compare with fields of a Window. The first eight bytes are compared as one word.
class ShortText {
public:
    ShortText() = default;
    explicit ShortText(std::string_view text) : text_(text) {
        text_.append(8, '\0');
        word_ = word(text_.data(), text.size());
        size_ = text.size();
    }
    bool equals(const Piece& piece) const {
        const auto size = static_cast<std::size_t>(piece.end - piece.begin);
        return size == size_ && word(piece.begin, size) == word_ &&
               (size <= 8 || std::memcmp(piece.begin + 8, text_.data() + 8, size - 8) == 0);
    }

private:
    static std::uint64_t word(const char* begin, std::size_t size) {
        static_assert(std::endian::native == std::endian::little);
        std::uint64_t bytes = 0;
        std::memcpy(&bytes, begin, 8);
        return size < 8 ? bytes & ((std::uint64_t{1} << 8 * size) - 1) : bytes;
    }
    std::string text_;
    std::uint64_t word_ = 0;
    std::size_t size_ = 0;
};

/// Numbers texts in the order in which they come.
class KeyTable {
public:
    int find_or_add(std::string_view text) {
        const auto [found, fresh] = ids_.try_emplace(std::string(text), static_cast<int>(texts_.size()));
        if (fresh) {
            texts_.emplace_back(text);
            short_.emplace_back(text);
            next_.push_back(found->second);
        }
        return found->second;
    }
    int find_or_add(const Piece& piece) {
        if (!next_.empty()) {
            const int guess = next_[static_cast<std::size_t>(last_)];
            if (short_[static_cast<std::size_t>(guess)].equals(piece)) return last_ = guess;
        }
        const int id = find_or_add(piece.text());
        next_[static_cast<std::size_t>(last_)] = id;
        return last_ = id;
    }
    const std::vector<std::string>& texts() const { return texts_; }
    int size() const { return static_cast<int>(texts_.size()); }

private:
    std::vector<std::string> texts_;
    std::vector<ShortText> short_;
    std::vector<int> next_;  // what came after each text the last time
    std::unordered_map<std::string, int> ids_;
    int last_ = 0;
};

/// Finds units where rows mostly name the same one as the row before, or the next of the list.
class UnitFinder {
public:
    explicit UnitFinder(const units::CodeIndex& codes) : codes_(codes) {}
    int find(const Piece& piece) {
        if (last_ >= 0 && text_.equals(piece)) return last_;
        const std::string_view text = piece.text();
        last_ = codes_.find(text, last_ + 1);
        text_ = ShortText(text);
        return last_;
    }

private:
    const units::CodeIndex& codes_;
    ShortText text_;
    int last_ = -1;
};

/// Whether a text can be the key of an indicator, and the period of a value.
bool is_indicator_key(std::string_view text);
bool is_value_period(std::string_view text);

}  // namespace guidon::values

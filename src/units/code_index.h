// Which unit has this code? A table from official codes to indices, made for millions of look-ups.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace guidon::units {

/// Whether `code` can be the identity of a unit: 1–64 of letters, digits, `.`, `_`, `-`.
bool is_unit_code(std::string_view code);

/// Code → index. The texts that were added must outlive it.
class CodeIndex {
public:
    CodeIndex() : CodeIndex(0) {}
    explicit CodeIndex(std::size_t expected);

    /// Adds `code` with the next index, from 0; gives the index, or that of the same code added before.
    int add(std::string_view code);
    /// -1 if nobody added it.
    int find(std::string_view code) const;
    /// The same, fast if it is `guess`: lists of units often follow one order.
    int find(std::string_view code, int guess) const {
        const auto at = static_cast<std::size_t>(guess);
        return at < codes_.size() && codes_[at] == code ? guess : find(code);
    }
    int size() const { return static_cast<int>(codes_.size()); }
    std::string_view code(int index) const { return codes_[static_cast<std::size_t>(index)]; }

private:
    struct Slot {
        std::uint32_t hash = 0;
        std::int32_t index = -1;
    };
    void grow();
    std::size_t slot_of(std::string_view code, std::uint32_t hash) const;

    std::vector<Slot> slots_;
    std::vector<std::string_view> codes_;
};

}  // namespace guidon::units

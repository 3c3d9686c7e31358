// Where do a million short texts live that all end together? Behind each other, in blocks.
#pragma once

#include <algorithm>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace guidon {

/// Copies texts; the copies live as long as the pool, also when it is moved.
class TextPool {
public:
    std::string_view keep(std::string_view text) {
        if (text.empty()) return {};
        if (text.size() > left_) {
            left_ = std::max(block, text.size());
            blocks_.push_back(std::make_unique_for_overwrite<char[]>(left_));
            next_ = blocks_.back().get();
        }
        char* place = next_;
        std::memcpy(place, text.data(), text.size());
        next_ += text.size();
        left_ -= text.size();
        return {place, text.size()};
    }

private:
    static constexpr std::size_t block = 1 << 16;
    std::vector<std::unique_ptr<char[]>> blocks_;
    char* next_ = nullptr;
    std::size_t left_ = 0;
};

}  // namespace guidon

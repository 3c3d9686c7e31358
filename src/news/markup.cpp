#include "news/markup.h"

namespace guidon::news {
namespace {

struct Line {
    BlockKind kind = BlockKind::paragraph;
    std::string_view text;
};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// The mark at the beginning of a line, and what it marks. A mark alone marks nothing.
Line read_line(std::string_view line) {
    constexpr struct {
        std::string_view mark;
        BlockKind kind;
    } marks[] = {{"# ", BlockKind::heading},
                 {"## ", BlockKind::subheading},
                 {"- ", BlockKind::bullets},
                 {"* ", BlockKind::bullets},
                 {"> ", BlockKind::quote}};
    for (const auto& [mark, kind] : marks)
        if (line.starts_with(mark)) return {kind, line.substr(mark.size())};
    std::size_t digits = 0;
    while (digits < line.size() && digits < 3 && is_digit(line[digits])) ++digits;
    if (digits > 0 && line.substr(digits, 2) == ". ") return {BlockKind::numbers, line.substr(digits + 2)};
    return {BlockKind::paragraph, line};
}

bool is_list(BlockKind kind) {
    return kind == BlockKind::bullets || kind == BlockKind::numbers;
}

/// Headings are one line each.
bool goes_on(const Block& block, BlockKind kind) {
    return block.kind == kind && kind != BlockKind::heading && kind != BlockKind::subheading;
}

}  // namespace

std::vector<Block> blocks_of(std::string_view body) {
    std::vector<Block> blocks;
    bool apart = true;  // an empty line came before
    while (!body.empty()) {
        const std::size_t end = std::min(body.find('\n'), body.size());
        const std::string_view raw = body.substr(0, end);
        body.remove_prefix(std::min(end + 1, body.size()));
        if (raw.empty()) {
            apart = true;
            continue;
        }
        const Line line = read_line(raw);
        if (apart || !goes_on(blocks.back(), line.kind)) blocks.push_back({line.kind, "", {}});
        Block& block = blocks.back();
        if (is_list(line.kind))
            block.items.emplace_back(line.text);
        else
            block.text.append(block.text.empty() ? "" : "\n").append(line.text);
        apart = false;
    }
    return blocks;
}

}  // namespace guidon::news

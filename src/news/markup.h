// How does plain text become headings, lists and paragraphs, without anybody's HTML? A body is lines; what it becomes
// is a list of blocks of plain text, which the template escapes as it does every text.
//
//     An empty line begins a new paragraph; a single line end stays one.
//     # Heading            ## Heading below it
//     - first              1. first
//     - second             2. second
//     > what somebody said
//
// Anything else – tags, entities, other marks – is text and is shown as it was typed. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace guidon::news {

enum class BlockKind { paragraph, heading, subheading, bullets, numbers, quote };

struct Block {
    BlockKind kind = BlockKind::paragraph;
    std::string text;                // lines of it; of lists ""
    std::vector<std::string> items;  // of lists
    bool operator==(const Block&) const = default;
};

/// `body` as clean_text() leaves it. Every character of every line is in exactly one block, but for the marks.
std::vector<Block> blocks_of(std::string_view body);

}  // namespace guidon::news

#include "base/states.h"

#include <gtest/gtest.h>

namespace guidon {
namespace {

enum class Door { open, shut, locked };
enum class Verb { open, shut, lock };
struct Move {
    Verb verb;
    Door from, to;
    bool operator==(const Move&) const = default;
};
constexpr Names<Door, 3> doors{"open", "shut", "locked"};
constexpr Move table[] = {
    {Verb::shut, Door::open, Door::shut}, {Verb::lock, Door::shut, Door::locked}, {Verb::open, Door::shut, Door::open}};
constexpr std::span<const Move> moves = table;

TEST(Names, LeadFromAnEnumeratorToItsNameAndBack) {
    for (const Door door : {Door::open, Door::shut, Door::locked}) EXPECT_EQ(doors.find(doors[door]), door);
    EXPECT_EQ(doors[Door::locked], "locked");
    EXPECT_EQ(doors.find("ajar"), std::nullopt);
    EXPECT_EQ(doors.named("shut"), Door::shut);
    EXPECT_THROW(doors.named("ajar"), BrokenPromise);
}

TEST(Moves, AreThoseOfTheTableAlone) {
    EXPECT_EQ(find_move(moves, Door::shut, Verb::open)->to, Door::open);
    EXPECT_EQ(find_move(moves, Door::open, Verb::lock), nullptr);
    EXPECT_EQ(moves_from(moves, Door::shut), (std::vector<Move>{table[1], table[2]}));
    EXPECT_TRUE(moves_from(moves, Door::locked).empty());
}

}  // namespace
}  // namespace guidon

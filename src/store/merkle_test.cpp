#include "store/merkle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace guidon::store {
namespace {

Digest of(std::string_view digits) {
    return *digest_of(digits);
}

/// The eight leaves of the test vectors that Certificate Transparency's implementations share.
std::vector<Digest> known_leaves() {
    using namespace std::string_view_literals;
    std::vector<Digest> leaves;
    for (const auto bytes :
         {""sv, "\x00"sv, "\x10"sv, "\x20\x21"sv, "\x30\x31"sv, "\x40\x41\x42\x43"sv,
          "\x50\x51\x52\x53\x54\x55\x56\x57"sv, "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"sv}) {
        leaves.push_back(leaf_hash(bytes));
    }
    return leaves;
}

std::vector<Digest> leaves(int count) {
    std::vector<Digest> result;
    for (int i = 0; i < count; ++i) result.push_back(leaf_hash(std::to_string(i)));
    return result;
}

/// As RFC 6962 section 2.1 writes it, without a frontier.
Digest by_definition(std::span<const Digest> d) {
    if (d.size() == 1) return d[0];
    std::size_t k = 1;
    while (k * 2 < d.size()) k *= 2;
    return node_hash(by_definition(d.first(k)), by_definition(d.subspan(k)));
}

TEST(Merkle, RootsAreThoseOfTheKnownVectors) {
    const auto all = known_leaves();
    EXPECT_EQ(hex(root_of({})), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    const char* const roots[] = {
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    };
    for (std::size_t size = 1; size <= 8; ++size) {
        EXPECT_EQ(hex(root_of(std::span(all).first(size))), roots[size - 1]) << size;
    }
}

TEST(Merkle, PathsAreThoseOfTheKnownVectors) {
    const auto all = known_leaves();
    EXPECT_THAT(inclusion_path(std::span(all).first(8), 5),
                testing::ElementsAre(of("bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"),
                                     of("ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"),
                                     of("d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")));
    EXPECT_THAT(consistency_path(std::span(all).first(8), 6),
                testing::ElementsAre(of("0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"),
                                     of("ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"),
                                     of("d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")));
}

TEST(Merkle, EveryLeafIsIncludedAndEveryTreeExtendsEveryShorterOne) {
    for (int size = 1; size <= 40; ++size) {
        const auto all = leaves(size);
        const auto root = root_of(all);
        ASSERT_EQ(root, by_definition(all));
        for (int i = 0; i < size; ++i) {
            const auto path = inclusion_path(all, i);
            ASSERT_TRUE(is_included(all[static_cast<std::size_t>(i)], i, size, path, root)) << i << " of " << size;
            ASSERT_FALSE(is_included(leaf_hash("other"), i, size, path, root));
            ASSERT_FALSE(is_included(all[static_cast<std::size_t>(i)], i, size + 1, path, leaf_hash("")));
        }
        for (int old = 1; old <= size; ++old) {
            const auto old_root = root_of(std::span(all).first(static_cast<std::size_t>(old)));
            const auto path = consistency_path(all, old);
            ASSERT_TRUE(is_extension(old, old_root, size, root, path)) << old << " of " << size;
            ASSERT_FALSE(is_extension(old, leaf_hash("other"), size, root, path));
        }
    }
}

TEST(Merkle, TheEmptyTreeIsTheBeginningOfEveryTree) {
    EXPECT_TRUE(is_extension(0, root_of({}), 3, root_of(leaves(3)), {}));
    EXPECT_FALSE(is_extension(3, root_of(leaves(3)), 0, root_of({}), {}));
    EXPECT_FALSE(is_included(leaf_hash("a"), 0, 0, {}, root_of({})));
}

RC_GTEST_PROP(Merkle, AFrontierThatIsKeptAndReadAgainGoesOnAsIfItHadNot, ()) {
    const auto all = leaves(*rc::gen::inRange(1, 300));
    const auto stop = *rc::gen::inRange<std::size_t>(0, all.size() + 1);
    Frontier frontier;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i == stop) frontier = *Frontier::from(frontier.size(), *digests_of(hex(frontier.subtrees())));
        frontier.append(all[i]);
    }
    RC_ASSERT(frontier.root() == by_definition(all));
    RC_ASSERT(!Frontier::from(frontier.size(), {}).has_value());
}

RC_GTEST_PROP(Merkle, APathWithOneOtherHashOneMoreOrOneLessProvesNothing, ()) {
    const auto size = *rc::gen::inRange(2, 200);
    const auto all = leaves(size);
    const auto root = root_of(all);
    const auto i = *rc::gen::inRange(0, size);
    const auto old = *rc::gen::inRange(1, size);
    const auto old_root = root_of(std::span(all).first(static_cast<std::size_t>(old)));
    const auto spoilt = [](std::vector<Digest> path) {
        const auto at = *rc::gen::inRange<std::size_t>(0, path.size());
        const auto how = *rc::gen::inRange(0, 3);
        if (how == 0) path[at][*rc::gen::inRange<std::size_t>(0, 32)] ^= 1;
        if (how == 1) path.erase(path.begin() + static_cast<std::ptrdiff_t>(at));
        if (how == 2) path.push_back(leaf_hash("more"));
        return path;
    };
    RC_ASSERT(!is_included(all[static_cast<std::size_t>(i)], i, size, spoilt(inclusion_path(all, i)), root));
    RC_ASSERT(!is_extension(old, old_root, size, root, spoilt(consistency_path(all, old))));
}

TEST(Merkle, DigestsAreReadAsTheyAreWrittenAlone) {
    const auto digest = leaf_hash("a");
    EXPECT_EQ(digest_of(hex(digest)), digest);
    EXPECT_EQ(digest_of(std::string(64, 'A')), std::nullopt);
    EXPECT_EQ(digest_of(hex(digest) + "0"), std::nullopt);
    EXPECT_EQ(digest_of(""), std::nullopt);
}

}  // namespace
}  // namespace guidon::store

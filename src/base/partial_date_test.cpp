#include "base/partial_date.h"

#include <gtest/gtest.h>

namespace guidon {
namespace {

TEST(PartialDates, AreKnownAsFarAsTheyAreKnown) {
    for (const char* good : {"2024-03-14", "2024-03", "2024", "--03-14", "--02-29"})
        EXPECT_EQ(read_partial_date(good), good);
    for (const char* bad :
         {"", "14 March", "2024-13", "2024-3", "20240314", "--02-30", "--2024", "03-14", "2023-02-29", "----",
          "--03-1x", "/", "14/", "30/2/2024", "32/1", "13/2024", "1/1/1/2024", "14//2024", "99999/1"})
        EXPECT_FALSE(read_partial_date(bad)) << bad;
}

TEST(PartialDates, AreReadAsOfficesWriteThem) {
    EXPECT_EQ(read_partial_date("14/3/2024"), "2024-03-14");
    EXPECT_EQ(read_partial_date("3/2024"), "2024-03");
    EXPECT_EQ(read_partial_date("14/3"), "--03-14");
}

TEST(PartialDates, AreToldInALanguage) {
    EXPECT_EQ(partial_date_text(Language::en, "2024-03-14"), "14 March 2024");
    EXPECT_EQ(partial_date_text(Language::en, "--03-14"), "14/03");
    EXPECT_EQ(partial_date_text(Language::en, "2024-03"), "03/2024");
    EXPECT_EQ(partial_date_text(Language::en, "2024"), "2024");
    EXPECT_EQ(partial_date_text(Language::en, "in spring"), "in spring");
}

}  // namespace
}  // namespace guidon

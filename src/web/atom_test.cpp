#include "web/atom.h"

#include <gtest/gtest.h>

namespace guidon::web {
namespace {

TEST(Atom, IsAFeedWithEveryTextEscaped) {
    const AtomFeed feed{.address = "https://guidon.example/news",
                        .title = "News",
                        .language = Language::en,
                        .updated = "2023-11-14T22:13:19Z",
                        .entries = {{.address = "https://guidon.example/news/abc",
                                     .title = "<b>\"Dân vận khéo\" & 'more'</b>",
                                     .language = Language::vi,
                                     .published = "2020-09-13T12:26:40Z",
                                     .updated = "2023-11-14T22:13:20Z",
                                     .summary = ""}}};
    EXPECT_EQ(atom_text(feed),
              "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
              "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n"
              "<title>News</title>\n"
              "<id>https://guidon.example/news</id>\n"
              "<link href=\"https://guidon.example/news\"/>\n"
              "<link rel=\"self\" href=\"https://guidon.example/news.atom\"/>\n"
              "<updated>2023-11-14T22:13:20Z</updated>\n"
              "<author><name>Guidon</name></author>\n"
              "<entry xml:lang=\"vi\">\n"
              "<title>&lt;b&gt;&quot;Dân vận khéo&quot; &amp; &#39;more&#39;&lt;/b&gt;</title>\n"
              "<id>https://guidon.example/news/abc</id>\n"
              "<link href=\"https://guidon.example/news/abc\"/>\n"
              "<published>2020-09-13T12:26:40Z</published>\n"
              "<updated>2023-11-14T22:13:20Z</updated>\n"
              "</entry>\n"
              "</feed>\n");
}

TEST(Atom, AnEmptyFeedSaysSinceWhenItIsEmpty) {
    EXPECT_NE(atom_text({.address = "https://a", .title = "News", .updated = "1970-01-01T00:00:00Z"})
                  .find("<updated>1970-01-01T00:00:00Z</updated>"),
              std::string::npos);
}

}  // namespace
}  // namespace guidon::web

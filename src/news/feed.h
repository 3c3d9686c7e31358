// How do the newest articles become an Atom feed (RFC 4287)? Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "news/articles_store.h"

namespace guidon::news {

struct Feed {
    std::string origin;  // "https://guidon.example"
    std::string title;
    Language language = Language::en;
    std::int64_t now_utc_ms = 0;  // when there is nothing yet
};

/// One entry for each row, in its own language, with the lede as its summary. Texts are escaped.
std::string atom_feed(const Feed& feed, const std::vector<Row>& rows);

/// `text` as XML says it: & < > " ' escaped.
std::string xml_escaped(std::string_view text);

}  // namespace guidon::news

// How does a list of the newest become an Atom feed (RFC 4287)? Pure.
#pragma once

#include <string>
#include <vector>

#include "base/language.h"

namespace guidon::web {

struct AtomEntry {
    std::string address;  // whole; the entry's id too
    std::string title;
    Language language = Language::en;  // of its texts
    std::string published, updated;    // moments, as iso_moment writes them
    std::string summary;               // may be missing
};

struct AtomFeed {
    std::string address;  // of the page with the same list; with ".atom" behind it, of the feed
    std::string title;
    Language language = Language::en;
    std::string updated;  // at the earliest; when the newest entry was, if that is later
    std::vector<AtomEntry> entries;
};

constexpr const char* atom_type = "application/atom+xml; charset=utf-8";

/// Texts are escaped.
std::string atom_text(const AtomFeed& feed);

}  // namespace guidon::web

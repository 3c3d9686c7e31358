#include "web/atom.h"

#include <algorithm>
#include <string_view>

#include "base/escaped.h"

namespace guidon::web {
namespace {

std::string element(const std::string& name, std::string_view text) {
    return "<" + name + ">" + escaped(text) + "</" + name + ">\n";
}

std::string link(std::string_view address, const char* kind = "") {
    return "<link " + std::string(kind) + "href=\"" + escaped(address) + "\"/>\n";
}

std::string in_language(Language language) {
    return " xml:lang=\"" + std::string(code(language)) + "\">\n";
}

std::string entry_text(const AtomEntry& entry) {
    return "<entry" + in_language(entry.language) + element("title", entry.title) + element("id", entry.address) +
           link(entry.address) + element("published", entry.published) + element("updated", entry.updated) +
           (entry.summary.empty() ? "" : element("summary", entry.summary)) + "</entry>\n";
}

}  // namespace

std::string atom_text(const AtomFeed& feed) {
    std::string updated = feed.updated;
    for (const AtomEntry& entry : feed.entries) updated = std::max(updated, entry.updated);
    std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"" +
                       in_language(feed.language) + element("title", feed.title) + element("id", feed.address) +
                       link(feed.address) + link(feed.address + ".atom", "rel=\"self\" ") +
                       element("updated", updated) + "<author><name>Guidon</name></author>\n";
    for (const AtomEntry& entry : feed.entries) text += entry_text(entry);
    return text + "</feed>\n";
}

}  // namespace guidon::web

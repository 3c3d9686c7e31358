#include "news/feed.h"

#include <algorithm>

namespace guidon::news {
namespace {

std::string iso_moment(std::int64_t utc_ms) {
    const auto two = [](std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    const std::int64_t seconds = utc_ms / 1000 % 86'400;
    return Day::of_utc_ms(utc_ms).text() + "T" + two(seconds / 3600) + ":" + two(seconds / 60 % 60) + ":" +
           two(seconds % 60) + "Z";
}

std::string element(const std::string& name, std::string_view text) {
    return "<" + name + ">" + xml_escaped(text) + "</" + name + ">";
}

std::string entry(const Feed& feed, const Row& row) {
    const std::string address = xml_escaped(feed.origin + row.article.href());
    std::string text = " <entry xml:lang=\"" + std::string(code(row.language)) + "\">\n  " +
                       element("title", row.title) + "\n  <id>" + address + "</id>\n  <link href=\"" + address +
                       "\"/>\n  " + element("published", iso_moment(row.article.published_utc_ms)) + "\n  " +
                       element("updated", iso_moment(row.changed_utc_ms)) + "\n";
    if (!row.lede.empty()) text += "  " + element("summary", row.lede) + "\n";
    return text + " </entry>\n";
}

}  // namespace

std::string xml_escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

std::string atom_feed(const Feed& feed, const std::vector<Row>& rows) {
    std::int64_t updated = rows.empty() ? feed.now_utc_ms : 0;
    for (const Row& row : rows) updated = std::max(updated, row.changed_utc_ms);
    const std::string news = xml_escaped(feed.origin + "/news");
    std::string text =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"" +
        std::string(code(feed.language)) + "\">\n " + element("title", feed.title) + "\n <id>" + news +
        "</id>\n <link href=\"" + news + "\"/>\n <link rel=\"self\" href=\"" + news + ".atom\"/>\n " +
        element("updated", iso_moment(updated)) + "\n <author>" + element("name", "Guidon") + "</author>\n";
    for (const Row& row : rows) text += entry(feed, row);
    return text + "</feed>\n";
}

}  // namespace guidon::news

#include "cli/export_site.h"

#include <algorithm>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>

#include "base/language.h"
#include "base/problem.h"
#include "cli/serve_wish.h"
#include "cli/static_page.h"
#include "web/address.h"
#include "web/site.h"

namespace guidon::cli {

namespace {

namespace fs = std::filesystem;

/// Pages that are copied; everything else is for who works on the server.
constexpr std::string_view copied[] = {"/movements", "/exemplars", "/units",  "/news",
                                       "/books",     "/evidence/", "/assets/"};
/// Lists narrowed by one of these are copied, so that there is something to leaf through where nothing searches.
constexpr std::string_view lists[] = {"field", "year", "unit", "level"};

struct Query {
    std::string first;  // name of its only filter; "" = none
    bool copied = true;
};

Query query_of(std::string_view address) {
    Query query;
    const auto question = address.find('?');
    web::Pairs pairs;
    if (question == std::string_view::npos) return query;
    if (!web::read_pairs(address.substr(question + 1), pairs)) return {"", false};
    const bool exemplars = address.starts_with("/exemplars?");
    for (const auto& [name, value] : pairs) {
        const bool list = std::find(std::begin(lists), std::end(lists), name) != std::end(lists);
        if (name == "page" || (name == "under" && address.starts_with("/units?")) ||
            (name == "size" && address.starts_with("/evidence/")))
            continue;
        if (!exemplars || !list || !query.first.empty()) return {"", false};
        query.first = name;
    }
    return query;
}

bool is_copied(std::string_view address) {
    if (address == "/") return true;
    const std::string_view path = address.substr(0, address.find('?'));
    if (path.ends_with(".json") || path.ends_with(".csv") || path.ends_with(".xlsx") || path.ends_with(".atom") ||
        path.ends_with(".toml"))
        return false;
    for (const std::string_view begin : copied)
        if (path == begin || (path.starts_with(begin) && (begin.ends_with('/') || path[begin.size()] == '/')))
            return query_of(address).copied;
    return false;
}

/// A narrowed list leads on to its own pages and to exemplars, not to every other way to narrow it.
bool leads_on(const std::string& from, const std::string& to) {
    return query_of(from).first.empty() || query_of(to).first.empty() ||
           from.substr(0, from.find("&page=")) == to.substr(0, to.find("&page="));
}

class Copy {
public:
    Copy(web::Site& site, fs::path folder) : site_(site), folder_(std::move(folder)) {}

    void write() {
        for (const Language language : languages) copy(language);
        write_index();
    }
    std::size_t pages() const { return pages_; }

private:
    struct Fetched {
        int status = 0;
        std::string type, body;
    };
    Fetched fetch(const std::string& address, Language language) {
        web::Incoming incoming;
        incoming.method = "GET";
        incoming.target = address;
        incoming.headers = {
            {"host", "localhost"}, {"accept", "text/html,*/*"}, {"accept-language", std::string(code(language))}};
        Fetched fetched;
        site_.answer(std::move(incoming), [&](web::Outgoing out) {
            fetched.status = out.status;
            for (const auto& [name, value] : out.headers)
                if (name == "Content-Type") fetched.type = value;
            if (out.body) fetched.body = *out.body;
        });
        return fetched;
    }

    /// First all pages are found, with what they are; then their links are known.
    void copy(Language language) {
        std::deque<std::string> open{"/"};
        std::set<std::string> seen{"/"};
        std::set<std::string>& there = there_[language];
        while (!open.empty()) {
            const std::string address = open.front();
            open.pop_front();
            Fetched page = fetch(address, language);
            if (page.status != 200) continue;
            if (!page.type.starts_with("text/html")) {
                if (is_shared(address)) keep_shared(address, page);
                continue;
            }
            there.insert(address);
            for (const std::string& link : links_of(page.body))
                if (is_copied(link) && leads_on(address, link) && seen.insert(link).second) open.push_back(link);
            put(file_of(address, language), page.body);
            ++pages_;
        }
        for (const std::string& address : there) rewrite(address, language);
    }

    void keep_shared(const std::string& address, const Fetched& file) {
        if (!shared_.insert(address).second) return;
        if (file.status == 200) put(file_for(address), file.body);
        if (file.type.starts_with("text/css")) keep_fonts(file.body);
    }

    /// Fonts stand beside the styles, here as on the server: "url(./NAME)", in quotation marks or not.
    void keep_fonts(const std::string& css) {
        constexpr std::string_view begin = "./";
        for (std::size_t at = css.find("url("); at != std::string::npos; at = css.find("url(", at + 4)) {
            std::string name = css.substr(at + 4, css.find(')', at) - at - 4);
            std::erase_if(name, [](char c) { return c == '"' || c == '\''; });
            if (!name.starts_with(begin)) continue;
            const std::string address = "/assets/" + name.substr(begin.size());
            if (!shared_.contains(address)) keep_shared(address, fetch(address, Language::en));
        }
    }

    static std::string file_of(const std::string& address, Language language) {
        return std::string(code(language)) + "/" + file_for(address);
    }

    /// Where a link of `file` leads in the copy of `language`; another language is its own folder.
    std::optional<std::string> new_link(const std::string& file, const std::string& link, Language language) const {
        if (is_shared(link))
            return shared_.contains(link) ? std::optional(relative(file, file_for(link))) : std::nullopt;
        std::string address = link;
        const auto question = link.find('?');
        if (question != std::string::npos) {
            web::Pairs pairs;
            web::read_pairs(std::string_view(link).substr(question + 1), pairs);
            if (const auto asked = pairs.find("lang"); asked != pairs.end()) {
                const auto other = language_of(asked->second);
                const std::string rest = web::with_parameter(std::string_view(link).substr(question + 1), "lang", "");
                address = link.substr(0, question) + (rest.empty() ? "" : "?" + rest);
                // all languages have the same pages: what is not copied in this one is in none
                if (other && there_.at(language).contains(address)) return relative(file, file_of(address, *other));
                return std::nullopt;
            }
        }
        if (!there_.at(language).contains(address)) return std::nullopt;
        return relative(file, file_of(address, language));
    }

    void rewrite(const std::string& address, Language language) {
        const std::string file = file_of(address, language);
        std::string page =
            with_links(taken(file), [&](const std::string& link) { return new_link(file, link, language); });
        if (const auto main = page.find("<main"); main != std::string::npos)
            page.insert(page.find('>', main) + 1,
                        "<p class=\"notice\" role=\"note\">" + say(language, "export.site-notice") + "</p>");
        put(file, page);
    }

    void write_index() {
        std::string page = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Guidon</title><ul>";
        for (const Language language : languages)
            page += "<li lang=\"" + std::string(code(language)) + "\" dir=\"" + std::string(direction(language)) +
                    "\"><a href=\"" + std::string(code(language)) + "/index.html\">" + say(language, "gallery.title") +
                    "</a></li>";
        put("index.html", page + "</ul></html>\n");
    }

    std::string taken(const std::string& file) const {
        std::ifstream in(folder_ / file, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    void put(const std::string& file, const std::string& content) const {
        const fs::path path = folder_ / file;
        fs::create_directories(path.parent_path());
        std::ofstream out(path, std::ios::binary);
        out << content;
        if (!out.flush()) throw Problem("export.not-written", {{"path", path.string()}}, "out");
    }

    web::Site& site_;
    fs::path folder_;
    std::map<Language, std::set<std::string>> there_;  // pages that were copied
    std::set<std::string> shared_;
    std::size_t pages_ = 0;
};

}  // namespace

void export_site(const std::string& database, const std::string& folder) {
    if (folder.empty()) throw Problem("export.no-folder", {}, "folder");
    if (fs::exists(folder) && !fs::is_empty(folder)) throw Problem("export.not-empty", {{"path", folder}}, "folder");
    ServeWish wish;
    wish.db = database;
    with_site(wish, [&](web::Site& site) {
        Copy copy(site, folder);
        copy.write();
        std::cout << say(Language::en, "export.site-done", {{"path", folder}, {"pages", std::to_string(copy.pages())}})
                  << '\n';
    });
}

}  // namespace guidon::cli

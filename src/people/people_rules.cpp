#include "people/people_rules.h"

#include <algorithm>

#include "base/plain_text.h"
#include "base/problem.h"

namespace guidon::people {
namespace {

bool empty(const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); });
}

}  // namespace

std::string read_name(const std::string& text, const std::string& field) {
    std::string name = clean_line(text, longest_name, field);
    if (name.empty()) throw Problem("people.name", {}, field);
    return name;
}

std::vector<std::string> read_aliases(const std::string& text) {
    std::vector<std::string> aliases;
    std::string one;
    const auto take = [&] {
        if (!empty(one)) {
            auto alias = read_name(one, "aliases");
            if (std::find(aliases.begin(), aliases.end(), alias) == aliases.end()) aliases.push_back(std::move(alias));
        }
        one.clear();
    };
    for (const char c : text) {
        if (c == '\n' || c == ';')
            take();
        else
            one += c;
    }
    take();
    if (aliases.size() > most_aliases)
        throw Problem("people.too-many-aliases", {{"most", std::to_string(most_aliases)}}, "aliases");
    return aliases;
}

Texts read_titles(const std::string& en, const std::string& vi, const std::string& ur) {
    Texts titles;
    const auto add = [&](const char* language, const std::string& text) {
        if (!empty(text)) titles[language] = read_name(text, std::string("title_") + language);
    };
    add("en", en);
    add("vi", vi);
    add("ur", ur);
    if (titles.empty()) throw Problem("people.no-title", {}, "title_en");
    return titles;
}

Day read_day(const std::string& text, const std::string& field, Day fallback) {
    if (text.empty()) return fallback;
    const auto day = Day::parse(text);
    if (!day) throw Problem("people.day", {{"day", text}}, field);
    return *day;
}

Span read_span(const std::string& from, const std::string& to, Day today) {
    const Span span{read_day(from, "from", today), read_day(to, "to", Day::never())};
    if (span.to <= span.from) throw Problem("people.span", {}, "to");
    return span;
}

void must_not_be_dated_back(Span span, Day today) {
    if (span.from < today) throw Problem("people.day-past", {{"day", span.from.text()}}, "from");
}

void must_be_able_to_end(Span held, Day day, Day today) {
    if (day < today) throw Problem("people.day-past", {{"day", day.text()}}, "day");
    if (held.to <= day) throw Problem("people.has-ended", {}, "day", 409);
    if (day <= held.from) throw Problem("people.span", {}, "day");
}

void must_fit(const Grant& grant) {
    bool fits = true;
    if (takes_group(grant.role)) {
        fits = grant.group && !grant.unit && !grant.council;
    } else if (takes_council(grant.role)) {
        fits = grant.council && !grant.group;
    } else {
        fits = !grant.group && !grant.council && (grant.role != Role::administrator || !grant.unit);
    }
    if (!fits) throw Problem("people.role-place", {{"role", std::string(code(grant.role))}}, "place");
}

bool overlap(Span one, Span other) {
    return std::max(one.from, other.from) < std::min(one.to, other.to);
}

bool overlap(const Grant& one, const Grant& other) {
    return one.role == other.role && one.unit == other.unit && one.reach == other.reach && one.group == other.group &&
           one.council == other.council && one.movement == other.movement && overlap(one.held, other.held);
}

std::string read_code(const std::string& text) {
    const bool fits = text.size() >= 2 && text.size() <= 40 && std::all_of(text.begin(), text.end(), [](char c) {
                          return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
                      });
    if (!fits) throw Problem("people.code", {}, "code");
    return text;
}

}  // namespace guidon::people

#include "gallery/wish.h"

#include <algorithm>
#include <charconv>

#include "base/problem.h"
#include "web/address.h"

namespace guidon::gallery {

namespace {

constexpr std::array<std::string_view, std::size(facets)> names{"field", "topic", "level", "unit",    "year",
                                                                "kind",  "owner", "state", "movement"};
constexpr std::size_t longest_query = 200;
constexpr int most_pages = 100'000;

int page_of(const web::Request& request) {
    const std::string text = request.asked("page", "1");
    int page = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), page);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || page < 1 || page > most_pages)
        refuse_filter("page", text);
    return page;
}

void read_count(Wish& wish, const web::Request& request) {
    const std::string name = request.asked("count");
    if (name.empty()) return;
    if (name.starts_with("state_")) {
        wish.stood = exemplars::state_of(std::string_view(name).substr(6));
        wish.counted = Count::registered;
    } else {
        wish.counted = count_of(name);
    }
    if (!wish.counted || (name.starts_with("state_") && !wish.stood)) refuse_filter("count", name);
    const auto from = asked_day(request, "from");
    const auto to = asked_day(request, "to");
    if (!from || !to || *to < *from) refuse_filter("to", request.asked("to"));
    wish.days = {*from, *to};
}

bool may_be(Facet facet, const std::string& value) {
    switch (facet) {
        case Facet::year:
            return value.size() == 4 && value.find_first_not_of("0123456789") == std::string::npos;
        case Facet::kind:
            return exemplars::kind_of(value).has_value();
        case Facet::owner:
            return exemplars::owner_kind_of(value).has_value();
        case Facet::state:
            return exemplars::state_of(value).has_value();
        default:
            return true;
    }
}

}  // namespace

std::string_view code(Facet facet) {
    return names[static_cast<std::size_t>(facet)];
}

void refuse_filter(const std::string& name, const std::string& value) {
    throw Problem("gallery.filter", {{"name", name}, {"value", value}}, name, 400);
}

std::optional<Day> asked_day(const web::Request& request, const std::string& name) {
    const std::string text = request.asked(name);
    if (text.empty()) return std::nullopt;
    const auto day = Day::parse(text);
    if (!day) refuse_filter(name, text);
    return day;
}

Wish read_wish(const web::Request& request) {
    Wish wish;
    wish.q = request.asked("q");
    if (wish.q.find_first_not_of(" \t\r\n") == std::string::npos) wish.q.clear();
    if (wish.q.size() > longest_query) refuse_filter("q", wish.q.substr(0, 40) + "…");
    for (const Facet facet : facets) {
        wish[facet] = request.asked(std::string(code(facet)));
        if (!wish[facet].empty() && !may_be(facet, wish[facet])) refuse_filter(std::string(code(facet)), wish[facet]);
    }
    read_count(wish, request);
    const std::string sort = request.asked("sort");
    if (!sort.empty() && sort != "date" && sort != "relevance") refuse_filter("sort", sort);
    wish.sort = wish.q.empty() || sort == "date" ? Sort::date : Sort::relevance;
    wish.page = page_of(request);
    return wish;
}

bool Wish::anything_narrowed() const {
    return counted || std::any_of(narrowed.begin(), narrowed.end(), [](const auto& value) { return !value.empty(); });
}

std::string Wish::href(std::string_view path) const {
    std::string query;
    const auto add = [&](std::string_view name, std::string_view value) {
        if (value.empty()) return;
        query.append(query.empty() ? "?" : "&").append(name).append("=").append(web::percent_encoded(value));
    };
    add("q", q);
    for (const Facet facet : facets) add(code(facet), (*this)[facet]);
    if (counted) {
        add("count", stood ? "state_" + std::string(exemplars::code(*stood)) : std::string(code(*counted)));
        add("from", days.first.text());
        add("to", days.last.text());
    }
    if (!q.empty() && sort == Sort::date) add("sort", "date");
    if (page > 1) add("page", std::to_string(page));
    return std::string(path) + query;
}

Wish Wish::with(Facet facet, std::string value) const {
    Wish other = *this;
    other[facet] = std::move(value);
    other.page = 1;
    return other;
}

Wish Wish::on_page(int number) const {
    Wish other = *this;
    other.page = number;
    return other;
}

}  // namespace guidon::gallery

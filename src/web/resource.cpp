#include "web/resource.h"

namespace guidon::web {

namespace {

std::string first(const std::multimap<std::string, std::string>& values, const std::string& name,
                  std::string fallback) {
    const auto found = values.find(name);
    return found == values.end() ? std::move(fallback) : found->second;
}

}  // namespace

std::string Request::asked(const std::string& name, std::string fallback) const {
    return first(query, name, std::move(fallback));
}

std::string Request::field(const std::string& name, std::string fallback) const {
    return first(fields, name, std::move(fallback));
}

std::vector<std::string> Request::all_asked(const std::string& name) const {
    std::vector<std::string> found;
    const auto [begin, end] = query.equal_range(name);
    for (auto at = begin; at != end; ++at) found.push_back(at->second);
    return found;
}

std::string Request::header(const std::string& name, std::string fallback) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::move(fallback) : found->second;
}

Answer see_other(std::string location) {
    Answer answer;
    answer.status = 303;
    answer.location = std::move(location);
    return answer;
}

void Routes::get(std::string path, Handler handler) {
    add({Method::get, std::move(path), Access::read, std::move(handler)});
}

void Routes::change(Method method, std::string path, Handler handler, std::uint64_t body_limit) {
    add({method, std::move(path), Access::change, std::move(handler), body_limit});
}

void Routes::add(Route route) {
    routes_.push_back(std::move(route));
}

}  // namespace guidon::web

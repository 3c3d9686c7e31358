#include "web/resource.h"

#include "web/negotiation.h"

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

std::string Request::number(const std::string& name) const {
    const auto written_in = language_of(field("numbers"));
    return written_in ? plain_number(*written_in, field(name)) : field(name);
}

std::string Request::header(const std::string& name, std::string fallback) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::move(fallback) : found->second;
}

std::string Request::cookie(const std::string& name) const {
    return web::cookie(header("cookie"), secure ? "__Host-" + name : name);
}

Cookie taste(std::string name, std::string value) {
    constexpr std::int64_t year_s = 365 * 86'400;
    return {std::move(name), std::move(value), year_s, Worth::taste};
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

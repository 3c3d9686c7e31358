#include "web/site.h"

#include <algorithm>
#include <chrono>

#include "base/assert.h"
#include "base/problem.h"
#include "web/address.h"
#include "web/body.h"
#include "web/guard.h"
#include "web/refusal.h"

namespace guidon::web {

using Clock = std::chrono::steady_clock;

/// Everything about one request on its way; kept alive by whoever still has to do something for it.
struct Site::Exchange {
    Incoming incoming;
    Reply reply;
    Clock::time_point begun;
    Request request;
    Wish wish;
    const Route* route = nullptr;
    std::string route_name = "-";
    std::string shown_path = "-";  // for the log: only what is known to be an address
};

namespace {

std::string header(const Incoming& incoming, const char* name) {
    const auto found = incoming.headers.find(name);
    return found == incoming.headers.end() ? std::string() : found->second;
}

std::string allow_header(const std::vector<Method>& methods) {
    std::string text = "OPTIONS";
    for (const Method method : methods) {
        text.append(", ").append(name_of(method));
        if (method == Method::get) text += ", HEAD";
    }
    return text;
}

bool asks_for_fragment(const Headers& headers) {
    return headers.contains("hx-request") && !headers.contains("hx-boosted") &&
           !headers.contains("hx-history-restore-request");
}

/// A form cannot say PUT: its field `_method` does.
Method meant_method(Method method, const Request& request) {
    if (method != Method::post || request.json) return method;
    const std::string meant = request.field("_method");
    if (meant.empty()) return method;
    for (const Method other : {Method::put, Method::patch, Method::del}) {
        std::string name(name_of(other));
        for (char& c : name) c = static_cast<char>(c + 32);
        if (meant == name) return other;
    }
    throw Problem("web.bad-form", {}, "_method", 400);
}

std::string cookie_text(const Cookie& cookie, bool secure) {
    const bool bound = secure && cookie.worth == Worth::secret;
    std::string text = (bound ? "__Host-" : "") + cookie.name + "=" + cookie.value + "; Path=/; SameSite=Lax; HttpOnly";
    if (secure) text += "; Secure";
    if (cookie.max_age_s != 0) text += "; Max-Age=" + std::to_string(std::max<std::int64_t>(cookie.max_age_s, 0));
    return text;
}

/// The address on this server that led here; "" when it was another or is not told.
std::string page_before(const Headers& headers, const std::string& here) {
    const auto referer = headers.find("referer");
    if (referer == headers.end()) return "";
    if (!referer->second.starts_with(here + "/")) return "";
    const std::string path = referer->second.substr(here.size());
    return is_local(path) ? path : "";
}

std::int64_t now_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now().time_since_epoch()).count();
}

}  // namespace

Site::Site(Routes routes, LiveHub& live, Surroundings surroundings, Options options)
    : routes_(std::move(routes)),
      around_(std::move(surroundings)),
      presenter_(options.parts),
      live_(live),
      log_(options.log_format),
      guard_(std::move(options.guard)) {
    add_own_pages(routes_, {options.parts.version, around_.database, around_.checks, [this] { return metrics_.text(); },
                            around_.admit_operator, options.api, options.parts.assets});
    routes_.get("/live", [](const Request&) -> Answer { throw BrokenPromise("/live is answered by the site"); });
    router_ = std::make_unique<Router>(routes_);
    metrics_.add_gauge("guidon_live_subscribers", "Open event streams.",
                       [this] { return static_cast<double>(live_.subscribers()); });
    metrics_.add_gauge("guidon_kept_bytes", "Bodies kept for the next who asks.",
                       [this] { return static_cast<double>(presenter_.kept_bytes()); });
    metrics_.add_gauge("process_resident_memory_bytes", "Resident memory.", resident_bytes);
}

Site::~Site() = default;

std::uint64_t Site::body_limit(const std::string& method, const std::string& target) const {
    const auto address = read_address(target);
    const auto known = method_of(method);
    if (!address || !known) return form_limit;
    const auto match = router_->find(*known, address->path);
    return match && match->route != nullptr ? match->route->body_limit : form_limit;
}

void Site::answer(Incoming incoming, Reply reply) {
    auto exchange = std::make_shared<Exchange>();
    exchange->incoming = std::move(incoming);
    exchange->reply = std::move(reply);
    exchange->begun = Clock::now();
    exchange->request.id = request_id(exchange->incoming.headers);
    metrics_.begin();
    try {
        take(exchange);
    } catch (...) {
        fail(exchange, std::current_exception());
    }
}

void Site::take(const Shared& exchange) {
    Incoming& incoming = exchange->incoming;
    Wish& wish = exchange->wish;
    wish.address.path = "/";
    wish.language = wanted_language({}, incoming.headers);
    wish.look = wanted_look(incoming.headers);
    wish.representation = wanted_representation("", header(incoming, "accept"));
    guard_.admit(incoming, now_ms());
    wish.origin = incoming.origin();
    auto address = read_address(incoming.target);
    if (!address) throw Problem("web.bad-address", {}, {}, 400);
    wish.address = std::move(*address);
    exchange->shown_path = router_->shown(wish.address.path);
    if (serve_asset(exchange)) return;
    if (!find_route(exchange)) return;
    read_request(exchange);
    run(exchange);
}

bool Site::serve_asset(const Shared& exchange) {
    constexpr std::string_view folder = "/assets/";
    const Incoming& incoming = exchange->incoming;
    const std::string& path = exchange->wish.address.path;
    if (!path.starts_with(folder) || (incoming.method != "GET" && incoming.method != "HEAD")) return false;
    exchange->route_name = "/assets/:name";
    Outgoing out = presenter_.assets().file(path.substr(folder.size()), header(incoming, "accept-encoding"));
    if (!out.body) throw Problem("web.not-found", {{"path", path}}, {}, 404);
    finish(exchange, std::move(out));
    return true;
}

/// Sets the route, or answers without one (OPTIONS, a redirect); throws when there is none.
bool Site::find_route(const Shared& exchange) {
    Wish& wish = exchange->wish;
    const std::string& path = wish.address.path;
    const std::string& method_name = exchange->incoming.method;
    const auto method = method_of(method_name);
    auto match = router_->find(method.value_or(Method::get), path);
    if (!match) {
        if (path.size() > 1 && path.back() == '/' && method == Method::get &&
            router_->find(*method, path.substr(0, path.size() - 1))) {
            Answer moved = see_other(path.substr(0, path.size() - 1) +
                                     (wish.address.query.empty() ? "" : "?" + wish.address.query));
            moved.status = 308;
            succeed(exchange, std::move(moved));
            return false;
        }
        recognise_reader(exchange);
        throw Problem("web.not-found", {{"path", path}}, {}, 404);
    }
    if (method_name == "OPTIONS") {
        exchange->route_name = "OPTIONS";
        Outgoing out;
        out.status = 204;
        out.set("Allow", allow_header(match->allowed));
        finish(exchange, std::move(out));
        return false;
    }
    exchange->request.place = std::move(match->place);
    exchange->route = method ? match->route : nullptr;
    return true;
}

/// Whoever reads that there is nothing to read here is still signed in, and the page says so.
void Site::recognise_reader(const Shared& exchange) {
    if (exchange->incoming.method != "GET") return;
    Request& request = exchange->request;
    request.path = exchange->wish.address.path;
    request.headers = exchange->incoming.headers;
    request.origin = exchange->incoming.origin();
    request.client = exchange->incoming.client;
    request.secure = exchange->incoming.secure;
    try {
        exchange->wish.caller = around_.recognise(request);
    } catch (const Problem&) {
        // a session that has ended: the page is that of the public
    }
}

void Site::read_request(const Shared& exchange) {
    Incoming& incoming = exchange->incoming;
    Request& request = exchange->request;
    Wish& wish = exchange->wish;
    if (!read_pairs(wish.address.query, request.query)) throw Problem("web.bad-address", {}, {}, 400);
    if (!wish.address.suffix.empty()) request.query.emplace("format", wish.address.suffix);
    wish.format = request.asked("format");
    wish.language = wanted_language(request.query, incoming.headers);
    wish.representation = wanted_representation(wish.format, header(incoming, "accept"));
    wish.accept_encoding = header(incoming, "accept-encoding");
    wish.if_none_match = header(incoming, "if-none-match");
    wish.layout = asks_for_fragment(incoming.headers) ? Layout::fragment : Layout::page;
    request.path = wish.address.path;
    request.language = wish.language;
    request.fragment = wish.layout == Layout::fragment;

    const auto sent = method_of(incoming.method);
    wish.conditional = sent == Method::get;
    if (!wish.conditional) {
        admit_change(incoming);
        const std::uint64_t limit = exchange->route == nullptr ? form_limit : exchange->route->body_limit;
        if (incoming.body_size > limit)
            throw Problem("web.large-body", {{"limit", std::to_string(limit >> 20)}}, {}, 413);
        if (const std::string encoding = header(incoming, "content-encoding");
            !encoding.empty() && encoding != "identity") {
            throw Problem("web.media-type", {{"type", encoding}}, {}, 415);  // a small body could unpack to a large one
        }
        if (sent) read_body(header(incoming, "content-type"), incoming.body, request);
    }
    request.method = sent ? meant_method(*sent, request) : Method::get;
    const auto match = router_->find(request.method, request.path);
    exchange->route = sent && match ? match->route : nullptr;
    if (exchange->route == nullptr) {
        recognise_reader(exchange);
        throw Problem(
            "web.method",
            {{"method", incoming.method}, {"allowed", allow_header(match ? match->allowed : std::vector<Method>())}},
            {}, 405);
    }
    exchange->route_name = exchange->route->path;
    check_uploads(request.uploads, exchange->route->upload_types);
    request.place = match->place;
    request.headers = std::move(incoming.headers);
    request.origin = incoming.origin();
    request.client = incoming.client;
    request.secure = incoming.secure;
    if (request.method != Method::get) wish.shown_as = page_of_change(exchange);
    request.caller = around_.recognise(request);
    wish.caller = request.caller;
}

/// The page from which a change was sent, or the nearest one above its own address: what the links of a refused form
/// lead to.
Address Site::page_of_change(const Shared& exchange) const {
    const auto is_page = [&](const Address& address) {
        const auto match = router_->find(Method::get, address.path);
        return match && match->route && address.suffix.empty();
    };
    const auto before = read_address(page_before(exchange->request.headers, exchange->incoming.origin()));
    if (before && is_page(*before)) return *before;
    Address above{exchange->wish.address.path, "", ""};
    while (above.path.size() > 1 && !is_page(above)) above.path.resize(std::max<std::size_t>(above.path.rfind('/'), 1));
    return above;
}

void Site::run(const Shared& exchange) {
    const Route& route = *exchange->route;
    if (route.path == "/live") return serve_live(exchange);
    if (route.access == Access::read) return succeed(exchange, handled(exchange));
    if (route.access != Access::change && route.access != Access::change_alone) return run_on_lane(exchange);

    const auto& submit = route.access == Access::change ? around_.submit : around_.submit_alone;
    auto answer = std::make_shared<Answer>();
    submit([this, exchange, answer] { *answer = handled(exchange); },
           [this, exchange, answer](std::exception_ptr thrown) {
               around_.post([this, exchange, answer, thrown] {
                   try {
                       thrown ? fail(exchange, thrown) : succeed(exchange, std::move(*answer));
                   } catch (...) {
                       fail(exchange, std::current_exception());
                   }
               });
           });
}

/// By the handler, unless the same was sent before.
Answer Site::handled(const Shared& exchange) {
    const Request& request = exchange->request;
    if (request.method == Method::get) return exchange->route->handler(request);
    if (auto before = around_.answered_before(request)) return *std::move(before);
    Answer answer = exchange->route->handler(request);
    around_.answered(request, answer);
    return answer;
}

void Site::run_on_lane(const Shared& exchange) {
    const Access access = exchange->route->access;
    const auto& submit = access == Access::slow    ? around_.submit_slow
                         : access == Access::files ? around_.submit_files
                                                   : around_.submit_remote;
    submit([this, exchange] {
        try {
            succeed(exchange, handled(exchange));
        } catch (...) {
            fail(exchange, std::current_exception());
        }
    });
}

void Site::serve_live(const Shared& exchange) {
    Outgoing out;
    out.topic = exchange->request.asked("topic");
    if (out.topic.empty()) throw Problem("web.no-topic", {}, "topic", 400);
    if (!around_.may_watch(exchange->request, out.topic)) throw Problem("web.not-watched", {}, "topic", 403);
    if (live_.is_full()) throw Problem("web.live-full", {}, {}, 503);
    out.stream = exchange->incoming.method != "HEAD";
    out.last_event = exchange->request.header("last-event-id");
    out.set("Content-Type", "text/event-stream");
    out.set("Cache-Control", "no-store");
    finish(exchange, std::move(out));
}

void Site::succeed(const Shared& exchange, Answer answer) {
    const auto cookies = std::move(answer.cookies);
    GUIDON_ASSERT(answer.location.empty() || answer.leads == Leads::elsewhere || is_local(answer.location));
    Outgoing out = presenter_.present(std::move(answer), exchange->wish);
    for (const Cookie& cookie : cookies) out.set("Set-Cookie", cookie_text(cookie, exchange->request.secure));
    const auto asked = exchange->request.query.find("lang");
    if (asked != exchange->request.query.end() && language_of(asked->second)) {
        out.set("Set-Cookie", cookie_text(taste("lang", asked->second), exchange->request.secure));
    }
    finish(exchange, std::move(out));
}

void Site::fail(const Shared& exchange, std::exception_ptr thrown) {
    Outgoing out;
    try {
        Refusal told = refusal(around_.as_problem(thrown), exchange->wish.language, exchange->request.id);
        if (!told.for_the_log.empty()) log_.wrong(exchange->request.id, told.for_the_log);
        told.document["instance"] = exchange->shown_path;
        std::string back = page_before(exchange->request.headers, exchange->incoming.origin());
        if (back.empty() && told.status == 405) back = page_of_change(exchange).path;  // the page that has the form
        if (!back.empty() && back != "/") told.document["back_href"] = back;
        if (told.status == 401 && exchange->incoming.method == "GET")
            told.document["sign_in_href"] = "/sign-in?to=" + percent_encoded(exchange->wish.address.path);
        out = presenter_.present_problem(told.status, told.document, exchange->wish);
        if (told.status == 405) out.set("Allow", allow_of(exchange));
        if (told.retry_after_s > 0) out.set("Retry-After", std::to_string(told.retry_after_s));
        out.close = told.status == 413 || told.status == 431 || told.status == 414;
    } catch (const std::exception& worse) {  // the catalogue or the templates are broken
        log_.wrong(exchange->request.id, worse.what());
        out = Outgoing();
        out.status = 500;
        out.set("Content-Type", "text/plain; charset=utf-8");
        out.body = std::make_shared<const std::string>("500 " + exchange->request.id + "\n");
    }
    finish(exchange, std::move(out));
}

std::string Site::allow_of(const Shared& exchange) const {
    const auto match = router_->find(Method::get, exchange->wish.address.path);
    return allow_header(match ? match->allowed : std::vector<Method>());
}

void Site::finish(const Shared& exchange, Outgoing outgoing) {
    for (auto& [name, value] : outgoing.headers) {  // a line break would let the value invent headers of its own
        std::replace_if(
            value.begin(), value.end(), [](char c) { return c == '\r' || c == '\n'; }, ' ');
    }
    outgoing.set("X-Request-Id", exchange->request.id);
    add_protection(outgoing, exchange->incoming.secure);
    const std::chrono::duration<double> spent = Clock::now() - exchange->begun;
    metrics_.end(exchange->route_name, method_of(exchange->incoming.method) ? exchange->incoming.method : "other",
                 outgoing.status, spent.count());
    log_.served({exchange->request.id, exchange->incoming.method, exchange->shown_path, exchange->route_name,
                 outgoing.status, outgoing.body ? outgoing.body->size() : 0, spent.count()});
    exchange->reply(std::move(outgoing));
}

}  // namespace guidon::web

#include "web/represent.h"

#include <fmt/format.h>

#include <chrono>
#include <cstring>

#include "base/problem.h"
#include "web/compression.h"
#include "web/page.h"

namespace guidon::web {

namespace json = boost::json;

namespace {

constexpr auto html_type = "text/html; charset=utf-8";
constexpr auto json_type = "application/json";

/// FNV over 128 bits, eight bytes a step: tags need no secrecy, only that two bodies do not meet by accident.
std::string hash(std::string_view content) {
    unsigned __int128 state = (static_cast<unsigned __int128>(0x6c62272e07bb0142u) << 64) | 0x62b821756295c58du;
    constexpr unsigned __int128 prime = (static_cast<unsigned __int128>(0x1000000u) << 64) | 0x13bu;
    for (std::size_t at = 0; at < content.size(); at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, content.data() + at, std::min<std::size_t>(8, content.size() - at));
        state = (state ^ word) * prime;
        state ^= state >> 67;
    }
    state = (state ^ content.size()) * prime;
    return fmt::format("{:016x}{:08x}", static_cast<std::uint64_t>(state >> 64),
                       static_cast<std::uint32_t>(state >> 32));
}

bool shrinks(std::string_view type) {
    return type.starts_with("text/") || type.find("json") != std::string_view::npos ||
           type.find("svg") != std::string_view::npos || type.find("yaml") != std::string_view::npos;
}

/// For Content-Disposition (RFC 6266): ASCII for the old, UTF-8 for the others.
std::string disposition(const std::string& name) {
    std::string plain = name;
    for (char& c : plain) {
        if (c < ' ' || c > '~' || c == '"' || c == '\\') c = '_';
    }
    return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + percent_encoded(name);
}

bool takes_gzip(const Wish& wish) {
    return quality(wish.accept_encoding, "gzip") > 0;
}

bool as_json(const Answer& answer, const Wish& wish) {
    return wish.representation == Representation::json || answer.template_name.empty();
}

bool has_native_digits(const Wish& wish) {
    return wish.look.digits == Digits::native && wish.language == Language::ur;
}

std::string key_of(const Answer& answer, const Wish& wish) {
    std::string key = fmt::format("{}{}?{}|{}|{}|{}{}{}", wish.origin, wish.address.path, wish.address.query,
                                  code(wish.language), wish.format, as_json(answer, wish) ? 'j' : 'h',
                                  wish.layout == Layout::page ? 'p' : 'f', takes_gzip(wish) ? 'z' : '-');
    if (!as_json(answer, wish)) key.append(code(wish.look.theme)).append(has_native_digits(wish) ? "|native" : "");
    return key;
}

/// A page for one person holds their name and the proof for their forms: nothing on the way may keep it.
std::string cache_control(const Answer& answer, const Wish& wish) {
    if (!wish.conditional) return "no-store";
    if (!wish.caller) return answer.cache_control;
    return as_json(answer, wish) ? "private, no-cache" : "no-store";
}

void add_body(Outgoing& out, const std::shared_ptr<const KeptBody>& made, std::string_view if_none_match, bool tagged) {
    if (tagged) out.set("ETag", made->tag);
    if (tag_matches(if_none_match, made->tag)) {
        out.status = 304;
        return;
    }
    out.set("Content-Type", made->type);
    if (!made->encoding.empty()) out.set("Content-Encoding", made->encoding);
    out.body = made->body;
}

}  // namespace

Presenter::Presenter(Parts parts)
    : templates_(parts.templates),
      assets_(parts.assets),
      version_(parts.version),
      build_(build_of(parts)),
      kept_(parts.kept_bytes) {}

std::string Presenter::build_of(const Parts& parts) const {
    // Versions count within one run of the program; a tag of an earlier run must not say that nothing changed.
    std::string all = parts.version + std::to_string(std::chrono::system_clock::now().time_since_epoch().count());
    for (const auto& [name, content] : parts.templates) all.append(name).append(content);
    for (const auto& [name, content] : parts.assets) all.append(name);
    for (const auto& [name, content] : embedded::locales()) all.append(name).append(content);
    return hash(all);
}

std::string Presenter::page(const std::string& name, json::object document, const Wish& wish) const {
    json::object about =
        page_values(wish.origin, wish.shown_as.value_or(wish.address), wish.language, assets_.addresses(), version_);
    if (wish.look.theme != Theme::automatic) about["theme"] = code(wish.look.theme);
    if (wish.caller) {
        about["person"] = wish.caller->shown(wish.language);
        about["form"] = wish.caller->form_token();
    }
    document["page"] = std::move(about);
    json::value shown(std::move(document));
    const bool native = has_native_digits(wish);
    if (native) use_native_digits(shown);
    return templates_.render(name, wish.layout, shown,
                             native ? native_words(wish.language) : words(wish.language, "t."));
}

Presenter::Body Presenter::body(Answer& answer, const Wish& wish) const {
    if (answer.download) return {answer.download->content_type, std::move(answer.download->content)};
    if (wish.format == "csv" || wish.format == "xlsx") {
        throw Problem("web.no-such-representation", {{"format", wish.format}}, {}, 404);
    }
    if (answer.fill) answer.document = answer.fill();
    if (as_json(answer, wish)) return {json_type, json::serialize(answer.document) + "\n"};
    const bool part = wish.layout == Layout::fragment && !answer.fragment_name.empty();
    return {html_type, page(part ? answer.fragment_name : answer.template_name, std::move(answer.document), wish)};
}

Outgoing Presenter::present(Answer answer, const Wish& wish) {
    Outgoing out;
    out.status = answer.status;
    for (auto& [name, value] : answer.headers) out.set(name, value);
    if (!answer.location.empty()) {
        out.set("Location", answer.location);
        if (wish.representation == Representation::html || (answer.document.empty() && !answer.fill)) {
            out.status = answer.status >= 300 && answer.status < 400 ? answer.status : 303;
            out.set("Cache-Control", "no-store");
            return out;
        }
    }
    // a file that says itself how long it is kept is the same for whoever asks, in every language
    if (!answer.headers.contains("Cache-Control")) {
        out.set("Cache-Control", cache_control(answer, wish));
        out.set("Vary", "Accept, Accept-Language, Accept-Encoding, Cookie, HX-Request");
        out.set("Content-Language", std::string(code(wish.language)));
    }
    if (answer.download && !answer.download->file_name.empty()) {
        out.set("Content-Disposition", disposition(answer.download->file_name));
    }
    // a page of one person is never the same twice: its forms are each good once
    const bool tagged = wish.conditional && answer.status == 200 && !(wish.caller && !as_json(answer, wish));
    add_body(out, tagged && !wish.caller && !answer.version.empty() ? versioned(answer, wish) : made(answer, wish),
             tagged ? wish.if_none_match : "", tagged);
    return out;
}

/// A version tells the tag before the body exists: an unchanged page is not built at all, a known one is kept.
std::shared_ptr<const KeptBody> Presenter::versioned(Answer& answer, const Wish& wish) {
    const std::string key = key_of(answer, wish);
    const std::string tag = "\"" + hash(build_ + answer.version + "|" + key) + "\"";
    if (tag_matches(wish.if_none_match, tag)) {
        return std::make_shared<const KeptBody>(KeptBody{answer.version, tag, {}, {}, nullptr});
    }
    if (auto kept = kept_.find(key, answer.version)) return kept;
    KeptBody fresh = *made(answer, wish);
    fresh.tag = tag;
    kept_.keep(key, fresh);
    return std::make_shared<const KeptBody>(std::move(fresh));
}

std::shared_ptr<const KeptBody> Presenter::made(Answer& answer, const Wish& wish) const {
    Body plain = body(answer, wish);
    const bool shrink = takes_gzip(wish) && plain.content.size() >= smallest_compressed && shrinks(plain.type);
    KeptBody fresh{answer.version,
                   "\"" + hash(build_ + plain.content) + (shrink ? "-z\"" : "\""),
                   plain.type,
                   shrink ? "gzip" : "",
                   {}};
    fresh.body = std::make_shared<const std::string>(shrink ? gzipped(plain.content) : std::move(plain.content));
    return std::make_shared<const KeptBody>(std::move(fresh));
}

Outgoing Presenter::present_problem(int status, json::object document, const Wish& wish) {
    Outgoing out;
    out.status = status;
    out.set("Cache-Control", "no-store");
    out.set("Vary", "Accept, Accept-Language, Cookie");
    out.set("Content-Language", std::string(code(wish.language)));
    std::string content;
    if (wish.representation == Representation::json) {
        out.set("Content-Type", "application/problem+json");
        content = json::serialize(document) + "\n";
    } else {
        std::string plain(document["detail"].as_string());
        try {
            content = page("web/problem", std::move(document), wish);
            out.set("Content-Type", html_type);
        } catch (const std::exception&) {  // the page of problems is itself broken: the sentence must still arrive
            content = std::move(plain);
            out.set("Content-Type", "text/plain; charset=utf-8");
        }
    }
    out.body = std::make_shared<const std::string>(std::move(content));
    return out;
}

}  // namespace guidon::web

#include "evidence/evidence_pages.h"

#include <algorithm>
#include <memory>

#include "base/problem.h"
#include "evidence/picture.h"

namespace guidon::evidence {

namespace {

using web::Answer;
using web::Request;

/// Short enough that what is taken back is gone from everybody's memory a day later.
constexpr auto for_a_day = "public, max-age=86400, immutable";
/// Whatever is in the file, a browser that opens it by itself runs nothing of it and knows no cookies of ours.
constexpr auto policy = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox";

struct Office {
    store::Store& store;
    const Depot& depot;
    std::vector<MaySee> nouns;

    Seen seen(const store::Reader& reader, const people::Viewer* viewer, const Evidence& one) const {
        Seen most = Seen::nothing;
        for (const MaySee& may_see : nouns) most = std::max(most, may_see(reader, viewer, one));
        return most;
    }
};

std::optional<Size> size_of(const Request& request, Kind kind) {
    const std::string wish = request.asked("size", "shown");
    if (wish == "shown") return Size::shown;
    if (wish == "original") return Size::original;
    if (wish == "small" && kind == Kind::photo) return Size::small;
    return std::nullopt;
}

Answer send(const Office& office, const Request& request) {
    const auto& id = request.place.at("id");
    const Problem unknown("evidence.unknown", {{"id", id}}, "", 404);
    const auto reader = office.store.read();
    const auto one = find(reader, id);
    if (!one) throw unknown;
    const auto size = size_of(request, one->kind());
    if (!size) throw unknown;
    const bool is_copy = one->kind() == Kind::photo && *size != Size::original;
    const Seen needed = one->kind() == Kind::photo && *size == Size::original ? Seen::original : Seen::copies;
    const bool is_public = office.seen(reader, nullptr, *one) >= needed;
    if (!is_public && office.seen(reader, people::viewer_of(request), *one) < needed) throw unknown;

    Answer answer;
    answer.download =
        web::Download{content(reader, office.depot, *one, *size),
                      std::string(media_type(is_copy ? Format::jpeg : one->format)), is_copy ? "" : one->file_name};
    answer.headers["Content-Security-Policy"] = policy;
    answer.cache_control = "private, no-cache";
    if (is_public) answer.headers["Cache-Control"] = for_a_day;
    return answer;
}

std::string size_text(std::uint64_t bytes, Language language) {
    constexpr std::uint64_t kib = 1 << 10, mib = 1 << 20;
    const bool large = bytes >= mib;
    const auto whole = std::max<std::uint64_t>(1, (bytes + (large ? mib : kib) / 2) / (large ? mib : kib));
    return say(language, large ? "evidence.size.mib" : "evidence.size.kib", {{"size", std::to_string(whole)}});
}

}  // namespace

void add_routes(web::Routes& routes, store::Store& store, const Depot& depot, std::vector<MaySee> nouns) {
    const auto office = std::shared_ptr<Office>(new Office{store, depot, std::move(nouns)});
    routes.get("/evidence/:id", [office](const Request& request) { return send(*office, request); });
}

boost::json::object evidence_part(const Evidence& one, Language language) {
    const std::string href = "/evidence/" + one.public_id;
    boost::json::object part{{"id", one.public_id},
                             {"kind", one.kind() == Kind::photo ? "photo" : "document"},
                             {"format", code(one.format)},
                             {"format_text", say(language, "evidence.format." + std::string(code(one.format)))},
                             {"size", one.size},
                             {"size_text", size_text(one.size, language)},
                             {"file_name", one.file_name},
                             {"photo", one.kind() == Kind::photo},
                             {"href", href}};
    if (one.kind() == Kind::photo) {
        const Extent copy = fitted({one.width, one.height}, shown_side);
        part["small_href"] = href + "?size=small";
        part["width"] = copy.width;
        part["height"] = copy.height;
    }
    return part;
}

}  // namespace guidon::evidence

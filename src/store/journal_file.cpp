#include "store/journal_file.h"

#include <boost/json.hpp>
#include <optional>

#include "base/problem.h"
#include "store/bulk.h"

namespace guidon::store {
namespace {

namespace json = boost::json;

constexpr std::string_view format = "guidon/journal/1";

struct Heading {
    std::string public_key, checkpoint;
};

std::string line_of(const Heading& heading) {
    return json::serialize(
        json::object{{"format", format}, {"public_key", heading.public_key}, {"checkpoint", heading.checkpoint}});
}

std::string line_of(const Entry& entry) {
    return json::serialize(json::object{{"seq", entry.seq},
                                        {"at_utc_ms", entry.at_utc_ms},
                                        {"who", entry.who},
                                        {"capacity", entry.capacity},
                                        {"what", entry.what},
                                        {"subject", entry.subject},
                                        {"document", entry.document},
                                        {"hash", entry.hash}});
}

std::optional<json::object> object_of(std::string_view line) {
    json::error_code wrong;
    const auto value = json::parse(json::string_view(line.data(), line.size()), wrong);
    if (wrong || !value.is_object()) return {};
    return value.as_object();
}

std::string text_in(const json::object& object, const char* key) {
    const auto* value = object.if_contains(key);
    return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

std::int64_t number_in(const json::object& object, const char* key) {
    const auto* value = object.if_contains(key);
    return value && value->is_int64() ? value->as_int64() : 0;
}

std::optional<Heading> heading_of(std::string_view line) {
    const auto object = object_of(line);
    if (!object || text_in(*object, "format") != format) return {};
    return Heading{text_in(*object, "public_key"), text_in(*object, "checkpoint")};
}

std::optional<Entry> entry_of(std::string_view line) {
    const auto object = object_of(line);
    if (!object) return {};
    Entry entry{number_in(*object, "seq"),    number_in(*object, "at_utc_ms"), text_in(*object, "who"),
                text_in(*object, "capacity"), text_in(*object, "what"),        text_in(*object, "subject"),
                text_in(*object, "document"), text_in(*object, "hash")};
    if (line_of(entry) != line) return {};
    return entry;
}

/// Takes the first line, without its end, off `bytes`.
std::string_view next_line(std::string_view& bytes) {
    const auto end = bytes.find('\n');
    const auto line = bytes.substr(0, end);
    bytes = end == std::string_view::npos ? std::string_view() : bytes.substr(end + 1);
    return line;
}

}  // namespace

std::int64_t write_journal(const Reader& reader, const std::function<void(std::string_view)>& append) {
    const auto key = public_key(reader);
    const auto head = newest_checkpoint(reader);
    append(line_of(Heading{key ? key->text() : "", head ? head->text : ""}) + "\n");
    std::int64_t seq = 0, count = 0;
    for (auto entries = entries_since(reader, 0); !entries.empty(); entries = entries_since(reader, seq)) {
        for (const auto& entry : entries) append(line_of(entry) + "\n");
        count += static_cast<std::int64_t>(entries.size());
        seq = entries.back().seq;
    }
    return count;
}

Verdict check_journal_file(std::string_view bytes, const std::string& file, const Trust& trust) {
    const auto first = next_line(bytes);
    const auto heading = heading_of(first);
    if (!heading) throw Problem("journal.no-journal-file", {{"file", file}});
    JournalCheck check(heading->checkpoint, heading->public_key, trust);
    if (line_of(*heading) != first) check.tell("doctor.journal-line", {{"line", "1"}});
    for (std::int64_t line = 2; !bytes.empty(); ++line) {
        if (const auto entry = entry_of(next_line(bytes))) {
            check.add(*entry);
        } else {
            check.tell("doctor.journal-line", {{"line", std::to_string(line)}});
        }
    }
    return check.verdict();
}

}  // namespace guidon::store

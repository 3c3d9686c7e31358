#include "journal/journal_words.h"

#include <algorithm>
#include <vector>

#include "base/moment.h"
#include "people/people_list_store.h"
#include "people/people_pages.h"

namespace guidon::journal {

namespace json = boost::json;
using people::Viewer;

namespace {

/// "Person renamed"; the code itself for a kind without words.
std::string kind_text(std::string_view what, Language language) {
    const std::string key = "journal.what." + std::string(what);
    return has_message(language, key) ? say(language, key) : std::string(what);
}

/// The part of `text` between `begin` and the next of '/', or "".
std::string part_after(std::string_view text, std::string_view begin) {
    const auto at = text.find(begin);
    if (at == std::string_view::npos) return "";
    const auto rest = text.substr(at + begin.size());
    return std::string(rest.substr(0, rest.find('/')));
}

std::string office_name(const store::Reader& reader, const std::string& id, Day day, Language language) {
    const auto office = people::find_office(reader, id);
    return office ? people::office_text(reader, *office, day, language) : id;
}

std::string person_name(const store::Reader& reader, const std::string& id, Language language) {
    const auto person = people::find_person(reader, id);
    if (!person) return id;
    return person->erased ? say(language, "people.erased-person") : person->name;
}

/// "Organiser · Secretary · Ky Anh, for Chair, by an access token"
std::string capacity_text(const store::Reader& reader, const std::string& capacity, Day day, Language language) {
    const std::string_view whole = capacity;
    const std::string first(whole.substr(0, whole.find_first_of("@/")));
    std::string text;
    if (const auto role = people::role_of(first)) {
        text = people::role_title(*role, language);
    } else {  // "self", "password|totp", "first start"
        std::string key = "journal.capacity.";
        for (const char c : first.substr(0, first.find_first_of("|:"))) key += c == ' ' ? '-' : c;
        text = has_message(language, key) ? say(language, key) : first;
    }
    if (const auto office = part_after(whole, "@"); !office.empty()) {
        std::string named = office_name(reader, office, day, language);
        if (const auto holder = part_after(whole, "/for:"); !holder.empty())
            named = say(language, "people.for", {{"office", named}, {"name", person_name(reader, holder, language)}});
        text += " · " + named;
    }
    if (!part_after(whole, "/token:").empty()) text += " · " + say(language, "journal.by-token");
    return text;
}

json::object who_part(const store::Reader& reader, const Viewer* viewer, const std::string& who, Language language) {
    if (const auto person = people::find_person(reader, who))
        return people::person_reference(reader, viewer, *person, language);
    std::string key = "journal.who." + who;
    std::replace(key.begin(), key.end(), ' ', '-');
    return {{"id", who}, {"name", has_message(language, key) ? say(language, key) : who}, {"visible", false}};
}

/// A value as the table of changes shows it.
class Teller {
public:
    Teller(const store::Reader& reader, Day day, Language language) : reader_(reader), day_(day), language_(language) {}

    std::string text(const std::string& field, const json::value& value) const {
        if (value.is_array()) {
            std::string all;
            for (const auto& one : value.as_array()) all += (all.empty() ? "" : ", ") + text(field, one);
            return all;
        }
        if (!value.is_string()) return value.is_null() ? "" : json::serialize(value);
        return named(field, std::string(value.as_string()));
    }
    std::string label(const std::string& field) const {
        const std::string key = "journal.field." + field;
        return has_message(language_, key) ? say(language_, key) : field;
    }

private:
    std::string named(const std::string& field, const std::string& value) const {
        constexpr std::string_view hash = "sha256:";
        if (value.starts_with(hash)) return say(language_, "journal.hashed", {{"hash", value.substr(hash.size(), 12)}});
        if (field == "unit")
            if (const auto unit = units::find_unit(reader_, value, day_)) return pick(unit->names, language_);
        if (field == "deputy" || field == "person") return person_name(reader_, value, language_);
        if (field == "office") return office_name(reader_, value, day_, language_);
        if (field == "from" || field == "to") return date_text(language_, value);
        if (field == "role")
            if (const auto role = people::role_of(value)) return people::role_title(*role, language_);
        return value;
    }

    const store::Reader& reader_;
    Day day_;
    Language language_;
};

struct Line {
    std::string field, before, after;
};

/// Adds what `object` says to one side of the lines; objects inside are told with their own fields.
void gather(std::vector<Line>& lines, const json::object& object, std::string Line::*side, const Teller& teller) {
    for (const auto& [key, value] : object) {
        const std::string field(key);
        if (value.is_object()) {
            gather(lines, value.as_object(), side, teller);
            continue;
        }
        auto line = std::find_if(lines.begin(), lines.end(), [&](const Line& one) { return one.field == field; });
        if (line == lines.end()) line = lines.insert(lines.end(), Line{field, "", ""});
        (*line).*side = teller.text(field, value);
    }
}

json::array changes_of(const std::string& document, const Teller& teller) {
    boost::system::error_code wrong;
    const json::value read = json::parse(document, wrong);
    json::array rows;
    if (wrong || !read.is_object()) return rows;
    json::object rest = read.as_object();
    std::vector<Line> lines;
    if (const auto* before = rest.if_contains("before"); before && before->is_object())
        gather(lines, before->as_object(), &Line::before, teller);
    if (const auto* after = rest.if_contains("after"); after && after->is_object())
        gather(lines, after->as_object(), &Line::after, teller);
    rest.erase("before");
    rest.erase("after");
    gather(lines, rest, &Line::after, teller);
    for (const Line& line : lines) {
        if (line.before.empty() && line.after.empty()) continue;
        json::object row{{"name", teller.label(line.field)}, {"same", line.before == line.after}};
        if (!line.before.empty()) row["before"] = line.before;
        if (!line.after.empty()) row["after"] = line.after;
        row["gone"] = line.after.empty();
        row["fresh"] = line.before.empty();
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace

json::object subject_part(const store::Reader& reader, const Viewer* viewer, const std::string& subject,
                          const Names& names, Day day, Language language) {
    if (const auto unit = units::find_unit(reader, subject, day)) {
        json::object part = units::unit_reference(*unit, language);
        part["visible"] = true;
        return part;
    }
    if (const auto person = people::find_person(reader, subject))
        return people::person_reference(reader, viewer, *person, language);
    for (const auto& council : people::councils(reader))
        if (council.public_id == subject)
            return {{"id", subject},
                    {"name", pick(council.title, language)},
                    {"visible", true},
                    {"href", "/councils/" + council.code}};
    for (const people::Naming& naming : names)
        if (const auto known = naming(reader, viewer, subject, language))
            return {{"id", subject}, {"name", known->name}, {"visible", true}, {"href", known->href}};
    return {{"id", subject}, {"name", subject}, {"visible", false}};
}

json::object entry_document(const store::Reader& reader, const Viewer* viewer, const store::Entry& entry,
                            const JournalSight& sight, const Names& names, Language language) {
    const Day day = Day::of_utc_ms(entry.at_utc_ms);
    const bool shown = sight.shows_details(entry);
    json::array changes;
    if (shown) changes = changes_of(entry.document, Teller(reader, day, language));
    json::object part{{"seq", entry.seq},
                      {"href", "/journal/" + std::to_string(entry.seq)},
                      {"at", iso_moment_ms(entry.at_utc_ms)},
                      {"at_text", exact_moment_text(language, entry.at_utc_ms)},
                      {"who", who_part(reader, viewer, entry.who, language)},
                      {"capacity_text", capacity_text(reader, entry.capacity, day, language)},
                      {"what", entry.what},
                      {"what_text", kind_text(entry.what, language)},
                      {"has_subject", !entry.subject.empty()},
                      {"hidden", !shown},
                      {"has_changes", !changes.empty()}};
    if (!entry.subject.empty()) part["subject"] = subject_part(reader, viewer, entry.subject, names, day, language);
    part["changes"] = std::move(changes);
    return part;
}

}  // namespace guidon::journal

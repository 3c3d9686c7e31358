// What does a list show of an exemplar? A card: its title, whose it is, its field, how far it has come, a photo.
#pragma once

#include <boost/json.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gallery/register.h"
#include "web/resource.h"

namespace guidon::gallery {

/// The address of the small copy of a photo among an exemplar's evidence; nothing if it has none.
using PhotoOf = std::function<std::optional<std::string>(const store::Reader& reader, ExemplarId id)>;

/// What the columns know of a row, for after the look.
struct CardFacts {
    ExemplarId id;
    std::string public_id;
    std::string field, topics, level;
    std::string field_title, level_title;
    Kind kind = Kind::model;
    OwnerKind owner_kind = OwnerKind::collective;
    State state = State::draft;
    std::int32_t unit = 0;
    bool open = true, sample = false;
    Day registered_on, recognised_on;
};
CardFacts card_facts(const View& view, Columns::Row row, Language language);

/// Title in `language`, or as its owner wrote it, with the language in which it is.
struct ShownTitle {
    std::string text;
    Language language = Language::vi;
};
ShownTitle title_of(const store::Reader& reader, ExemplarId id, Language language);

/// {id, title, title_language, href, kind, …}.
boost::json::object card(const store::Reader& reader, Register& all, const CardFacts& facts, Language language,
                         const PhotoOf& photo);

}  // namespace guidon::gallery

#include "base/catalogue.h"

#include <unicode/messagepattern.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/assert.h"
#include "base/embedded.h"

namespace guidon {
namespace {

std::string utf8(const icu::UnicodeString& text) {
    std::string s;
    return text.toUTF8String(s);
}

void sort_unique(std::vector<std::string>& names) {
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
}

Message compile(const std::string& key, std::string pattern) {
    Message message;
    UErrorCode error = U_ZERO_ERROR;
    UParseError place;
    icu::MessagePattern parsed(icu::UnicodeString::fromUTF8(pattern), &place, error);
    if (U_FAILURE(error)) throw BrokenPromise("message " + key + " is not a pattern: " + pattern);

    int literal_from = 0, depth = 0;
    const icu::UnicodeString& text = parsed.getPatternString();
    const auto add_literal = [&](int from, int to) {
        if (to > from) message.pieces.push_back({false, utf8(text.tempSubStringBetween(from, to))});
    };
    for (int i = 0; i < parsed.countParts(); ++i) {
        const auto& part = parsed.getPart(i);
        switch (part.getType()) {
            case UMSGPAT_PART_TYPE_ARG_START: {
                const std::string name = utf8(parsed.getSubstring(parsed.getPart(i + 1)));
                message.names.push_back(name);
                if (part.getArgType() == UMSGPAT_ARG_TYPE_NONE) {
                    add_literal(literal_from, part.getIndex());
                    message.pieces.push_back({true, name});
                } else {
                    message.plain = false;
                    const bool chooses = part.getArgType() == UMSGPAT_ARG_TYPE_SELECT;
                    (chooses ? message.choices : message.numbers).push_back(name);
                }
                ++depth;
                break;
            }
            case UMSGPAT_PART_TYPE_ARG_LIMIT:
                if (--depth == 0) literal_from = part.getLimit();
                break;
            case UMSGPAT_PART_TYPE_SKIP_SYNTAX:
            case UMSGPAT_PART_TYPE_INSERT_CHAR:
                throw BrokenPromise("message " + key + " has an ASCII apostrophe: " + pattern);
            default:
                break;
        }
    }
    if (message.plain)
        add_literal(literal_from, text.length());
    else
        message.pieces.clear();
    sort_unique(message.names);
    sort_unique(message.numbers);
    sort_unique(message.choices);
    message.pattern = std::move(pattern);
    return message;
}

Catalogue read(Language language) {
    Catalogue catalogue;
    const std::string folder = std::string(code(language)) + "/";
    for (const auto& [path, content] : embedded::locales()) {
        if (!path.starts_with(folder) || !path.ends_with(".json")) continue;
        const boost::json::value file = boost::json::parse(content);
        for (const auto& [key, value] : file.as_object()) {
            std::string name(key);
            Message message = compile(name, std::string(value.as_string()));
            const bool added = catalogue.emplace(name, std::move(message)).second;
            if (!added) throw BrokenPromise("message " + name + " is in two files of " + folder);
        }
    }
    return catalogue;
}

}  // namespace

const Catalogue& catalogue(Language language) {
    switch (language) {
        case Language::vi: {
            static const Catalogue vi = read(language);
            return vi;
        }
        case Language::ur: {
            static const Catalogue ur = read(language);
            return ur;
        }
        case Language::en:
            break;
    }
    static const Catalogue en = read(Language::en);
    return en;
}

}  // namespace guidon

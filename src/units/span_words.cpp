#include "units/span_words.h"

namespace guidon::units {

std::string span_text(const Span& span, Language language) {
    const bool begins = span.from != Day::always(), ends = span.to != Day::never();
    if (!begins && !ends) return say(language, "units.always");
    const std::string from = begins ? date_text(language, span.from.text()) : "";
    const std::string to = ends ? date_text(language, span.to.previous().text()) : "";
    if (begins && ends) return say(language, "units.from-to", {{"from", from}, {"to", to}});
    return begins ? say(language, "units.since", {{"from", from}}) : say(language, "units.until", {{"to", to}});
}

}  // namespace guidon::units

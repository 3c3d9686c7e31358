#include "movements/cycle_text.h"

namespace guidon::movements {

namespace {

class Page {
public:
    explicit Page(Language language) : language_(language) {}

    std::string label(const char* key, const Arguments& arguments = {}) const {
        return say(language_, std::string("movement.check.") + key, arguments);
    }
    void line(const std::string& text) {
        if (!text.empty()) text_ += text + "\n";
    }
    void heading(const std::string& text) { text_ += "\n" + text + "\n"; }
    void paragraph(const std::string& title, const std::string& max, const std::string& text) {
        const auto maximum = max.empty() ? std::string() : " (" + label("maximum", {{"max", max}}) + ")";
        text_ += "  " + title + maximum + "\n      " + text + "\n";
    }
    std::string text() && { return std::move(text_); }

private:
    Language language_;
    std::string text_;
};

void head(Page& page, const Cycle& cycle, Language language) {
    const auto& title = pick(cycle.title, language);
    page.line(title.empty() ? cycle.key : title);
    page.line(pick(cycle.theme, language));
    auto when = page.label("period", {{"period", cycle.period}});
    if (!cycle.starts.empty() && !cycle.ends.empty())
        when += " (" +
                page.label("dates",
                           {{"starts", date_text(language, cycle.starts)}, {"ends", date_text(language, cycle.ends)}}) +
                ")";
    page.line(when);
    if (cycle.sample) page.line(page.label("sample"));
}

}  // namespace

std::string text_of(const Cycle& cycle, Language language) {
    const auto words = in_words(cycle, language);
    Page page(language);
    head(page, cycle, language);
    page.heading(page.label("participants"));
    page.line("  " + words.participants);
    for (const auto& part : words.parts) {
        page.heading(!part.title.empty() ? part.title
                                         : page.label(words.parts.size() > 1 ? "criteria-outside" : "criteria"));
        if (!part.text.empty()) page.line("  " + part.text);
        for (const auto& criterion : part.criteria) page.paragraph(criterion.title, criterion.max, criterion.text);
    }
    if (!words.gates.empty()) page.heading(page.label("gates"));
    for (const auto& gate : words.gates) page.paragraph(gate.title, "", gate.text);
    if (!words.classes.empty()) page.heading(page.label("classes"));
    for (const auto& entry : words.classes) page.paragraph(entry.title, "", entry.text);
    page.heading(page.label("total"));
    page.line("  " + words.total);
    page.heading(page.label("ranking"));
    page.line("  " + words.ranking);
    if (!words.audience.empty()) page.heading(page.label("audience"));
    if (!words.audience.empty()) page.line("  " + words.audience);
    return std::move(page).text();
}

}  // namespace guidon::movements

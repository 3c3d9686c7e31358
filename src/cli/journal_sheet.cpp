#include "cli/journal_sheet.h"

#include <ctime>
#include <vector>

#include "base/escaped.h"
#include "files/qr_code.h"

namespace guidon::cli {
namespace {

constexpr int width_mm = 210, height_mm = 297, left_mm = 20, code_mm = 110;

/// The note is wider than the sheet: its last line is cut into pieces. No letter is two bytes beyond the dash.
std::vector<std::string> pieces(const std::string& note) {
    constexpr std::size_t most = 70;
    std::vector<std::string> result;
    for (std::size_t begin = 0; begin < note.size();) {
        const auto end = note.find('\n', begin);
        auto line = note.substr(begin, end - begin);
        for (; line.size() > most; line.erase(0, most)) result.push_back(line.substr(0, most));
        result.push_back(line);
        if (end == std::string::npos) break;
        begin = end + 1;
    }
    return result;
}

/// Dates and codes keep their direction within Urdu (U+2066 … U+2069).
std::string isolated(const std::string& value) {
    return "\xe2\x81\xa6" + value + "\xe2\x81\xa9";
}

class Sheet {
public:
    explicit Sheet(Language language) : rtl_(direction(language) == "rtl") {}

    void line(const std::string& text, double size_mm) {
        y_ += size_mm * 1.6;
        const int x = rtl_ ? width_mm - left_mm : left_mm;
        add(text, x, size_mm,
            rtl_ ? "Noto Nastaliq Urdu, Noto Naskh Arabic, sans-serif\" direction=\"rtl" : "sans-serif");
    }
    void note(const std::string& text) {
        for (const auto& piece : pieces(text)) {
            y_ += 5;
            add(piece, left_mm, 3.5, "monospace");
        }
    }
    void code(const std::string& text) {
        y_ += 6;
        body_ += "<g transform=\"translate(" + std::to_string((width_mm - code_mm) / 2) + " " + std::to_string(y_) +
                 ")\">" + sized(files::qr_svg(text)) + "</g>\n";
        y_ += code_mm + 4;
    }
    std::string svg() const {
        const auto width = std::to_string(width_mm), height = std::to_string(height_mm);
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "mm\" height=\"" + height +
               "mm\" viewBox=\"0 0 " + width + " " + height + "\">\n<rect width=\"" + width + "\" height=\"" + height +
               "\" fill=\"#fff\"/>\n" + body_ + "</svg>\n";
    }

private:
    void add(const std::string& text, int x, double size_mm, const char* family) {
        body_ += "<text x=\"" + std::to_string(x) + "\" y=\"" + std::to_string(y_) + "\" font-size=\"" +
                 std::to_string(size_mm) + "\" font-family=\"" + family + "\" xml:space=\"preserve\">" + escaped(text) +
                 "</text>\n";
    }
    static std::string sized(const std::string& svg) {
        const auto size = std::to_string(code_mm);
        return "<svg width=\"" + size + "\" height=\"" + size + "\"" + svg.substr(4);
    }

    bool rtl_;
    double y_ = 15;
    std::string body_;
};

}  // namespace

std::string utc_text(std::int64_t utc_ms) {
    const auto seconds = static_cast<std::time_t>(utc_ms / 1000);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[40];
    return {text, std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S UTC", &parts)};
}

std::string journal_sheet(const store::Checkpoint& checkpoint, const store::PublicKey& key, Language language) {
    Sheet sheet(language);
    const auto fact = [&](const char* word, const char* name, const std::string& value) {
        return say(language, word, {{name, isolated(value)}});
    };
    sheet.line(fact("journal.sheet.title", "origin", checkpoint.origin), 5.5);
    sheet.line(fact("journal.entries", "entries", std::to_string(checkpoint.size)), 4);
    sheet.line(fact("journal.time", "time", utc_text(checkpoint.at_utc_ms)), 4);
    sheet.line(fact("journal.key", "fingerprint", key.fingerprint()), 4);
    sheet.line(fact("journal.root", "root", checkpoint.root), 3.2);
    sheet.code(checkpoint.text);
    sheet.note(checkpoint.text + "\n" + key.text() + "\n ");
    sheet.line(say(language, "journal.sheet.keep"), 3.5);
    sheet.line(say(language, "journal.sheet.compare"), 3.5);
    return sheet.svg();
}

}  // namespace guidon::cli

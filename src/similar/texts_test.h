// Which real texts do tests and measurements read? Those that lie beside the project; GUIDON_TEXTS names another
// folder.
#pragma once

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace guidon::similar {

inline std::string texts_folder() {
    const char* named = std::getenv("GUIDON_TEXTS");
    return named ? named : "../shared/data/texts";
}

/// The rows of a CSV file without its heading; none if there is no such file.
inline std::vector<std::vector<std::string>> table(const std::string& name) {
    std::ifstream file(texts_folder() + "/" + name);
    const std::string all((std::istreambuf_iterator<char>(file)), {});
    std::vector<std::vector<std::string>> rows(1, {""});
    bool quoted = false;
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto& row = rows.back();
        if (all[i] == '"') {
            if (quoted && all.substr(i + 1, 1) == "\"")
                row.back() += all[i++];
            else
                quoted = !quoted;
        } else if (quoted || (all[i] != ',' && all[i] != '\n' && all[i] != '\r')) {
            row.back() += all[i];
        } else if (all[i] == ',') {
            row.emplace_back();
        } else if (all[i] == '\n') {
            rows.push_back({""});
        }
    }
    rows.erase(rows.begin());
    if (!rows.empty() && rows.back().size() < 2) rows.pop_back();
    return rows;
}

/// Texts of some 120 words, made of real ones: sentences of other texts, a quarter of their words exchanged.
class Author {
public:
    Author(const std::string& file, const std::vector<std::size_t>& columns, std::uint64_t seed) : random_(seed) {
        for (const auto& row : table(file)) {
            auto& sentence = sentences_.emplace_back();
            for (const auto column : columns) split(row.at(column), sentence);
            words_.insert(words_.end(), sentence.begin(), sentence.end());
        }
    }
    bool has_texts() const { return !words_.empty(); }

    std::string text() {
        std::vector<std::string> all;
        while (all.size() < 120) {
            const auto& sentence = sentences_[random_() % sentences_.size()];
            all.insert(all.end(), sentence.begin(), sentence.end());
        }
        return joined(all, 25);
    }
    /// `text` with so many of a hundred words exchanged for others.
    std::string changed(const std::string& text, int percent) {
        std::vector<std::string> all;
        split(text, all);
        return joined(all, percent);
    }
    std::uint64_t number(std::uint64_t below) { return random_() % below; }

private:
    static void split(const std::string& text, std::vector<std::string>& words) {
        for (std::size_t at = 0; at < text.size();) {
            const auto end = std::min(text.find(' ', at), text.size());
            if (end > at) words.push_back(text.substr(at, end - at));
            at = end + 1;
        }
    }
    std::string joined(const std::vector<std::string>& words, int percent) {
        std::string text;
        for (const auto& word : words) {
            const bool exchange = static_cast<int>(number(100)) < percent;
            text += exchange ? words_[number(words_.size())] : word;
            text += ' ';
        }
        return text;
    }

    std::mt19937_64 random_;
    std::vector<std::vector<std::string>> sentences_;
    std::vector<std::string> words_;
};

}  // namespace guidon::similar

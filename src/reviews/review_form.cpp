#include "reviews/review_form.h"

#include <set>

#include "base/toml.h"

namespace guidon::reviews {

using config::Node;

namespace {

constexpr auto file = "review-form.toml";
constexpr std::size_t most_questions = 50;

std::string text_of(const Node& table, std::string_view key) {
    const Node* node = table.find(key);
    return node && node->kind == Node::Kind::text ? node->text : "";
}

Texts texts_of(const Node& table, std::string_view key) {
    Texts all;
    const Node* node = table.find(key);
    if (!node) return all;
    if (node->kind == Node::Kind::text) all[""] = node->text;
    for (const auto& entry : node->entries)
        if (entry.node.kind == Node::Kind::text) all[entry.key] = entry.node.text;
    return all;
}

/// Between nothing and a thousand points.
Decimal most_of(const Node& table) {
    const Node* node = table.find("most");
    if (!node || node->kind != Node::Kind::number) return {};
    const auto most = Decimal::parse(node->text);
    return most && *most > Decimal() && *most <= Decimal::whole(1'000) ? *most : Decimal();
}

bool is_key(const std::string& key) {
    return !key.empty() && key.size() <= 40 &&
           key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") == std::string::npos;
}

void read_questions(const Node& list, ReviewForm& form, std::vector<Fault>& faults) {
    std::set<std::string> seen;
    for (const Node& node : list.items) {
        const auto fault = [&](const char* code) {
            faults.push_back({file,
                              node.place.line,
                              node.place.column,
                              code,
                              {{"number", std::to_string(form.questions.size() + 1)}}});
        };
        Question question{text_of(node, "key"), texts_of(node, "title"), most_of(node)};
        if (!is_key(question.key) || question.title.empty() || question.most == Decimal())
            fault("review-form.question");
        if (!seen.insert(question.key).second) fault("review-form.twice");
        form.questions.push_back(std::move(question));
    }
}

}  // namespace

Decimal ReviewForm::most() const {
    Decimal sum;
    for (const Question& question : questions) sum = sum + question.most;
    return sum;
}

ReviewForm read_review_form(std::string_view toml) {
    std::vector<Fault> faults;
    const auto root = config::parse_toml(toml, file, "movement", faults);
    if (!root) throw Faults(std::move(faults));
    ReviewForm form;
    form.key = text_of(*root, "key");
    form.title = texts_of(*root, "title");
    if (const Node* sample = root->find("sample")) form.sample = sample->yes;
    if (text_of(*root, "format") != "guidon/review-form/1" || !is_key(form.key) || form.title.empty())
        faults.push_back({file, 1, 1, "review-form.format", {}});
    const Node* questions = root->find("questions");
    if (!questions || questions->items.empty() || questions->items.size() > most_questions)
        faults.push_back({file, 1, 1, "review-form.questions", {{"most", std::to_string(most_questions)}}});
    else
        read_questions(*questions, form, faults);
    if (!faults.empty()) throw Faults(std::move(faults));
    return form;
}

}  // namespace guidon::reviews

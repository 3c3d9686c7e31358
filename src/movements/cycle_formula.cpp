#include "movements/cycle_formula.h"

#include <algorithm>

#include "movements/cycle_table.h"
#include "scoring/formula.h"

namespace guidon::movements {

namespace {

constexpr std::size_t max_length = 1000;

const Keys functions{"min", "max", "abs", "floor", "ceil", "round", "sqrt", "ln", "log10", "exp", "if"};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool begins_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool in_name(char c) {
    return begins_name(c) || is_digit(c);
}
bool in_key(char c) {
    return in_name(c) || c == '-' || c == '.' || (static_cast<unsigned char>(c) & 0x80) != 0;
}
bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_name(std::string_view key) {
    return !key.empty() && begins_name(key[0]) && std::all_of(key.begin(), key.end(), in_name);
}

using Wrong = FormulaReading::Wrong;

/// A key that is no name but stands in the expression.
std::optional<Wrong> unusable_key(std::string_view expression, const std::vector<std::string>& known_keys) {
    for (const auto& key : known_keys) {
        if (key.empty() || is_name(key)) continue;
        // `2` or `.5` as a key must not make numbers suspicious.
        if (std::none_of(key.begin(), key.end(), [](char c) { return in_key(c) && !is_digit(c) && c != '.'; }))
            continue;
        for (auto at = expression.find(key); at != std::string_view::npos; at = expression.find(key, at + 1)) {
            const auto end = at + key.size();
            if ((at == 0 || !in_key(expression[at - 1])) && (end == expression.size() || !in_key(expression[end])))
                return Wrong{"movement.formula-key", {{"key", key}}, at};
        }
    }
    return std::nullopt;
}

/// Walks over the expression: collects the names and refuses what muParser would accept beyond the format
/// (assignments, strings, `?:`).
class Scan {
public:
    explicit Scan(std::string_view text) : text_(text) {}

    std::optional<Wrong> run(std::vector<std::string>& names) {
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (is_digit(c) || c == '.')
                skip_number();
            else if (begins_name(c)) {
                if (auto wrong = name(names)) return wrong;
            } else if (auto wrong = sign())
                return wrong;
        }
        return std::nullopt;
    }

private:
    char ahead(std::size_t n) const { return at_ + n < text_.size() ? text_[at_ + n] : '\0'; }

    void skip_number() {
        while (is_digit(ahead(0)) || ahead(0) == '.') ++at_;
        const bool exponent = ahead(0) == 'e' || ahead(0) == 'E';
        const std::size_t sign = ahead(1) == '+' || ahead(1) == '-' ? 1 : 0;
        if (!exponent || !is_digit(ahead(1 + sign))) return;
        at_ += 1 + sign;
        while (is_digit(ahead(0))) ++at_;
    }

    std::optional<Wrong> name(std::vector<std::string>& names) {
        const auto begin = at_;
        while (in_name(ahead(0))) ++at_;
        const std::string name(text_.substr(begin, at_ - begin));
        auto next = at_;
        while (next < text_.size() && is_space(text_[next])) ++next;
        const bool called = next < text_.size() && text_[next] == '(';
        const bool function = std::find(functions.begin(), functions.end(), name) != functions.end();
        if (called && !function)
            return Wrong{"movement.formula-function",
                         {{"name", name}, {"suggestion", suggestion(name, functions)}, {"expected", listed(functions)}},
                         begin};
        if (function && !called) return Wrong{"movement.formula-syntax", {{"near", name}}, begin};
        if (!function && name != "v" && name != "t" && std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(name);
        return std::nullopt;
    }

    std::optional<Wrong> sign() {
        const char c = text_[at_];
        if ((c == '<' || c == '>' || c == '=' || c == '!') && ahead(1) == '=') {
            at_ += 2;
            return std::nullopt;
        }
        if (is_space(c) || std::string_view("+-*/^(),<>").find(c) != std::string_view::npos) {
            ++at_;
            return std::nullopt;
        }
        std::size_t length = 1;
        while ((static_cast<unsigned char>(ahead(length)) & 0xC0) == 0x80) ++length;
        return Wrong{"movement.formula-character", {{"character", std::string(text_.substr(at_, length))}}, at_};
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

/// What stands at `offset`, for the message; "none" at the end.
std::string near(std::string_view expression, std::size_t offset) {
    auto end = std::min(expression.size(), offset + 12);
    while (end < expression.size() && (static_cast<unsigned char>(expression[end]) & 0xC0) == 0x80) ++end;
    return offset < expression.size() ? std::string(expression.substr(offset, end - offset)) : "none";
}

/// Whether the engine can read it.
std::optional<Wrong> syntax(std::string_view expression) {
    const auto text = scoring::read_formula(std::string(expression));
    if (!text.wrong) return std::nullopt;
    const auto offset = std::min(static_cast<std::size_t>(text.position), expression.size());
    return Wrong{"movement.formula-syntax", {{"near", near(expression, offset)}}, offset};
}

}  // namespace

FormulaReading read_expression(std::string_view expression, const std::vector<std::string>& known_keys) {
    FormulaReading reading;
    if (expression.size() > max_length) {
        reading.wrong = Wrong{"movement.formula-too-long", {{"limit", std::to_string(max_length)}}, 0};
        return reading;
    }
    reading.wrong = unusable_key(expression, known_keys);
    if (!reading.wrong) reading.wrong = Scan(expression).run(reading.names);
    if (!reading.wrong) reading.wrong = syntax(expression);
    return reading;
}

}  // namespace guidon::movements

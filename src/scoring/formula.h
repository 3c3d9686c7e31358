// What may a rule's formula say, and what does it amount to?
//
// IEEE double, as FORMATS says; the result becomes a rational only if it is finite. Numbers are written with a
// point in every locale.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guidon::scoring {

/// What reading an expression found: the names that it uses beside `v` and `t`, or where it is wrong.
struct FormulaText {
    std::vector<std::string> names;  // sorted; indicators' keys
    bool uses_value = false, uses_target = false;
    std::optional<std::string> wrong;  // in English, for the fault's argument
    int position = 0;                  // offset in the expression, where it is wrong
};
FormulaText read_formula(const std::string& expression);

/// An expression ready to be evaluated. Threads take turns: a copy for each is faster.
class CompiledFormula {
public:
    /// `expression` must be one that read_formula accepts.
    explicit CompiledFormula(const std::string& expression);
    ~CompiledFormula();
    CompiledFormula(CompiledFormula&&) noexcept;
    CompiledFormula& operator=(CompiledFormula&&) noexcept;

    bool uses_value() const;
    bool uses_target() const;
    /// The indicators' keys, in the order in which evaluate() takes their values.
    const std::vector<std::string>& names() const;
    /// May be infinite or not a number.
    double evaluate(double value, double target, const std::vector<double>& named) const;

private:
    friend FormulaText read_formula(const std::string& expression);
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace guidon::scoring

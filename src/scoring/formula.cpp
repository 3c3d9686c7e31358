#include "scoring/formula.h"

#include <muParser.h>

#include <algorithm>
#include <cmath>
#include <mutex>

#include "base/assert.h"

namespace guidon::scoring {
namespace {

double least(const double* values, int count) {
    return *std::min_element(values, values + count);
}
double most(const double* values, int count) {
    return *std::max_element(values, values + count);
}
double chosen(double condition, double then, double otherwise) {
    return condition != 0 ? then : otherwise;
}
double absolute(double x) {
    return std::fabs(x);
}
double floored(double x) {
    return std::floor(x);
}
double ceiled(double x) {
    return std::ceil(x);
}
double half_away(double x) {
    return std::round(x);
}
double root(double x) {
    return std::sqrt(x);
}
double natural_logarithm(double x) {
    return std::log(x);
}
double decimal_logarithm(double x) {
    return std::log10(x);
}
double exponential(double x) {
    return std::exp(x);
}

mu::Parser parser_of(const std::string& expression) {
    mu::Parser parser;
    parser.ClearFun();
    parser.ClearConst();
    // Rewriting (x^3 → x*x*x, 2*x+3*x → 5*x) would change the last bits.
    parser.EnableOptimizer(false);
    parser.DefineFun("min", least);
    parser.DefineFun("max", most);
    parser.DefineFun("if", chosen);
    parser.DefineFun("abs", absolute);
    parser.DefineFun("floor", floored);
    parser.DefineFun("ceil", ceiled);
    parser.DefineFun("round", half_away);
    parser.DefineFun("sqrt", root);
    parser.DefineFun("ln", natural_logarithm);
    parser.DefineFun("log10", decimal_logarithm);
    parser.DefineFun("exp", exponential);
    parser.SetExpr(expression);
    return parser;
}

/// Where a lone `=` stands (muParser would assign to the variable).
std::size_t assignment(const std::string& expression) {
    for (std::size_t i = 0; i < expression.size(); ++i) {
        if (expression[i] != '=') continue;
        if (i + 1 < expression.size() && expression[i + 1] == '=') {
            ++i;
            continue;
        }
        if (i == 0 || std::string("<>!").find(expression[i - 1]) == std::string::npos) return i;
    }
    return std::string::npos;
}

/// GetUsedVar lists the names without evaluating; it throws where the expression is wrong.
FormulaText names_of(mu::Parser& parser) {
    FormulaText text;
    for (const auto& [name, unused] : parser.GetUsedVar()) {
        if (name == "v")
            text.uses_value = true;
        else if (name == "t")
            text.uses_target = true;
        else
            text.names.push_back(name);
    }
    return text;
}

}  // namespace

struct CompiledFormula::Parts {
    mu::Parser parser;
    FormulaText text;
    double value = 0, target = 0;
    std::vector<double> named;
    std::mutex turn;  // the variables are shared by whoever evaluates

    explicit Parts(const std::string& expression) : parser(parser_of(expression)), text(names_of(parser)) {
        named.resize(text.names.size());
        parser.DefineVar("v", &value);
        parser.DefineVar("t", &target);
        for (std::size_t i = 0; i < named.size(); ++i) parser.DefineVar(text.names[i], &named[i]);
    }
};

FormulaText read_formula(const std::string& expression) {
    FormulaText text;
    if (const auto at = assignment(expression); at != std::string::npos) {
        text.wrong = "= assigns; == compares";
        text.position = static_cast<int>(at);
        return text;
    }
    try {
        CompiledFormula::Parts parts(expression);
        parts.parser.Eval();
        int results = 0;
        parts.parser.Eval(results);
        text = parts.text;
        if (results != 1) text.wrong = "one value was expected";
    } catch (const mu::ParserError& error) {
        text.wrong = error.GetMsg();
        text.position = std::max(0, static_cast<int>(error.GetPos()));
    }
    return text;
}

CompiledFormula::CompiledFormula(const std::string& expression) : parts_(std::make_unique<Parts>(expression)) {}
CompiledFormula::~CompiledFormula() = default;
CompiledFormula::CompiledFormula(CompiledFormula&&) noexcept = default;
CompiledFormula& CompiledFormula::operator=(CompiledFormula&&) noexcept = default;

bool CompiledFormula::uses_value() const {
    return parts_->text.uses_value;
}
bool CompiledFormula::uses_target() const {
    return parts_->text.uses_target;
}
const std::vector<std::string>& CompiledFormula::names() const {
    return parts_->text.names;
}

double CompiledFormula::evaluate(double value, double target, const std::vector<double>& named) const {
    GUIDON_ASSERT(named.size() == parts_->named.size());
    const std::lock_guard lock(parts_->turn);
    parts_->value = value;
    parts_->target = target;
    std::copy(named.begin(), named.end(), parts_->named.begin());
    return parts_->parser.Eval();
}

}  // namespace guidon::scoring

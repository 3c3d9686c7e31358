#include "scoring/working.h"

#include <algorithm>
#include <cctype>

namespace guidon::scoring {
namespace {

/// Signed numbers stand in brackets inside a sum.
std::string number(const Exact& value) {
    const std::string all = text(value);
    return sgn(value) < 0 ? "(" + all + ")" : all;
}
std::string number(Decimal value) {
    return number(exact(value));
}

std::string outcome(const std::string& left, const char* sign, const std::string& right, const Exact& points) {
    return left + " " + sign + " " + right + " → " + text(points);
}

struct Words {
    const Criterion& criterion;
    const SheetCriterion& line;
    const Exact& v = line.value.value;
    const Surroundings& around = line.around;

    std::string share(const Exact& from, const Exact& top, const Exact& bottom) const {
        return "(" + number(top) + " − " + number(from) + ") / (" + number(bottom) + " − " + number(from) + ")";
    }
    std::string times(const std::string& what) const { return number(criterion.max) + " × " + what; }
    std::string kept(std::string what, const std::optional<Decimal>& least, const std::optional<Decimal>& most) const {
        if (most) what = "min(" + most->text() + ", " + what + ")";
        if (least) what = "max(" + least->text() + ", " + what + ")";
        return what;
    }

    std::string operator()(const Ratio& rule) const {
        if (!around.limit.reported()) return "";
        const Exact from = exact(rule.from);
        const Exact& to = around.limit.value;
        if (to == from) return outcome(number(v), v >= to ? "≥" : "<", number(to), line.before_rounding);
        const Exact reached = (v - from) / (to - from);
        const std::string what = share(from, v, to);
        if (reached > 1) return times("min(1, " + what + ")");
        if (reached < 0) return times("max(0, " + what + ")");
        return times(what);
    }
    std::string operator()(const Bands& rule) const {
        const bool shares = rule.on == BandsOn::share;
        if (shares && (!around.target.reported() || sgn(around.target.value) == 0)) return "";
        const std::string left = shares ? number(v) + " / " + number(around.target.value) : number(v);
        if (const Band* band = band_reached(rule, v, around.target))
            return outcome(left, rule.lower_is_better ? "≤" : "≥", number(band->from), line.before_rounding);
        if (rule.bands.empty()) return "";
        return outcome(left, rule.lower_is_better ? ">" : "<", number(rule.bands.back().from), line.before_rounding);
    }
    std::string operator()(const Graded&) const { return text(v); }
    std::string operator()(const PerCase& rule) const {
        return kept(number(rule.each) + " × " + number(v), rule.least, rule.most);
    }
    std::string operator()(const YesNo&) const {
        return outcome(number(v), sgn(v) != 0 ? "≠" : "=", "0", line.before_rounding);
    }
    std::string operator()(const Formula& rule) const { return kept(filled(rule.expression), rule.least, rule.most); }
    std::string operator()(const Relative& rule) const {
        const auto& peers = *around.peers;
        const Exact &best = peers.sorted.front(), &worst = peers.sorted.back();
        switch (rule.method) {
            case RelativeMethod::min_max:
                if (best == worst) return outcome(number(v), "=", number(best), line.before_rounding);
                if (rule.lower_is_better)
                    return times("(" + number(worst) + " − " + number(v) + ") / (" + number(worst) + " − " +
                                 number(best) + ")");
                return times(share(worst, v, best));
            case RelativeMethod::rank: {
                const auto n = std::to_string(peers.sorted.size());
                return times("(" + n + " − " + std::to_string(peers.place(v)) + " + 1) / " + n);
            }
            case RelativeMethod::share_of_best:
                break;
        }
        if (rule.lower_is_better) {
            if (sgn(v) <= 0) return outcome(number(v), v == best ? "=" : ">", number(best), line.before_rounding);
            return sgn(best) < 0 ? times("max(0, " + number(best) + " / " + number(v) + ")")
                                 : times(number(best) + " / " + number(v));
        }
        if (sgn(best) <= 0) return outcome(number(best), "≤", "0", line.before_rounding);
        return sgn(v) < 0 ? times("max(0, " + number(v) + " / " + number(best) + ")")
                          : times(number(v) + " / " + number(best));
    }

    /// The expression with each name replaced by its number.
    std::string filled(const std::string& expression) const {
        std::string result;
        const auto is_name = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; };
        for (std::size_t i = 0; i < expression.size();) {
            if (!is_name(expression[i])) {
                result += expression[i++];
                continue;
            }
            std::size_t end = i;
            while (end < expression.size() && (is_name(expression[end]) || expression[end] == '.')) ++end;
            result += named(expression.substr(i, end - i));
            i = end;
        }
        return result;
    }
    std::string named(const std::string& name) const {
        if (name == "v") return number(v);
        if (name == "t") return around.target.reported() ? number(around.target.value) : name;
        const auto& names = around.formula->names();
        const auto found = std::find(names.begin(), names.end(), name);
        if (found == names.end()) return name;
        const auto& reading = around.named[static_cast<std::size_t>(found - names.begin())];
        return reading.reported() ? number(reading.value) : name;
    }
};

}  // namespace

std::string working(const Criterion& criterion, const SheetCriterion& line) {
    if (line.state != CriterionOutcome::State::counted || !line.value.reported()) return "";
    return std::visit(Words{criterion, line}, criterion.rule);
}

}  // namespace guidon::scoring

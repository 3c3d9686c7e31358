// In which form does a column keep a criterion's values? Chosen so that its loop rounds exactly; see columns.h.
#include <algorithm>
#include <limits>
#include <numeric>

#include "scoring/columns.h"

namespace guidon::scoring {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

constexpr std::int32_t lowest = std::numeric_limits<std::int32_t>::min();  // below every reported value
constexpr std::int32_t highest = std::numeric_limits<std::int32_t>::max();
constexpr std::int64_t exact_in_double = std::int64_t{1} << 53;
/// Stored points beyond this do not fit; it leaves room to add up columns and factors.
constexpr std::int64_t stored_limit = std::int64_t{1} << 26;

Cell cell_at(const std::vector<Cell>& cells, int unit) {
    return cells.empty() ? Cell() : cells[at(unit)];
}

/// A fraction in lowest terms, if both parts fit.
struct Fraction {
    std::int64_t top = 0, bottom = 1;
};
std::optional<Fraction> fraction(__int128 top, __int128 bottom) {
    __int128 a = top < 0 ? -top : top, b = bottom;
    while (b != 0) std::swap(a %= b, b);
    if (a == 0) return Fraction{0, 1};
    top /= a;
    bottom /= a;
    if (top > highest || top < -highest || bottom > highest) return std::nullopt;
    return Fraction{static_cast<std::int64_t>(top), static_cast<std::int64_t>(bottom)};
}

/// How many steps `points` round to, if that fits.
std::optional<std::int32_t> in_steps(const Exact& points, const Rounding& round) {
    const Exact steps = rounded(points, round) / exact(round.step);
    if (abs(steps) >= Exact(highest)) return std::nullopt;
    return static_cast<std::int32_t>(steps.get_num().get_si());
}

std::int64_t ceiling(std::int64_t n, std::int64_t divisor) {
    return n >= 0 ? (n + divisor - 1) / divisor : -(-n / divisor);
}

/// Makes two non-negative numbers smaller by the same factor, as long as that is easy.
void shorten(std::int64_t& x, std::int64_t& y) {
    for (const std::int64_t factor : {1000, 1000, 1000, 10, 10})
        if (y >= factor && x % factor == 0 && y % factor == 0) {
            x /= factor;
            y /= factor;
        }
}

}  // namespace

bool CriterionColumn::prepare() {
    const auto& rule = criterion().rule;
    const auto full = in_steps(exact(criterion().max), criterion().round);
    if (!full) return false;
    full_ = *full;
    if (const auto* per_case = std::get_if<PerCase>(&rule))
        return prepare_linear(per_case->each, per_case->least, per_case->most);
    if (std::holds_alternative<Graded>(rule)) return prepare_linear(Decimal::whole(1), {}, {});
    if (const auto* bands = std::get_if<Bands>(&rule)) return prepare_bands(*bands);
    if (std::holds_alternative<YesNo>(rule)) {
        times_ = full_;
        return true;
    }
    const auto share = fraction(criterion().max.in_millionths(), criterion().round.step.in_millionths());
    if (!share || share->top < 0) return false;
    form_ = Form::quotient;
    times_ = static_cast<std::int32_t>(share->top);
    divide_by_ = static_cast<std::int32_t>(share->bottom);
    return true;
}

/// each × v, kept within limits: as it is where steps come out whole, else as a quotient.
bool CriterionColumn::prepare_linear(Decimal each, const std::optional<Decimal>& least,
                                     const std::optional<Decimal>& most) {
    const auto& round = criterion().round;
    const auto low = in_steps(exact(least.value_or(Decimal())), round);
    const auto high = in_steps(exact(most.value_or(Decimal())), round);
    const auto slope = fraction(static_cast<__int128>(each.in_millionths()) * divisor_,
                                static_cast<__int128>(Decimal::unit) * round.step.in_millionths());
    if (!low || !high || !slope) return false;
    if (least) least_ = *low;
    if (most) most_ = *high;
    if (least_ > most_) return false;
    times_ = static_cast<std::int32_t>(slope->top);
    if (slope->bottom == 1) return true;
    // Rounded quotients are of absolute values, so that the sign has to be the same for all.
    form_ = Form::quotient;
    constant_y_ = true;
    divide_by_ = static_cast<std::int32_t>(slope->bottom);
    if (times_ < 0) {
        sign_ = -1;
        times_ = -times_;
        least_ = most ? -*high : lowest;
        most_ = least ? -*low : highest;
    }
    return least_ <= 0 && most_ >= 0;
}

bool CriterionColumn::prepare_bands(const Bands& rule) {
    form_ = rule.on == BandsOn::share ? Form::share_steps : Form::steps;
    std::int32_t reached = 0;
    for (auto band = rule.bands.rbegin(); band != rule.bands.rend(); ++band) {
        const auto points = in_steps(exact(band->points), criterion().round);
        if (!points || *points > stored_limit || *points < -stored_limit) return false;
        const auto bound = rule.lower_is_better ? -band->from.in_millionths() : band->from.in_millionths();
        if (form_ == Form::share_steps) {
            if (std::abs(bound) > exact_in_double / 4) return false;
            share_from_.push_back(static_cast<double>(bound));
        } else {
            const auto scaled = ceiling(bound, divisor_);
            if (scaled > highest) break;  // this band and the better ones are beyond what a column holds
            from_.push_back(static_cast<std::int32_t>(std::max<std::int64_t>(scaled, lowest + 1)));
        }
        gain_.push_back(*points - reached);
        reached = *points;
    }
    return true;
}

Cell CriterionColumn::value(int unit) const {
    const auto* cells = loaded_->readings.values(criterion().indicator).decimals();
    return cells ? cell_at(*cells, unit) : Cell();
}

bool CriterionColumn::encode(int slot, const Scorer& scorer, Encoded& out) const {
    const int unit = loaded_->groups.unit(slot);
    if (form_ == Form::stored) return encode_stored(unit, scorer, out);
    if (!loaded_->readings.values(criterion().indicator).decimals()) return false;
    const Cell cell = value(unit);
    const bool steps = form_ == Form::steps || form_ == Form::share_steps;
    if (!cell.reported()) {
        out.skipped =
            cell.missing() ? criterion().missing == Missing::skip : criterion().not_applicable == NotApplicable::skip;
        const bool full = cell.is_not_applicable() && criterion().not_applicable == NotApplicable::full;
        out.x = steps ? lowest : 0;
        out.y = divide_by_;
        if (full) {
            if (std::holds_alternative<Ratio>(criterion().rule) || std::holds_alternative<YesNo>(criterion().rule))
                out.x = 1;
            else
                return full_ == 0 && !steps && least_ <= 0 && most_ >= 0;
        }
        out.reach = std::abs(static_cast<std::int64_t>(full_));
        return steps || (least_ <= 0 && most_ >= 0);
    }
    if (std::holds_alternative<Ratio>(criterion().rule)) return encode_ratio(cell, unit, out);
    if (form_ == Form::share_steps) return encode_share(cell, unit, out);
    return encode_number(cell, out);
}

bool CriterionColumn::encode_ratio(Cell cell, int unit, Encoded& out) const {
    const auto& rule = std::get<Ratio>(criterion().rule);
    Cell limit;
    if (const auto* number = std::get_if<Decimal>(&rule.to)) {
        limit = *number;
    } else {
        const auto* other = std::get_if<IndicatorRef>(&rule.to);
        const auto& layer =
            other ? loaded_->readings.values(other->indicator) : loaded_->readings.targets(criterion().indicator);
        const auto* cells = layer.decimals();
        if (!cells) return false;
        limit = cell_at(*cells, unit);
    }
    out.reach = std::abs(static_cast<std::int64_t>(full_)) + 1;
    std::int64_t x = 0, y = 1;
    if (limit.reported()) {
        const auto from = rule.from.in_millionths(), v = cell.value().in_millionths();
        const auto to = limit.value().in_millionths();
        y = to - from;
        x = y < 0 ? from - v : v - from;
        if (y == 0) {
            x = v >= to;
            y = 1;
        }
        y = std::abs(y);
        x = std::clamp<std::int64_t>(x, 0, y);
        shorten(x, y);
    }
    if (y > highest / divide_by_) return false;
    out.x = static_cast<std::int32_t>(x);
    out.y = static_cast<std::int32_t>(y) * divide_by_;
    return true;
}

bool CriterionColumn::encode_share(Cell cell, int unit, Encoded& out) const {
    const auto* targets = loaded_->readings.targets(criterion().indicator).decimals();
    if (!targets) return false;
    const Cell target = cell_at(*targets, unit);
    out.reach = std::abs(std::accumulate(gain_.begin(), gain_.end(), std::int64_t{0}));
    for (const auto gain : gain_) out.reach += std::abs(static_cast<std::int64_t>(gain));
    if (!target.reported() || target.value() == Decimal()) {
        out.x = lowest;
        return true;
    }
    std::int64_t x = cell.value().in_millionths(), y = target.value().in_millionths();
    if (y < 0) x = -x, y = -y;
    if (std::get<Bands>(criterion().rule).lower_is_better) x = -x;
    shorten(x, y);
    if (x <= lowest || x > highest || y > highest) return false;
    for (const double from : share_from_)
        if (std::abs(from) * static_cast<double>(y) >= static_cast<double>(exact_in_double)) return false;
    out.x = static_cast<std::int32_t>(x);
    out.y = static_cast<std::int32_t>(y);
    return true;
}

bool CriterionColumn::encode_number(Cell cell, Encoded& out) const {
    const auto v = cell.value().in_millionths();
    if (std::holds_alternative<YesNo>(criterion().rule)) {
        out.x = v != 0;
        out.reach = std::abs(static_cast<std::int64_t>(full_));
        return true;
    }
    if (v % divisor_ != 0) return false;
    const auto x = v / divisor_;
    if (x <= lowest || x > highest) return false;
    out.x = static_cast<std::int32_t>(x);
    out.y = divide_by_;
    if (form_ == Form::steps) {
        if (std::get<Bands>(criterion().rule).lower_is_better) out.x = -out.x;
        for (const auto gain : gain_) out.reach += std::abs(static_cast<std::int64_t>(gain));
        return true;
    }
    const std::int64_t product = x * times_;
    if (form_ == Form::linear) {
        out.reach = std::abs(std::clamp<std::int64_t>(product, least_, most_));
        return std::abs(product) < highest;
    }
    // `times` of a quotient is at most 2^31, x too; the sum below cannot overflow 64 bits.
    const auto quotient = product / divide_by_ + 1;
    out.reach = std::min<std::int64_t>(quotient, most_);
    return x >= 0 && quotient < highest && product < exact_in_double / 4;
}

bool CriterionColumn::encode_stored(int unit, const Scorer& scorer, Encoded& out) const {
    if (!scorer.reported_anything(unit)) return true;
    std::vector<Fault> none;  // refused before anything is scored
    const auto line = scorer.criterion(unit, index_, none);
    out.skipped = !line.counts();
    if (out.skipped) return true;
    const Exact steps = line.points / exact(criterion().round.step);
    if (abs(steps) > Exact(stored_limit)) return false;
    out.x = static_cast<std::int32_t>(steps.get_num().get_si());
    out.reach = std::abs(static_cast<std::int64_t>(out.x));
    return true;
}

}  // namespace guidon::scoring

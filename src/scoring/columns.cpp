#include "scoring/columns.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <limits>
#include <numeric>

#include "scoring/lanes.h"

namespace guidon::scoring {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

constexpr std::int32_t lowest = std::numeric_limits<std::int32_t>::min();  // below every reported value
constexpr std::int32_t highest = std::numeric_limits<std::int32_t>::max();
constexpr std::int64_t narrow_divisor = std::int64_t{1} << 30, narrow_quotient = std::int64_t{1} << 17;
constexpr std::int64_t exact_in_double = std::int64_t{1} << 53;
/// So many slots are encoded by one thread at a time; scored at once are no more.
constexpr int at_once = 4096;
/// Stored points beyond this do not fit; it leaves room to add up columns and factors.
constexpr std::int64_t stored_limit = std::int64_t{1} << 26;

Cell cell_at(const std::vector<Cell>& cells, int unit) {
    return cells.empty() ? Cell() : cells[at(unit)];
}

bool is_small(std::int32_t x) {
    return x >= std::numeric_limits<std::int16_t>::min() && x <= std::numeric_limits<std::int16_t>::max();
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

CriterionColumn::CriterionColumn(Loaded& loaded, int criterion, int threads) : loaded_(&loaded), index_(criterion) {
    choose_form(threads);
}

const Criterion& CriterionColumn::criterion() const {
    return loaded_->rules.criteria[at(index_)];
}

void CriterionColumn::choose_form(int threads) {
    const auto& rule = criterion().rule;
    const bool countable = !std::holds_alternative<Formula>(rule) && !std::holds_alternative<Relative>(rule) &&
                           loaded_->readings.values(criterion().indicator).decimals();
    if (countable)
        for (const std::int64_t divisor : {1000, 1'000'000, 1, 100, 10})
            if (choose(Form::linear, divisor) && encode_all(threads)) return;
    if (choose(Form::stored, 1) && encode_all(threads)) return;
    form_ = Form::none;
}

/// Sets the constants of the form; the rule says which one `linear` stands for.
bool CriterionColumn::choose(Form form, std::int64_t divisor) {
    form_ = form;
    divisor_ = divisor;
    times_ = sign_ = divide_by_ = 1;
    least_ = lowest;
    most_ = highest;
    constant_y_ = false;
    from_.clear();
    gain_.clear();
    share_from_.clear();
    return form == Form::stored || prepare();
}

bool CriterionColumn::prepare() {
    const auto& round = criterion().round;
    const auto step = round.step.in_millionths();
    const auto full = in_steps(exact(criterion().max), round);
    if (!full) return false;
    full_ = *full;
    const auto limits = [&](const std::optional<Decimal>& least, const std::optional<Decimal>& most) {
        const auto low = in_steps(exact(least.value_or(Decimal())), round);
        const auto high = in_steps(exact(most.value_or(Decimal())), round);
        if (!low || !high) return false;
        if (least) least_ = *low;
        if (most) most_ = *high;
        return least_ <= most_;
    };
    const auto linear = [&](Decimal each, const std::optional<Decimal>& least, const std::optional<Decimal>& most) {
        const auto slope = fraction(static_cast<__int128>(each.in_millionths()) * divisor_,
                                    static_cast<__int128>(Decimal::unit) * step);
        if (!slope || !limits(least, most)) return false;
        times_ = static_cast<std::int32_t>(slope->top);
        if (slope->bottom == 1) return true;
        // Rounded quotients: of absolute values, so that the sign has to be the same for all.
        form_ = Form::quotient;
        constant_y_ = true;
        divide_by_ = static_cast<std::int32_t>(slope->bottom);
        sign_ = times_ < 0 ? -1 : 1;
        times_ *= sign_;
        if (sign_ < 0) {
            const auto low = least_;
            least_ = most_ == highest ? lowest : -most_;
            most_ = low == lowest ? highest : -low;
        }
        return least_ <= 0 && most_ >= 0;
    };
    if (const auto* rule = std::get_if<PerCase>(&criterion().rule)) return linear(rule->each, rule->least, rule->most);
    if (std::holds_alternative<Graded>(criterion().rule)) return linear(Decimal::whole(1), {}, {});
    if (std::holds_alternative<YesNo>(criterion().rule)) {
        times_ = full_;
        return true;
    }
    if (std::holds_alternative<Ratio>(criterion().rule)) {
        const auto share = fraction(criterion().max.in_millionths(), step);
        if (!share || share->top < 0) return false;
        form_ = Form::quotient;
        times_ = static_cast<std::int32_t>(share->top);
        divide_by_ = static_cast<std::int32_t>(share->bottom);
        return true;
    }
    const auto& rule = std::get<Bands>(criterion().rule);
    form_ = rule.on == BandsOn::share ? Form::share_steps : Form::steps;
    std::int32_t reached = 0;
    for (auto band = rule.bands.rbegin(); band != rule.bands.rend(); ++band) {
        const auto points = in_steps(exact(band->points), round);
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

/// What the loops need of one encoded value: that rounding it is exact.
bool CriterionColumn::exact_in_loop(const Encoded& encoded) const {
    return 2 * static_cast<__int128>(times_) * encoded.x + 2 * static_cast<__int128>(encoded.y) < exact_in_double;
}
bool CriterionColumn::exact_in_float(const Encoded& encoded) const {
    const auto quotient = static_cast<std::int64_t>(times_) * encoded.x / encoded.y + 1;
    return encoded.y < narrow_divisor && quotient <= narrow_quotient;
}

bool CriterionColumn::pairs() const {
    return form_ == Form::share_steps || (form_ == Form::quotient && !constant_y_);
}

/// Units lie in files in any order: asks for the cells of one that is encoded soon.
void CriterionColumn::fetch(int slot) const {
    const auto unit = at(loaded_->groups.unit(slot));
    const auto* values = loaded_->readings.values(criterion().indicator).decimals();
    const auto* targets = loaded_->readings.targets(criterion().indicator).decimals();
    if (values && !values->empty()) __builtin_prefetch(values->data() + unit);
    if (targets && !targets->empty()) __builtin_prefetch(targets->data() + unit);
}

bool CriterionColumn::encode_all(int threads) {
    const int slots = loaded_->groups.slots();
    const int tasks = (slots + at_once - 1) / at_once;
    struct Found {
        std::int64_t reach = 0;
        bool fits = true, narrow = true, skips = false;
    };
    std::vector<Found> found(at(tasks));
    std::atomic<bool> fits = true;
    ColumnOf<std::int16_t>().swap(small_);
    numbers_.resize(at(slots) * (pairs() ? 2 : 1));
    skipped_.assign(at(slots), 0);
    loaded_->provide_scorers(threads);
    loaded_->workers.share(threads, tasks, [&](int task, int thread) {
        auto& here = found[at(task)];
        const int end = std::min(slots, (task + 1) * at_once);
        const auto& scorer = *loaded_->scorers[at(thread)];
        for (int slot = task * at_once; fits && slot < end; ++slot) {
            if (form_ != Form::stored) fetch(std::min(slot + 24, end - 1));
            Encoded encoded;
            here.fits = encode(slot, scorer, encoded);
            if (form_ == Form::quotient) {
                here.fits = here.fits && exact_in_loop(encoded);
                here.narrow = here.narrow && exact_in_float(encoded);
            }
            if (!here.fits) fits = false;
            numbers_[at(slot)] = encoded.x;
            if (pairs()) numbers_[at(slots + slot)] = encoded.y;
            skipped_[at(slot)] = encoded.skipped;
            here.skips = here.skips || encoded.skipped;
            here.reach = std::max(here.reach, encoded.reach);
        }
    });
    if (!fits) return false;
    constant_.assign(constant_y_ ? at_once : 0, divide_by_);
    narrow_ = form_ == Form::quotient && times_ <= narrow_quotient && criterion().round.mode == RoundMode::half_up;
    reach_ = 0;
    bool skips = false;
    for (const auto& here : found) {
        narrow_ = narrow_ && here.narrow;
        skips = skips || here.skips;
        reach_ = std::max(reach_, here.reach);
    }
    if (!skips) skipped_.clear();
    make_small();
    return true;
}

/// Half the memory to read, and a nation may fit the cache.
void CriterionColumn::make_small() {
    small_.clear();
    const bool possible = form_ == Form::linear || (form_ == Form::quotient && constant_y_ && narrow_);
    if (!possible || !std::all_of(numbers_.begin(), numbers_.end(), is_small)) return;
    small_.assign(numbers_.begin(), numbers_.end());
    ColumnOf<std::int32_t>().swap(numbers_);
}

void CriterionColumn::make_wide() {
    numbers_.assign(small_.begin(), small_.end());
    ColumnOf<std::int16_t>().swap(small_);
}

void CriterionColumn::refresh(int slot) {
    Encoded encoded;
    if (!encode(slot, *loaded_->scorers[0], encoded) || (form_ == Form::quotient && !exact_in_loop(encoded))) {
        choose_form(1);
        return;
    }
    if (!small_.empty() && !(is_small(encoded.x) && (form_ == Form::linear || exact_in_float(encoded)))) make_wide();
    if (small_.empty())
        numbers_[at(slot)] = encoded.x;
    else
        small_[at(slot)] = static_cast<std::int16_t>(encoded.x);
    if (pairs()) numbers_[numbers_.size() / 2 + at(slot)] = encoded.y;
    if (encoded.skipped && skipped_.empty()) skipped_.resize(at(loaded_->groups.slots()));
    if (!skipped_.empty()) skipped_[at(slot)] = encoded.skipped;
    reach_ = std::max(reach_, encoded.reach);
    narrow_ = narrow_ && exact_in_float(encoded);
}

void CriterionColumn::add(int begin, int end, std::int32_t factor, std::int32_t* out) const {
    if (!small_.empty()) {
        const auto* x = small_.data() + begin;
        if (form_ == Form::linear)
            lanes::add_linear(x, end - begin, times_, least_, most_, factor, out);
        else
            lanes::add_quotient_narrow(x, divide_by_, end - begin, times_, most_, factor * sign_, out);
        return;
    }
    const auto* x = numbers_.data() + begin;
    const auto* y = constant_y_ ? constant_.data() : x + numbers_.size() / 2;
    const int count = end - begin;
    const auto steps = static_cast<int>(gain_.size());
    switch (form_) {
        case Form::none:
            break;
        case Form::stored:
            lanes::add(x, count, factor, out);
            break;
        case Form::linear:
            lanes::add_linear(x, count, times_, least_, most_, factor, out);
            break;
        case Form::steps:
            lanes::add_steps(x, count, from_.data(), gain_.data(), steps, factor, out);
            break;
        case Form::share_steps:
            lanes::add_share_steps(x, y, count, share_from_.data(), gain_.data(), steps, factor, out);
            break;
        case Form::quotient: {
            if (narrow_)
                lanes::add_quotient_narrow(x, y, count, times_, most_, factor * sign_, out);
            else
                lanes::add_quotient_wide(x, y, count, times_, criterion().round.mode, most_, factor * sign_, out);
            break;
        }
    }
}

void CriterionColumn::announce(int begin) const {
    if (!small_.empty()) {
        lanes::fetch(small_.data() + begin);
        return;
    }
    lanes::fetch(numbers_.data() + begin);
    if (pairs()) lanes::fetch(numbers_.data() + numbers_.size() / 2 + begin);
}

std::int32_t CriterionColumn::points(int slot) const {
    std::int32_t points = 0;
    add(slot, slot + 1, 1, &points);
    return points;
}

}  // namespace guidon::scoring

#include "scoring/columns.h"

#include <algorithm>
#include <atomic>
#include <limits>

#include "scoring/lanes.h"

namespace guidon::scoring {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

constexpr std::int32_t lowest = std::numeric_limits<std::int32_t>::min();
constexpr std::int32_t highest = std::numeric_limits<std::int32_t>::max();
constexpr std::int64_t narrow_divisor = std::int64_t{1} << 30, narrow_quotient = std::int64_t{1} << 17;
constexpr std::int64_t exact_in_double = std::int64_t{1} << 53;
/// So many slots are encoded by one thread at a time; scored at once are no more.
constexpr int at_once = 16384;
bool is_small(std::int32_t x) {
    return x >= std::numeric_limits<std::int16_t>::min() && x <= std::numeric_limits<std::int16_t>::max();
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

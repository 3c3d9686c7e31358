#include "cli/demo_lives.h"

#include <array>
#include <chrono>

namespace guidon::cli {
namespace {

using exemplars::State;
using exemplars::Step;
using exemplars::Verb;
using std::chrono::days;
using std::chrono::sys_days;

sys_days date(int year, int month, int day) {
    return std::chrono::year(year) / month / day;
}

Day day_of(sys_days at) {
    const std::chrono::year_month_day date(at);
    return Day::of_number(static_cast<int>(date.year()) * 10'000 + static_cast<int>(unsigned(date.month())) * 100 +
                          static_cast<int>(unsigned(date.day())));
}

sys_days between(sys_days first, sys_days last, Draw& draw) {
    return first + days(draw.between(0, static_cast<int>((last - first).count())));
}

/// Authorities decide twice a month, about many at once.
sys_days sitting(sys_days earliest, sys_days latest, Draw& draw) {
    const std::chrono::year_month_day wanted(between(earliest, latest, draw));
    const sys_days middle = std::chrono::year_month_day(wanted.year(), wanted.month(), std::chrono::day(15));
    return middle >= earliest ? middle : middle + days(13);
}

/// Its steps after registration, as far as it comes in the cycle's year.
struct Way {
    std::array<Verb, 5> verbs;
    std::size_t length;
    int last_month;  // in which it may still be registered
};
constexpr std::array all_first{Verb::launch, Verb::start, Verb::propose, Verb::submit, Verb::recognise};

Way way_to(std::string_view outcome) {
    if (outcome == "registered") return {all_first, 0, 12};
    if (outcome == "launched") return {all_first, 1, 11};
    if (outcome == "running") return {all_first, 2, 10};
    if (outcome == "proposed") return {all_first, 3, 9};
    if (outcome == "council") return {all_first, 4, 9};
    if (outcome == "recognised" || outcome == "kept") return {all_first, 5, 8};
    if (outcome == "not_recognised") {
        Way way{all_first, 5, 8};
        way.verbs[4] = Verb::decline;
        return way;
    }
    return {all_first, 2, 6};  // and then ended, removed, moved
}

class LifeLine {
public:
    LifeLine(const LifeWish& wish, const Phrases& phrases, Draw& draw) : wish_(wish), phrases_(phrases), draw_(draw) {}

    std::vector<Step> walk() {
        const auto plus = wish_.outcome.find('+');
        const std::string_view outcome = wish_.outcome.substr(0, plus);
        const int later = plus == std::string_view::npos ? 0 : wish_.outcome[plus + 1] - '0';
        if (outcome == "draft") return {};
        first_year(way_to(outcome));
        if (outcome == "kept")
            for (int n = 1; n <= later; ++n) take(Verb::confirm, in_year(n, 2, 6));
        if (outcome == "ended") take(Verb::end, in_year(later, 9, 12));
        if (outcome == "removed") take(Verb::remove, in_year(later, 9, 12));
        if (outcome == "moved") take(Verb::transfer, in_year(later, 3, 5));
        if (outcome == "reactivated") {
            take(Verb::remove, in_year(later - 1, 4, 6));
            take(Verb::reactivate, in_year(later, 2, 4));
        }
        return std::move(steps_);
    }

private:
    void first_year(const Way& way) {
        const sys_days begin = between(date(wish_.year, 1, 4), date(wish_.year, way.last_month, 20), draw_);
        take(Verb::register_, begin);
        if (way.length == 0) return;
        const sys_days close = date(wish_.year, 12, way.length == 5 ? 14 : 20);
        const int gap = way.length == 5 ? 80 : static_cast<int>(12 * way.length);
        sys_days end = between(std::min(begin + days(gap), close), close, draw_);
        if (way.length == 5) end = sitting(std::min(begin + days(gap), close), close, draw_);
        if (way.length < 3) end = std::min(end, begin + days(30 * static_cast<int>(way.length)));
        const int span = static_cast<int>((end - begin).count());
        constexpr std::array share{8, 16, 70, 85, 100};  // hundredths of the way to a decision
        for (std::size_t i = 0; i < way.length; ++i)
            take(way.verbs[i], begin + days(span * share[i] / share[way.length - 1]));
    }

    sys_days in_year(int later, int first_month, int last_month) {
        const int year = wish_.year + later;
        return sitting(date(year, first_month, 1), date(year, last_month, 14), draw_);
    }

    void take(Verb verb, sys_days at) {
        const exemplars::Move* move = exemplars::find_move(state_, verb);
        GUIDON_ASSERT(move);
        Step step{.verb = verb, .to = move->to, .on = day_of(at)};
        if (move->needs.level) step.level = wish_.authority->level;
        if (move->needs.decision) step.decision = decision(step.on);
        if (move->side == exemplars::Side::authority) step.by_unit = wish_.authority->unit;
        if (move->needs.reason) explain(step);
        if (verb == Verb::transfer) step.unit = wish_.moves_to;
        steps_.push_back(std::move(step));
        state_ = move->to;
    }

    void explain(Step& step) {
        static const std::vector<std::string> why{"ineffective", "ineffective", "formal-only", "stopped"};
        switch (step.verb) {
            case Verb::remove:
                step.reason = draw_.one_of(why);
                step.note = phrases_.remark("removed", draw_);
                break;
            case Verb::end:
                step.reason = "purpose-reached";
                step.note = phrases_.remark("ended", draw_);
                break;
            case Verb::decline:
                step.reason = "not-met";
                step.note = phrases_.remark("declined", draw_);
                break;
            case Verb::transfer:
                step.reason = "wrong-unit";
                break;
            default:
                step.note = "Đơn vị đã khôi phục hoạt động, có người phụ trách mới.";
        }
    }

    /// One number for all that a unit decides on a day.
    std::string decision(Day on) const {
        const auto number = (wish_.authority->unit.number() * 31 + on.number() % 10'000 * 7) % 480 + 12;
        return std::to_string(number) + "-QĐ/" + wish_.authority->sign;
    }

    const LifeWish& wish_;
    const Phrases& phrases_;
    Draw& draw_;
    State state_ = State::draft;
    std::vector<Step> steps_;
};

}  // namespace

std::vector<Step> steps_of(const LifeWish& wish, const Phrases& phrases, Draw& draw) {
    return LifeLine(wish, phrases, draw).walk();
}

}  // namespace guidon::cli

#include "imports/code_book.h"

#include <algorithm>

#include "base/assert.h"

namespace guidon::imports {
namespace {

bool overlap(Span one, Span other) {
    return one.from < other.to && other.from < one.to;
}

Day first_of(int year, int month) {
    return Day::of_number((year + (month - 1) / 12) * 10'000 + ((month - 1) % 12 + 1) * 100 + 1);
}

}  // namespace

Span days_of(std::string_view period) {
    if (period.empty()) return {};
    const int year = std::stoi(std::string(period.substr(0, 4)));
    int first = 1, months = 12;
    if (period.size() == 7) {
        const int digit = period[6] - '0';
        if (period[5] == 'H')
            first = 6 * (digit - 1) + 1, months = 6;
        else if (period[5] == 'Q')
            first = 3 * (digit - 1) + 1, months = 3;
        else
            first = (period[5] - '0') * 10 + digit, months = 1;
    }
    return {first_of(year, first), first_of(year, first + months)};
}

CodeBook::CodeBook(std::vector<units::HeldCode> held, Day today)
    : held_(std::move(held)), index_(held_.size()), today_(today) {
    std::stable_sort(held_.begin(), held_.end(), [](const auto& a, const auto& b) { return a.code < b.code; });
    for (std::size_t i = 0; i < held_.size(); ++i) {
        by_unit_[held_[i].unit].push_back(i);
        if (i > 0 && held_[i - 1].code == held_[i].code) {
            by_code_.back().end = i + 1;
            continue;
        }
        index_.add(held_[i].code);
        by_code_.push_back({i, i + 1});
    }
}

const units::HeldCode* CodeBook::held(Range range, std::string_view period) const {
    const Span days = days_of(period);
    const units::HeldCode* last = nullptr;
    for (auto i = range.begin; i < range.end; ++i) {
        const auto& one = held_[i];
        const bool ends_period = one.held.from < days.to && one.held.to >= days.to;
        const bool decides = days.holds_on(today_) ? one.held.holds_on(today_) : ends_period;
        if (decides) return &one;
        if (overlap(one.held, days) && (!last || last->held.from < one.held.from)) last = &one;
    }
    return last;
}

std::optional<units::UnitId> CodeBook::unit(int index, std::string_view period) const {
    const auto* found = held(by_code_[static_cast<std::size_t>(index)], period);
    return found ? std::optional(found->unit) : std::nullopt;
}

std::optional<units::UnitId> CodeBook::holder(std::string_view code, Day on) const {
    const auto found = any_holder(code, {on, Day::of_number(on.number() + 1)});
    return found ? std::optional(found->unit) : std::nullopt;
}

std::optional<units::HeldCode> CodeBook::any_holder(std::string_view code, Span days) const {
    const int index = index_.find(code);
    if (index < 0) return std::nullopt;
    const auto [begin, end] = by_code_[static_cast<std::size_t>(index)];
    for (auto i = begin; i < end; ++i) {
        if (overlap(held_[i].held, days)) return held_[i];
    }
    return std::nullopt;
}

std::string CodeBook::code(units::UnitId unit, std::string_view period) const {
    const auto codes = by_unit_.find(unit);
    GUIDON_ASSERT(codes != by_unit_.end());
    for (const auto i : codes->second) {
        const int index = index_.find(held_[i].code);
        if (this->unit(index, period) == unit) return held_[i].code;
    }
    return held_[codes->second.back()].code;
}

}  // namespace guidon::imports

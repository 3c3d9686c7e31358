// How are the choices of a movement file written? One table per choice: reading, writing and wording share it.
#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "people/sight.h"
#include "scoring/rulebook.h"

namespace guidon::movements {

template <class Enum, std::size_t n>
using Names = std::array<std::pair<std::string_view, Enum>, n>;

namespace names {

using namespace scoring;

enum class RuleKind { ratio, bands, graded, per_case, yes_no, formula, relative };  // as in scoring::Rule

inline constexpr Names<RuleKind, 7> rule_kinds{{{"ratio", RuleKind::ratio},
                                                {"bands", RuleKind::bands},
                                                {"graded", RuleKind::graded},
                                                {"per_case", RuleKind::per_case},
                                                {"yes_no", RuleKind::yes_no},
                                                {"formula", RuleKind::formula},
                                                {"relative", RuleKind::relative}}};
inline constexpr Names<RoundMode, 4> round_modes{{{"half-up", RoundMode::half_up},
                                                  {"half-even", RoundMode::half_even},
                                                  {"down", RoundMode::down},
                                                  {"up", RoundMode::up}}};
inline constexpr Names<Rollup, 5> rollups{
    {{"none", Rollup::none}, {"sum", Rollup::sum}, {"mean", Rollup::mean}, {"max", Rollup::max}, {"min", Rollup::min}}};
inline constexpr Names<Combine, 5> combines{{{"sum", Combine::sum},
                                             {"mean", Combine::mean},
                                             {"weighted-mean", Combine::weighted_mean},
                                             {"geometric-mean", Combine::geometric_mean},
                                             {"min", Combine::min}}};
inline constexpr Names<BandsOn, 2> bands_on{{{"value", BandsOn::value}, {"share", BandsOn::share}}};
inline constexpr Names<RelativeMethod, 3> relative_methods{{{"min-max", RelativeMethod::min_max},
                                                            {"rank", RelativeMethod::rank},
                                                            {"share-of-best", RelativeMethod::share_of_best}}};
inline constexpr Names<Missing, 3> missing{
    {{"zero", Missing::zero}, {"skip", Missing::skip}, {"refuse", Missing::refuse}}};
inline constexpr Names<NotApplicable, 3> not_applicable{
    {{"skip", NotApplicable::skip}, {"full", NotApplicable::full}, {"zero", NotApplicable::zero}}};
inline constexpr Names<Passes, 3> passes{
    {{"at_most", Passes::at_most}, {"at_least", Passes::at_least}, {"equals", Passes::equals}}};
inline constexpr Names<bool, 2> gate_missing{{{"fail", false}, {"pass", true}}};
inline constexpr Names<Within, 4> withins{
    {{"group", Within::group}, {"parent", Within::parent}, {"kind", Within::kind}, {"all", Within::all}}};
inline constexpr Names<Tie::By, 4> tie_kinds{{{"criterion", Tie::By::criterion},
                                              {"indicator", Tie::By::indicator},
                                              {"section", Tie::By::section},
                                              {"among", Tie::By::among}}};
inline constexpr Names<CombineEntries, 5> combine_entries{{{"sum", CombineEntries::sum},
                                                           {"mean", CombineEntries::mean},
                                                           {"count", CombineEntries::count},
                                                           {"max", CombineEntries::max},
                                                           {"min", CombineEntries::min}}};
inline constexpr Names<Order, 2> orders{{{"high-first", Order::high_first}, {"low-first", Order::low_first}}};
inline constexpr Names<people::Audience, 4> audiences{{{"unit", people::Audience::unit},
                                                       {"chain", people::Audience::chain},
                                                       {"group", people::Audience::group},
                                                       {"public", people::Audience::open}}};
inline constexpr Names<Rest, 3> rests{{{"share", Rest::share}, {"dense", Rest::dense}, {"code", Rest::code}}};

}  // namespace names

/// The written form of `choice`.
template <class Enum, std::size_t n>
constexpr std::string_view written(const Names<Enum, n>& table, Enum choice) {
    for (const auto& [name, value] : table)
        if (value == choice) return name;
    return {};
}

}  // namespace guidon::movements

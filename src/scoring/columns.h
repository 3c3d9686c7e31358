// How are a criterion's values kept so that points come out of a plain loop? By slot, narrow, one form per rule.
//
// A column holds what was reported in the form that its loop wants – a ratio as two whole numbers, say – never the
// points themselves, unless no loop can be exact (then `stored`: formulas, comparisons, figures too wide).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "scoring/board.h"
#include "scoring/column_memory.h"

namespace guidon::scoring {

class CriterionColumn {
public:
    /// Chooses the narrowest form that holds all the values. `fits()` says whether there is one.
    CriterionColumn(Loaded& loaded, int criterion, int threads);

    bool fits() const { return form_ != Form::none; }
    /// Whether some unit has the criterion left out.
    bool skips() const { return !skipped_.empty(); }
    bool skipped(int slot) const { return skips() && skipped_[static_cast<std::size_t>(slot)] != 0; }
    const std::uint8_t* skipped_from(int slot) const { return skipped_.data() + slot; }
    /// No points are further from 0 than this many steps.
    std::int64_t reach() const { return reach_; }

    /// out[i] += factor × points of slot begin + i, in steps of the criterion's rounding.
    void add(int begin, int end, std::int32_t factor, std::int32_t* out) const;
    std::int32_t points(int slot) const;
    /// Asks for the first values from slot `begin` on, because add() comes next.
    void announce(int begin) const;

    /// Whether a unit's points depend on its peers' values.
    bool compares() const { return std::holds_alternative<Relative>(criterion().rule); }
    /// Takes over what the unit at `slot` reports now. May choose another form; fits() says whether one was found.
    void refresh(int slot);

private:
    enum class Form { none, linear, quotient, steps, share_steps, stored };
    struct Encoded {
        std::int32_t x = 0, y = 1;
        bool skipped = false;
        std::int64_t reach = 0;
    };
    bool choose(Form form, std::int64_t divisor);
    bool prepare();
    bool prepare_linear(Decimal each, const std::optional<Decimal>& least, const std::optional<Decimal>& most);
    bool prepare_bands(const Bands& rule);
    bool encode_all(int threads);
    void fetch(int slot) const;
    bool encode(int slot, const Scorer& scorer, Encoded& out) const;
    bool encode_ratio(Cell value, int unit, Encoded& out) const;
    bool encode_share(Cell value, int unit, Encoded& out) const;
    bool encode_number(Cell value, Encoded& out) const;
    bool encode_stored(int unit, const Scorer& scorer, Encoded& out) const;
    bool exact_in_loop(const Encoded& encoded) const;
    bool exact_in_float(const Encoded& encoded) const;
    bool pairs() const;
    void make_small();
    void make_wide();
    void choose_form(int threads);
    Cell value(int unit) const;
    const Criterion& criterion() const;

    Loaded* loaded_;
    int index_;
    Form form_ = Form::none;
    std::int64_t divisor_ = 1;  // of millionths
    std::int32_t times_ = 1, most_ = 0, least_ = 0, sign_ = 1, full_ = 0;
    std::int32_t divide_by_ = 1;  // quotient: every y is a multiple of it
    bool narrow_ = false, constant_y_ = false;
    ColumnOf<std::int32_t> numbers_;      // x by slot; where the form has pairs, behind them y
    ColumnOf<std::int16_t> small_;        // instead of them, where every x is small and there is no y by slot
    std::vector<std::int32_t> constant_;  // y, where it is the same for all
    std::vector<std::int32_t> from_, gain_;
    std::vector<double> share_from_;
    std::vector<std::uint8_t> skipped_;
    std::int64_t reach_ = 0;
};

}  // namespace guidon::scoring

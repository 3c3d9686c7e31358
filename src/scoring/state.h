// What does an engine keep in memory?
#pragma once

#include "scoring/board.h"
#include "scoring/engine.h"

namespace guidon::scoring {

/// What has to be refused in everything that was loaded, by unit and criterion; at most max_faults.
std::vector<Fault> faults_of(Loaded& loaded, int threads);

struct Engine::State {
    State(Rulebook rules, Field field, int threads, Arithmetic arithmetic);

    void score(int threads);
    Moved change(int unit, int indicator, Cell value, Cell target);
    Explanation explain(int unit) const;

    Loaded loaded;
    Arithmetic arithmetic;
    std::unique_ptr<Board> board;

    static std::size_t at(int index) { return static_cast<std::size_t>(index); }
    std::unique_ptr<Board> make_board(int threads);
    void set_cell(int unit, int indicator, Cell value, Cell target);
    /// Puts the value in and says what has to be refused because of it.
    std::vector<Fault> set_and_check(int unit, int indicator, Cell value, Cell target, std::vector<int>& changed);
    void explain_sheet(Explanation& why, const Sheet& sheet) const;
    void explain_place(Explanation& why) const;
    std::string needed(int unit, int above) const;
};

}  // namespace guidon::scoring

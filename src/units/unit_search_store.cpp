// Which units does a person mean who types a few letters?
#include <algorithm>
#include <map>

#include "base/language.h"
#include "store/sql.h"
#include "units/units_store.h"

namespace guidon::units {

std::vector<Unit> load_in_order(const store::Reader& reader, const std::vector<UnitId>& ids, Day on);

namespace {

using store::Reader;
using store::rows;

// So many names with the letters somewhere inside are looked at; whoever gets more has to type more.
constexpr int most_candidates = 1000;

// Behind every text that begins with the letters before it.
constexpr const char* last_character = "\xf4\x8f\xbf\xbf";

std::size_t letters_in(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::string replaced(std::string_view text, std::string_view each, std::string_view before) {
    std::string result;
    for (const char c : text) {
        if (each.find(c) != std::string_view::npos) result += before;
        result += c;
    }
    return result;
}

/// Where in a name the letters stand: the better, the smaller.
enum class Place { code, beginning, word, inside };

class Finds {
public:
    void add(UnitId unit, Place place, const std::string& folded_name) {
        const auto found = std::pair(place, folded_name);
        const auto [known, is_new] = best_.emplace(unit, found);
        if (!is_new) known->second = std::min(known->second, found);
    }
    std::vector<UnitId> best(std::size_t most) const {
        std::vector<std::pair<std::pair<Place, std::string>, UnitId>> order;
        for (const auto& [unit, found] : best_) order.emplace_back(found, unit);
        std::sort(order.begin(), order.end());
        std::vector<UnitId> ids;
        for (const auto& [found, unit] : order) {
            if (ids.size() < most) ids.push_back(unit);
        }
        return ids;
    }
    std::size_t size() const { return best_.size(); }

private:
    std::map<UnitId, std::pair<Place, std::string>> best_;
};

constexpr const char* of_kind_then =
    " AND t.valid_from <= :on1 AND :on2 < t.valid_to AND (:any = 1 OR u.kind = :kind) ";

void find_beginnings(const Reader& reader, const std::string& letters, Day on, int most, std::string_view kind,
                     Finds& finds) {
    for (const bool codes : {true, false}) {
        const std::string table = codes ? "unit_code" : "unit_name";
        for (const auto& [unit, folded_name] : rows<UnitId, std::string>(
                 reader,
                 "SELECT t.unit, t.folded FROM " + table +
                     " t JOIN unit u ON u.id = t.unit WHERE t.folded >= :from AND t.folded < :to" + of_kind_then +
                     "ORDER BY t.folded LIMIT :most",
                 letters, letters + last_character, on, on, kind.empty() ? 1 : 0, kind, most)) {
            finds.add(unit, codes ? Place::code : Place::beginning, folded_name);
        }
    }
}

/// With three letters or more an index finds them anywhere; fewer are looked for where words begin.
void find_inside(const Reader& reader, const std::string& letters, Day on, std::string_view kind, Finds& finds) {
    const bool indexed = letters_in(letters) >= 3;
    const std::string like = (indexed ? "%" : "% ") + replaced(letters, "%_\\", "\\") + "%";
    const std::string quoted = '"' + replaced(letters, "\"", "\"") + '"';
    const bool letters_table = indexed && reader.backend() == store::Backend::sqlite;
    const std::string names = "SELECT t.unit, t.folded FROM unit_name t JOIN unit u ON u.id = t.unit WHERE ";
    const std::string condition = letters_table
                                      ? "t.id IN (SELECT rowid FROM unit_name_letters WHERE folded MATCH :letters)"
                                  : reader.backend() == store::Backend::sqlite ? "t.folded LIKE :letters ESCAPE '\\'"
                                                                               : "t.folded::text LIKE :letters";
    for (const auto& [unit, folded_name] : rows<UnitId, std::string>(
             reader, names + condition + of_kind_then + "LIMIT :most", letters_table ? quoted : like, on, on,
             kind.empty() ? 1 : 0, kind, most_candidates)) {
        const bool at_word = folded_name.find(' ' + letters) != std::string::npos;
        finds.add(unit,
                  folded_name.starts_with(letters) ? Place::beginning
                  : at_word                        ? Place::word
                                                   : Place::inside,
                  folded_name);
    }
}

}  // namespace

std::vector<Unit> search(const Reader& reader, std::string_view text, Day on, int most, std::string_view kind) {
    const std::string letters = folded(text);
    if (letters.empty() || most <= 0) return {};
    Finds finds;
    find_beginnings(reader, letters, on, most, kind, finds);
    if (finds.size() < static_cast<std::size_t>(most)) find_inside(reader, letters, on, kind, finds);
    return load_in_order(reader, finds.best(static_cast<std::size_t>(most)), on);
}

}  // namespace guidon::units

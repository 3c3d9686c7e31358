#include "scoring/peers.h"

#include <algorithm>
#include <cstdint>
#include <numeric>

namespace guidon::scoring {
namespace {

/// What units have in common that are compared: an index (-1 = the empty code) and how many indices there are.
struct Key {
    const std::vector<int>* of_unit = nullptr;  // nothing: all are compared
    const std::vector<std::string>* codes = nullptr;
};
Key key_of(Within within, const Field& field) {
    switch (within) {
        case Within::group:
            return {&field.groups, &field.group_codes};
        case Within::parent:
            return {&field.parents, &field.codes};
        case Within::kind:
            return {&field.kinds, &field.kind_codes};
        case Within::all:
            break;
    }
    return {};
}

/// The first eight bytes as a number that orders like them; most comparisons need no more.
std::uint64_t prefix(const std::string& code) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 8; ++i)
        number = number << 8 | (i < code.size() ? static_cast<unsigned char>(code[i]) : 0U);
    return number;
}

void sort_by_code(std::vector<int>& units, const std::vector<std::string>& codes) {
    struct Entry {
        std::uint64_t prefix;
        int unit;
    };
    std::vector<Entry> entries;
    entries.reserve(units.size());
    for (const int unit : units) entries.push_back({prefix(codes[static_cast<std::size_t>(unit)]), unit});
    std::sort(entries.begin(), entries.end(), [&](const Entry& a, const Entry& b) {
        if (a.prefix != b.prefix) return a.prefix < b.prefix;
        return codes[static_cast<std::size_t>(a.unit)] < codes[static_cast<std::size_t>(b.unit)];
    });
    for (std::size_t i = 0; i < units.size(); ++i) units[i] = entries[i].unit;
}

}  // namespace

void PeerGroups::collect(const Rulebook& rules, const Field& field) {
    const Key key = key_of(rules.ranking.within, field);
    std::vector<int> known(key.codes ? key.codes->size() + 1 : 1, -1);
    for (std::size_t unit = 0; unit < field.codes.size(); ++unit) {
        if (!field.takes_part[unit]) continue;
        const int index = key.of_unit ? (*key.of_unit)[unit] : -1;
        const bool unnamed = index < 0 || (*key.codes)[at(index)].empty();
        int& group = known[unnamed ? 0 : at(index) + 1];
        if (group < 0) {
            group = static_cast<int>(members_.size());
            members_.emplace_back();
            codes_.push_back(unnamed ? std::string_view() : std::string_view((*key.codes)[at(index)]));
        }
        of_[unit] = group;
        members_[at(group)].push_back(static_cast<int>(unit));
    }
}

PeerGroups::PeerGroups(const Rulebook& rules, const Field& field, Workers& workers, int threads)
    : of_(field.codes.size(), -1), slots_(field.codes.size(), -1) {
    collect(rules, field);
    const auto groups = static_cast<int>(members_.size());
    constexpr int at_once = 64;
    workers.share(threads, (groups + at_once - 1) / at_once, [&](int task, int) {
        for (int group = task * at_once; group < std::min(groups, (task + 1) * at_once); ++group)
            sort_by_code(members_[at(group)], field.codes);
    });
    begins_.push_back(0);
    for (const auto& group : members_) {
        for (const int unit : group) {
            slots_[at(unit)] = slots();
            units_.push_back(unit);
        }
        begins_.push_back(slots());
    }
    order_.resize(members_.size());
    std::iota(order_.begin(), order_.end(), 0);
    std::sort(order_.begin(), order_.end(), [&](int a, int b) { return codes_[at(a)] < codes_[at(b)]; });
}

int PeerValues::place(const Exact& value) const {
    const auto first =
        std::partition_point(sorted.begin(), sorted.end(), [&](const Exact& other) { return better(other, value); });
    return static_cast<int>(first - sorted.begin()) + 1;
}

PeerValues peer_values(const std::vector<int>& members, const Layer& values, bool lower_is_better) {
    PeerValues peers;
    peers.lower_is_better = lower_is_better;
    for (const int unit : members)
        if (auto reading = values.read(unit); reading.reported()) peers.sorted.push_back(std::move(reading.value));
    std::sort(peers.sorted.begin(), peers.sorted.end(),
              [&](const Exact& a, const Exact& b) { return peers.better(a, b); });
    return peers;
}

}  // namespace guidon::scoring

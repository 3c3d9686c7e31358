// What is a unit in its group? One leads for a term, one stands in.
#pragma once

#include <optional>
#include <string_view>

namespace guidon::units {

enum class GroupRole { none, leader, deputy };

/// Wire form: "", "leader", "deputy".
constexpr std::string_view code(GroupRole role) {
    constexpr std::string_view codes[] = {"", "leader", "deputy"};
    return codes[static_cast<int>(role)];
}

constexpr std::optional<GroupRole> group_role_of(std::string_view text) {
    for (const auto role : {GroupRole::none, GroupRole::leader, GroupRole::deputy}) {
        if (code(role) == text) return role;
    }
    return std::nullopt;
}

}  // namespace guidon::units

// How do bodies shrink on their way?
#pragma once

#include <string>
#include <string_view>

namespace guidon::web {

/// Bodies below this size are sent as they are: a packet is a packet.
constexpr std::size_t smallest_compressed = 1024;

std::string gzipped(std::string_view content);

}  // namespace guidon::web

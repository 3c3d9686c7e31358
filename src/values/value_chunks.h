// How is a large values file shared out among threads? Into chunks that end behind a line feed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "values/value_scan.h"

namespace guidon::values {

/// A file that the fast scan can try: columns known, header without faults, rows cut into chunks.
struct Chunks {
    Layout layout;
    std::vector<Fault> warnings;
    std::vector<std::string_view> parts;
};
/// Nothing if the header needs the plain reader.
std::optional<Chunks> cut(std::string_view csv, const std::string& file, int threads);

}  // namespace guidon::values

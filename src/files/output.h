// How do several files appear all together or not at all? They are written under other names and renamed at the end.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace guidon::files {

/// The files that one command leaves behind. Unless `commit` was reached, no trace of them stays. Everything throws
/// Problem "file.not-written" with `path`, `reason` (missing, denied, directory, full, other; input where it is read,
/// too) and `detail`.
class OutputFiles {
public:
    OutputFiles() = default;
    ~OutputFiles();
    OutputFiles(const OutputFiles&) = delete;
    OutputFiles& operator=(const OutputFiles&) = delete;

    /// Begins a file; what is appended goes to the one begun last.
    void begin(const std::string& path);
    void append(std::string_view bytes);
    /// Puts all files in their places.
    void commit();

private:
    struct File {
        std::string path, temporary;
        int descriptor;
        bool in_place;  // a device or pipe, that cannot be replaced by another file
    };
    void flush();

    std::vector<File> files_;
    std::string buffer_;
};

}  // namespace guidon::files

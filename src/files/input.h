// How do the bytes of a file come into memory?
#pragma once

#include <string>
#include <string_view>

namespace guidon::files {

/// A file mapped into memory, or read where that is not possible (pipes). Throws Problem "file.not-readable" with
/// `path`, `reason` (missing, denied, directory, other) and `detail`.
class InputFile {
public:
    explicit InputFile(const std::string& path);
    ~InputFile();
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;
    std::string_view bytes() const { return bytes_; }

private:
    std::string_view bytes_;
    std::string owned_;
    void* mapped_ = nullptr;
};

}  // namespace guidon::files

#include "files/input.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/problem.h"

namespace guidon::files {
namespace {

[[noreturn]] void refuse(const std::string& path, int error) {
    const char* reason = error == ENOENT || error == ENOTDIR ? "missing"
                         : error == EACCES || error == EPERM ? "denied"
                         : error == EISDIR                   ? "directory"
                                                             : "other";
    throw Problem("file.not-readable", {{"path", path}, {"reason", reason}, {"detail", std::strerror(error)}});
}

/// Closes at the end of the block.
struct Descriptor {
    int number;
    ~Descriptor() { ::close(number); }
};

}  // namespace

InputFile::InputFile(const std::string& path) {
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    struct stat about {};
    if (file.number < 0 || ::fstat(file.number, &about) != 0) refuse(path, errno);
    if (S_ISDIR(about.st_mode)) refuse(path, EISDIR);
    if (const auto size = static_cast<std::size_t>(about.st_size); S_ISREG(about.st_mode) && size > 0) {
        mapped_ = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file.number, 0);
        if (mapped_ == MAP_FAILED) refuse(path, errno);
        bytes_ = {static_cast<const char*>(mapped_), size};
        return;
    }
    constexpr std::size_t piece = 1 << 16;
    for (;;) {
        const std::size_t size = owned_.size();
        owned_.resize(size + piece);
        const auto count = ::read(file.number, owned_.data() + size, piece);
        owned_.resize(size + static_cast<std::size_t>(count > 0 ? count : 0));
        if (count < 0 && errno != EINTR) refuse(path, errno);
        if (count == 0) break;
    }
    bytes_ = owned_;
}

InputFile::~InputFile() {
    if (mapped_) ::munmap(mapped_, bytes_.size());
}

}  // namespace guidon::files

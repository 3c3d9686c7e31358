#include "files/output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/assert.h"
#include "base/problem.h"

namespace guidon::files {
namespace {

constexpr std::size_t buffer_limit = 1 << 20;

[[noreturn]] void refuse(const std::string& path, int error) {
    const char* reason = error == ENOENT || error == ENOTDIR                   ? "missing"
                         : error == EACCES || error == EPERM || error == EROFS ? "denied"
                         : error == EISDIR                                     ? "directory"
                         : error == ENOSPC || error == EDQUOT                  ? "full"
                                                                               : "other";
    throw Problem("file.not-written", {{"path", path}, {"reason", reason}, {"detail", std::strerror(error)}});
}

void write_all(int descriptor, std::string_view bytes, const std::string& path) {
    while (!bytes.empty()) {
        const auto count = ::write(descriptor, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) refuse(path, errno);
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

}  // namespace

void OutputFiles::begin(const std::string& path) {
    flush();
    for (const File& file : files_)
        if (file.path == path) throw Problem("file.named-twice", {{"path", path}});
    struct stat about {};
    const bool exists = ::stat(path.c_str(), &about) == 0;
    if (exists && S_ISDIR(about.st_mode)) refuse(path, EISDIR);
    File file{path, path + ".part-" + std::to_string(::getpid()), -1, exists && !S_ISREG(about.st_mode)};
    file.descriptor = file.in_place ? ::open(path.c_str(), O_WRONLY | O_CLOEXEC)
                                    : ::open(file.temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file.descriptor < 0) refuse(path, errno);
    files_.push_back(std::move(file));
}

void OutputFiles::append(std::string_view bytes) {
    GUIDON_ASSERT(!files_.empty());
    if (buffer_.size() + bytes.size() > buffer_limit) flush();
    if (bytes.size() > buffer_limit)
        write_all(files_.back().descriptor, bytes, files_.back().path);
    else
        buffer_ += bytes;
}

void OutputFiles::flush() {
    if (!buffer_.empty()) write_all(files_.back().descriptor, buffer_, files_.back().path);
    buffer_.clear();
}

void OutputFiles::commit() {
    flush();
    for (File& file : files_) {
        const int descriptor = file.descriptor;
        file.descriptor = -1;
        if (::close(descriptor) != 0) refuse(file.path, errno);
    }
    for (File& file : files_) {
        if (!file.in_place && ::rename(file.temporary.c_str(), file.path.c_str()) != 0) refuse(file.path, errno);
        file.temporary.clear();
    }
    files_.clear();
}

OutputFiles::~OutputFiles() {
    for (const File& file : files_) {
        if (file.descriptor >= 0) ::close(file.descriptor);
        if (!file.in_place && !file.temporary.empty()) ::unlink(file.temporary.c_str());
    }
}

}  // namespace guidon::files

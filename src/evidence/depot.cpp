#include "evidence/depot.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include "base/problem.h"
#include "store/database_file.h"
#include "store/store.h"

namespace guidon::evidence {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t hash_digits = 64;
constexpr std::string_view begun = ".part-";

[[noreturn]] void refuse(const fs::path& path, int error) {
    const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
    throw Problem(full ? "evidence.disk-full" : "evidence.disk-error",
                  {{"path", path.string()}, {"reason", std::strerror(error)}}, "", 503);
}

/// A file that is not there unless it is whole.
class Begun {
public:
    explicit Begun(fs::path path)
        : path_(std::move(path)), file_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) {
        if (file_ < 0) refuse(path_, errno);
    }
    ~Begun() {
        if (file_ >= 0) ::close(file_);
        if (!path_.empty()) ::unlink(path_.c_str());
    }
    Begun(const Begun&) = delete;

    void write(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto count = ::write(file_, bytes.data(), bytes.size());
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) refuse(path_, errno);
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
        if (::fsync(file_) != 0) refuse(path_, errno);
        const int closing = std::exchange(file_, -1);
        if (::close(closing) != 0) refuse(path_, errno);
    }
    void become(const fs::path& name) {
        if (::rename(path_.c_str(), name.c_str()) != 0) refuse(name, errno);
        path_.clear();
    }

private:
    fs::path path_;
    int file_;
};

/// A name is on disk when its folder is.
void sync_folder(const fs::path& folder) {
    const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened < 0) refuse(folder, errno);
    const bool synced = ::fsync(opened) == 0;
    const int error = errno;
    ::close(opened);
    if (!synced) refuse(folder, error);
}

void make_folder(const fs::path& folder) {
    if (::mkdir(folder.c_str(), 0700) == 0) return sync_folder(folder.has_parent_path() ? folder.parent_path() : ".");
    if (errno != EEXIST) refuse(folder, errno);
}

bool is_hash(std::string_view text) {
    return text.size() == hash_digits && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

}  // namespace

Depot Depot::of(const std::string& database_url, const std::string& folder) {
    if (!folder.empty()) return Depot(folder);
    if (const char* named = std::getenv("GUIDON_FILES"); named && *named) return Depot(named);
    return Depot(store::database_file(store::Address::parse(database_url), "files"));
}

fs::path Depot::path_of(std::string_view hash) const {
    return folder_ / hash.substr(0, 2) / hash.substr(2);
}

bool Depot::has(std::string_view hash) const {
    std::error_code unknown;
    return fs::is_regular_file(path_of(hash), unknown);
}

void Depot::put(std::string_view hash, std::string_view bytes) const {
    const auto path = path_of(hash);
    std::error_code unknown;
    if (fs::file_size(path, unknown) == bytes.size() && !unknown) {
        if (::utimensat(AT_FDCWD, path.c_str(), nullptr, 0) == 0) return;
    }
    make_folder(folder_);
    make_folder(path.parent_path());
    Begun file(path.parent_path() / (std::string(begun) + store::new_public_id()));
    file.write(bytes);
    file.become(path);
    sync_folder(path.parent_path());
}

std::string Depot::read(std::string_view hash) const {
    const auto path = path_of(hash);
    std::ifstream in(path, std::ios::binary | std::ios::ate);
    std::string bytes;
    if (in) {
        bytes.resize(static_cast<std::size_t>(in.tellg()));
        in.seekg(0);
        in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }
    if (!in) throw Problem("evidence.file-missing", {{"path", path.string()}}, "", 503);
    return bytes;
}

std::vector<Depot::File> Depot::files() const {
    std::vector<File> all;
    std::error_code gone;  // somebody else may be sweeping
    for (const auto& folder : fs::directory_iterator(folder_, gone)) {
        for (const auto& entry : fs::directory_iterator(folder, gone)) {
            struct stat about {};
            if (::stat(entry.path().c_str(), &about) != 0 || !S_ISREG(about.st_mode)) continue;
            const auto hash = folder.path().filename().string() + entry.path().filename().string();
            if (!is_hash(hash) && !entry.path().filename().string().starts_with(begun)) continue;  // not ours
            all.push_back({entry.path(), is_hash(hash) ? hash : "", static_cast<std::uint64_t>(about.st_size),
                           about.st_mtim.tv_sec * 1000 + about.st_mtim.tv_nsec / 1'000'000});
        }
    }
    return all;
}

void Depot::remove(const File& file) const {
    std::error_code gone;
    fs::remove(file.path, gone);
}

}  // namespace guidon::evidence

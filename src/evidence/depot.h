// Where are large files kept? In a folder outside the database, under the SHA-256 of their content: FOLDER/ab/cdef….
// A file gets its name when it is whole and on disk, before the transaction that names it; a program that is killed in
// between leaves at most a file that nobody names, which is swept after a day.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace guidon::evidence {

/// Contents up to this size are kept in the database.
constexpr std::size_t inside_limit = 64 << 10;

/// Safe from any thread and several processes at once.
class Depot {
public:
    /// The folder is made with the first file.
    explicit Depot(std::filesystem::path folder) : folder_(std::move(folder)) {}
    /// `folder` if it is named; else what GUIDON_FILES says, else FILE.files beside `sqlite:FILE`, else
    /// guidon-NAME.files in the folder where the program started, for a PostgreSQL database NAME.
    static Depot of(const std::string& database_url, const std::string& folder = "");

    const std::filesystem::path& folder() const { return folder_; }
    std::filesystem::path path_of(std::string_view hash) const;
    bool has(std::string_view hash) const;

    /// On disk when it returns; a file that is there already only becomes young again. Problems evidence.disk-full,
    /// evidence.disk-error (503): then nothing is left of it.
    void put(std::string_view hash, std::string_view bytes) const;
    /// Problem evidence.file-missing (503).
    std::string read(std::string_view hash) const;

    struct File {
        std::filesystem::path path;
        std::string hash;  // "" = begun and never finished
        std::uint64_t size = 0;
        std::int64_t changed_utc_ms = 0;
    };
    /// Everything in the folder.
    std::vector<File> files() const;
    void remove(const File& file) const;

private:
    std::filesystem::path folder_;
};

}  // namespace guidon::evidence

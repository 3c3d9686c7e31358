#include "files/output.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/problem.h"
#include "files/input.h"

namespace guidon::files {
namespace {

class OutputFilesTest : public testing::Test {
protected:
    OutputFilesTest() {
        std::string name = (std::filesystem::temp_directory_path() / "guidon-output-XXXXXX").string();
        folder_ = mkdtemp(name.data());
    }
    ~OutputFilesTest() override { std::filesystem::remove_all(folder_); }

    std::string path(const std::string& name) const { return (folder_ / name).string(); }
    static std::string content(const std::string& path) { return std::string(InputFile(path).bytes()); }
    int files_in_folder() const {
        const std::filesystem::directory_iterator all(folder_);
        return static_cast<int>(std::distance(begin(all), end(all)));
    }

    std::filesystem::path folder_;
};

/// The reason of the refusal, "" where there is none.
template <class Work>
std::string reason(Work&& work) {
    try {
        work();
    } catch (const Problem& problem) {
        return problem.code + " " + problem.arguments.at("reason");
    }
    return "";
}

TEST_F(OutputFilesTest, AppearTogetherWhenCommitted) {
    std::ofstream(path("first")) << "what was there";
    OutputFiles files;
    files.begin(path("first"));
    files.append("one ");
    files.append("two");
    files.begin(path("second"));
    const std::string large(3'000'000, 'x');
    files.append("x");
    files.append(large);
    EXPECT_EQ(content(path("first")), "what was there");
    EXPECT_FALSE(std::filesystem::exists(path("second")));
    files.commit();
    EXPECT_EQ(content(path("first")), "one two");
    EXPECT_EQ(content(path("second")), large + "x");
    EXPECT_EQ(files_in_folder(), 2);
}

TEST_F(OutputFilesTest, LeaveNoTraceWithoutCommit) {
    {
        OutputFiles files;
        files.begin(path("never"));
        files.append("half");
    }
    EXPECT_EQ(files_in_folder(), 0);
}

TEST_F(OutputFilesTest, SayWhyTheyCannotBe) {
    OutputFiles files;
    EXPECT_EQ(reason([&] { files.begin(path("no/such/folder")); }), "file.not-written missing");
    EXPECT_EQ(reason([&] { files.begin(folder_.string()); }), "file.not-written directory");
    files.begin("/dev/full");
    files.append("anything");
    EXPECT_EQ(reason([&] { files.commit(); }), "file.not-written full");
}

TEST_F(OutputFilesTest, RefuseTheSameFileTwice) {
    OutputFiles files;
    files.begin(path("same"));
    EXPECT_THROW(files.begin(path("same")), Problem);
}

TEST_F(OutputFilesTest, WhatIsNoFileIsNotRead) {
    EXPECT_EQ(reason([&] { InputFile missing(path("nothing")); }), "file.not-readable missing");
    EXPECT_EQ(reason([&] { InputFile folder(folder_.string()); }), "file.not-readable directory");
    std::ofstream(path("empty")).close();
    EXPECT_EQ(content(path("empty")), "");
    EXPECT_EQ(content("/dev/null"), "");
}

}  // namespace
}  // namespace guidon::files

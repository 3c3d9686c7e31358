#include "web/body.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/problem.h"

namespace guidon::web {
namespace {

Request read(const char* type, std::string_view body) {
    Request request;
    read_body(type, body, request);
    return request;
}

std::string refusal(const char* type, std::string_view body) {
    try {
        read(type, body);
    } catch (const Problem& problem) {
        std::string text = std::to_string(problem.status) + " " + problem.code;
        for (const auto& [name, value] : problem.arguments) text += " " + name + "=" + value;
        return text;
    }
    return "taken";
}

constexpr auto form = "application/x-www-form-urlencoded";
constexpr auto files = "multipart/form-data; boundary=xx";

TEST(ReadBody, AFormsFieldsAreDecoded) {
    const Request request = read(form, "name=L%E1%BB%87+Th%E1%BB%A7y&empty=&two=1&two=2");
    EXPECT_EQ(request.field("name"), "Lệ Thủy");
    EXPECT_EQ(request.field("empty", "other"), "");
    EXPECT_EQ(request.fields.count("two"), 2u);
}

TEST(ReadBody, JsonGivesItsTopLevelAsFieldsToo) {
    const Request request =
        read("application/json; charset=utf-8", R"({"value": "12.5", "n": 3, "list": [1], "yes": true})");
    EXPECT_EQ(request.field("value"), "12.5");
    EXPECT_EQ(request.field("n"), "3");
    EXPECT_EQ(request.field("yes"), "true");
    EXPECT_FALSE(request.fields.contains("list"));
    EXPECT_TRUE(request.json->is_object());
}

TEST(ReadBody, BrokenJsonIsRefusedWithItsPlace) {
    EXPECT_EQ(refusal("application/json", "{\n  \"a\": 1,\n  oops\n}"), "400 web.bad-json column=3 line=3");
    EXPECT_EQ(refusal("application/json", "{} {}"), "400 web.bad-json column=4 line=1");
    EXPECT_EQ(refusal("application/json", ""), "400 web.bad-json column=1 line=1");
    EXPECT_EQ(refusal("application/json", std::string(40, '[')), "400 web.bad-json column=33 line=1");
    EXPECT_EQ(refusal("application/json", "{\"a\": \"\xff\"}"), "400 web.not-utf8 offset=7");
}

TEST(ReadBody, MultipartGivesFieldsAndFiles) {
    const Request request =
        read(files,
             "--xx\r\nContent-Disposition: form-data; name=\"apply\"\r\n\r\nno\r\n"
             "--xx\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a \\\"b\\\".csv\"\r\n"
             "Content-Type: text/csv\r\n\r\ncode,name\r\n1,--xx\r\n\r\n--xx--\r\n");
    EXPECT_EQ(request.field("apply"), "no");
    EXPECT_EQ(request.uploads.at("file").file_name, "a \"b\".csv");
    EXPECT_EQ(request.uploads.at("file").content_type, "text/csv");
    EXPECT_EQ(request.uploads.at("file").content, "code,name\r\n1,--xx\r\n");
}

TEST(ReadBody, ABrokenFormIsRefused) {
    EXPECT_EQ(refusal(form, "a=%zz"), "400 web.bad-form");
    EXPECT_EQ(refusal("multipart/form-data", "--xx--"), "400 web.bad-form");
    for (const char* body : {"", "--xx", "--xx\r\n", "--xx\r\n\r\nno headers\r\n--xx--",
                             "--xx\r\nContent-Disposition: form-data\r\n\r\n\r\n--xx--",
                             "--xx\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nnever ends"}) {
        EXPECT_EQ(refusal(files, body), "400 web.bad-form") << body;
    }
}

TEST(ReadBody, OtherMediaTypesAreRefused) {
    EXPECT_EQ(refusal("text/xml", "<a/>"), "415 web.media-type type=text/xml");
    EXPECT_EQ(refusal("", "a=1"), "415 web.media-type type=-");
    EXPECT_EQ(refusal("", ""), "taken");
}

RC_GTEST_PROP(ReadBody, AnyFileComesBackByteForByte, (const std::string& content)) {
    RC_PRE(content.find("--xx") == std::string::npos);
    const Request request = read(files, "--xx\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n" +
                                            content + "\r\n--xx--\r\n");
    RC_ASSERT(request.uploads.at("f").content == content);
}

RC_GTEST_PROP(ReadBody, NoBytesBreakTheReader, (const std::string& noise)) {
    for (const char* type : {form, files, "application/json"}) {
        refusal(type, noise);
        refusal(type, "--xx\r\n" + noise + "\r\n--xx--");
        refusal(type, "--xx\r\nContent-Disposition: " + noise + "\r\n\r\n\r\n--xx--");
    }
}

}  // namespace
}  // namespace guidon::web

#include "files/docx_write.h"

#include <gtest/gtest.h>
#include <zip.h>

#include <pugixml.hpp>

#include "base/problem.h"
#include "files/paper_sample_test.h"

namespace guidon::files {
namespace {

std::map<std::string, std::string> unpacked(const std::string& bytes) {
    std::map<std::string, std::string> parts;
    zip_error_t error;
    zip_error_init(&error);
    zip_t* archive =
        zip_open_from_source(zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error), ZIP_CHECKCONS, &error);
    EXPECT_NE(archive, nullptr);
    for (zip_int64_t i = 0; archive && i < zip_get_num_entries(archive, 0); ++i) {
        zip_stat_t about;
        zip_stat_index(archive, static_cast<zip_uint64_t>(i), 0, &about);
        std::string part(about.size, '\0');
        zip_file_t* file = zip_fopen_index(archive, static_cast<zip_uint64_t>(i), 0);
        EXPECT_EQ(zip_fread(file, part.data(), part.size()), static_cast<zip_int64_t>(part.size()));
        zip_fclose(file);
        parts[about.name] = part;
    }
    zip_discard(archive);
    return parts;
}

/// What somebody reads, a paragraph a line; fields' instructions are not read.
std::string read_text(const std::string& xml) {
    pugi::xml_document document;
    EXPECT_TRUE(document.load_buffer(xml.data(), xml.size()));
    std::string text;
    for (const auto& paragraph : document.select_nodes("//w:p")) {
        for (const auto& piece : paragraph.node().select_nodes(".//w:t")) text += piece.node().text().get();
        text += "\n";
    }
    return text;
}

TEST(DocxBytes, EveryPartIsWellFormedAndEveryRelationLeadsToAPart) {
    auto parts = unpacked(docx_bytes(sample(Language::ur)));
    for (const auto& [name, bytes] : parts) {
        if (!name.ends_with(".xml") && !name.ends_with(".rels")) continue;
        pugi::xml_document document;
        EXPECT_TRUE(document.load_buffer(bytes.data(), bytes.size())) << name;
    }
    pugi::xml_document relations;
    relations.load_string(parts["word/_rels/document.xml.rels"].c_str());
    for (const auto& one : relations.document_element().children())
        EXPECT_EQ(parts.count("word/" + std::string(one.attribute("Target").value())), 1U)
            << one.attribute("Target").value();
    EXPECT_EQ(parts["word/media/picture1.jpeg"], bytes_of("tests/pictures/field.jpg"));
}

TEST(DocxBytes, HoldsEveryTextAndTheContentsBeforeAnybodyFillsThem) {
    const auto text = read_text(unpacked(docx_bytes(sample(Language::vi)))["word/document.xml"]);
    for (const char* wanted : {"Một trăm mô hình, điển hình tiêu biểu\n", "Mục lục\nVăn hóa – xã hội…\nTuyến đường hoa",
                               "یہ ماڈل دو سال میں چالیس اکائیوں نے اپنایا۔", "Ảnh: Văn phòng xã", "Kỳ Anh…, …\n"})
        EXPECT_NE(text.find(wanted), text.npos) << wanted << text;
}

TEST(DocxBytes, UrduRunsAreRightToLeft) {
    auto parts = unpacked(docx_bytes(sample(Language::vi)));
    pugi::xml_document document;
    document.load_string(parts["word/document.xml"].c_str());
    for (const auto& run : document.select_nodes("//w:r[w:t]")) {
        const std::string text = run.node().child("w:t").text().get();
        const bool urdu = text.find("\xDB\x92") != text.npos;  // ے
        EXPECT_TRUE(!urdu || run.node().child("w:rPr").child("w:rtl")) << text;
    }
}

TEST(DocxBytes, TextThatLooksLikeMarkupOrCannotBeInXmlStaysText) {
    Paper paper{.title = en("<b>&\x01 \"x\"")};
    Chapter chapter{.heading = en("Say \"no\": now")};
    chapter.terms = {{en("A \"b\": c"), 0}};
    paper.indexes = {en("Index")};
    paper.parts.push_back({});
    paper.parts.front().chapters.push_back(chapter);
    auto parts = unpacked(docx_bytes(paper));
    EXPECT_EQ(read_text(parts["word/document.xml"]).substr(0, 9), "<b>& \"x\"\n");
    EXPECT_NE(parts["word/document.xml"].find(" XE \"A 'b', c\" \\f a "), std::string::npos);
}

TEST(DocxBytes, SameWorkSameBytes) {
    EXPECT_EQ(docx_bytes(sample(Language::vi)), docx_bytes(sample(Language::vi)));
}

}  // namespace
}  // namespace guidon::files

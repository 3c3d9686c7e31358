#include "files/docx_write.h"

#include <zip.h>

#include <stdexcept>

#include "base/day.h"
#include "files/docx_body.h"

namespace guidon::files {

using pugi::xml_node;

namespace {

constexpr const char* office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
constexpr const char* package = "http://schemas.openxmlformats.org/package/2006/";

struct PackagePart {
    std::string name;
    std::string bytes;
};

std::string content_types() {
    pugi::xml_document document;
    const xml_node types = add(document, "Types", {{"xmlns", package + std::string("content-types")}});
    const auto kind = [&](const char* extension, const char* type) {
        add(types, "Default", {{"Extension", extension}, {"ContentType", type}});
    };
    kind("rels", "application/vnd.openxmlformats-package.relationships+xml");
    kind("xml", "application/xml");
    kind("png", "image/png");
    kind("jpeg", "image/jpeg");
    const auto part = [&](const char* name, const std::string& type) {
        add(types, "Override",
            {{"PartName", name}, {"ContentType", "application/vnd.openxmlformats-" + type + "+xml"}});
    };
    part("/word/document.xml", "officedocument.wordprocessingml.document.main");
    part("/word/styles.xml", "officedocument.wordprocessingml.styles");
    part("/word/settings.xml", "officedocument.wordprocessingml.settings");
    part("/word/header1.xml", "officedocument.wordprocessingml.header");
    part("/word/footer1.xml", "officedocument.wordprocessingml.footer");
    part("/docProps/core.xml", "package.core-properties");
    return xml_text(document);
}

struct Relation {
    std::string id, type, target;
};

std::string relations_part(const std::vector<Relation>& list) {
    pugi::xml_document document;
    const xml_node relations = add(document, "Relationships", {{"xmlns", package + std::string("relationships")}});
    for (const Relation& one : list)
        add(relations, "Relationship", {{"Id", one.id}, {"Type", one.type}, {"Target", one.target}});
    return xml_text(document);
}

std::string core_properties(const Paper& paper) {
    pugi::xml_document document;
    const xml_node core = add(document, "cp:coreProperties",
                              {{"xmlns:cp", package + std::string("metadata/core-properties")},
                               {"xmlns:dc", "http://purl.org/dc/elements/1.1/"},
                               {"xmlns:dcterms", "http://purl.org/dc/terms/"},
                               {"xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"}});
    const auto tell = [&](const char* name, const std::string& text) {
        if (!text.empty()) add(core, name).text().set(printable(text).c_str());
    };
    tell("dc:title", paper.title.text);
    tell("dc:subject", paper.subtitle.text);
    tell("dc:creator", paper.author.text);
    tell("dc:language", std::string(code(paper.language)));
    const std::string at = Day::of_utc_ms(paper.at_utc_ms).text() + "T00:00:00Z";
    for (const char* name : {"dcterms:created", "dcterms:modified"})
        add(core, name, {{"xsi:type", "dcterms:W3CDTF"}}).text().set(at.c_str());
    return xml_text(document);
}

/// Word fills contents and indexes with its own page numbers when it opens the file.
std::string settings() {
    pugi::xml_document document;
    const xml_node all = add(document, "w:settings", {{"xmlns:w", word_namespace}});
    add(all, "w:updateFields", {{"w:val", "true"}});
    const xml_node compatible = add(all, "w:compat");
    add(compatible, "w:compatSetting",
        {{"w:name", "compatibilityMode"}, {"w:uri", "http://schemas.microsoft.com/office/word"}, {"w:val", "15"}});
    return xml_text(document);
}

struct Zip {
    zip_source_t* source = nullptr;
    zip_t* archive = nullptr;
    Zip() {
        zip_error_t error;
        zip_error_init(&error);
        source = zip_source_buffer_create(nullptr, 0, 0, &error);
        if (!source) throw std::runtime_error("no memory for a package");
        zip_source_keep(source);
        archive = zip_open_from_source(source, ZIP_TRUNCATE, &error);
        if (!archive) throw std::runtime_error("a package cannot be begun");
    }
    ~Zip() {
        if (archive) zip_discard(archive);
        zip_source_free(source);
    }
    Zip(const Zip&) = delete;
    Zip& operator=(const Zip&) = delete;

    void put(const PackagePart& part) {
        zip_source_t* bytes = zip_source_buffer(archive, part.bytes.data(), part.bytes.size(), 0);
        const auto index = zip_file_add(archive, part.name.c_str(), bytes, ZIP_FL_ENC_UTF_8);
        if (index < 0) throw std::runtime_error("a package cannot be written");
        // 1 January 1980, the first day that the format knows, in no time zone.
        zip_file_set_dostime(archive, static_cast<zip_uint64_t>(index), 0, 1 << 5 | 1, 0);
    }
    std::string finish() {
        if (zip_close(archive) != 0) throw std::runtime_error("a package cannot be closed");
        archive = nullptr;
        zip_stat_t size;
        zip_source_open(source);
        zip_source_stat(source, &size);
        std::string bytes(size.size, '\0');
        const auto read = zip_source_read(source, bytes.data(), bytes.size());
        zip_source_close(source);
        if (read != static_cast<zip_int64_t>(bytes.size())) throw std::runtime_error("a package cannot be read");
        return bytes;
    }
};

std::vector<PackagePart> parts_of(const Paper& paper) {
    std::vector<DocxPicture> pictures;
    const std::string document = docx_document(paper, pictures);
    std::vector<Relation> relations{{"rIdStyles", office + std::string("styles"), "styles.xml"},
                                    {"rIdSettings", office + std::string("settings"), "settings.xml"},
                                    {"rIdHeader", office + std::string("header"), "header1.xml"},
                                    {"rIdFooter", office + std::string("footer"), "footer1.xml"}};
    for (const DocxPicture& picture : pictures)
        relations.push_back({picture.id, office + std::string("image"), picture.part});
    std::vector<PackagePart> parts{
        {"[Content_Types].xml", content_types()},
        {"_rels/.rels", relations_part({{"rId1", office + std::string("officeDocument"), "word/document.xml"},
                                        {"rId2", package + std::string("relationships/metadata/core-properties"),
                                         "docProps/core.xml"}})},
        {"docProps/core.xml", core_properties(paper)},
        {"word/document.xml", document},
        {"word/_rels/document.xml.rels", relations_part(relations)},
        {"word/styles.xml", docx_styles(paper.language)},
        {"word/settings.xml", settings()},
        {"word/header1.xml", docx_header(paper)},
        {"word/footer1.xml", docx_footer()}};
    for (const DocxPicture& picture : pictures) parts.push_back({"word/" + picture.part, *picture.bytes});
    return parts;
}

}  // namespace

pugi::xml_node add(pugi::xml_node parent, const char* name,
                   const std::vector<std::pair<const char*, std::string>>& attributes) {
    pugi::xml_node node = parent.append_child(name);
    for (const auto& [key, value] : attributes) node.append_attribute(key).set_value(value.c_str());
    return node;
}

std::string xml_text(const pugi::xml_document& document) {
    struct Text : pugi::xml_writer {
        std::string bytes = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)";
        void write(const void* data, std::size_t size) override { bytes.append(static_cast<const char*>(data), size); }
    } text;
    document.save(text, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
    return text.bytes;
}

std::string printable(const std::string& text) {
    std::string kept;
    for (const char c : text)
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n') kept += c;
    return kept;
}

std::string docx_header(const Paper& paper) {
    pugi::xml_document document;
    const xml_node paragraph = add(add(document, "w:hdr", {{"xmlns:w", word_namespace}}), "w:p");
    const xml_node how = add(paragraph, "w:pPr");
    add(how, "w:pStyle", {{"w:val", "Header"}});
    const xml_node run = add(paragraph, "w:r");
    if (paper.title.language == Language::ur) add(add(run, "w:rPr"), "w:rtl");
    add(run, "w:t", {{"xml:space", "preserve"}}).text().set(printable(paper.title.text).c_str());
    return xml_text(document);
}

std::string docx_footer() {
    pugi::xml_document document;
    const xml_node paragraph = add(add(document, "w:ftr", {{"xmlns:w", word_namespace}}), "w:p");
    add(add(paragraph, "w:pPr"), "w:pStyle", {{"w:val", "Footer"}});
    const xml_node field = add(paragraph, "w:fldSimple", {{"w:instr", " PAGE "}});
    add(add(field, "w:r"), "w:t").text().set("1");
    return xml_text(document);
}

std::string docx_bytes(const Paper& paper) {
    const auto parts = parts_of(paper);
    Zip zip;
    for (const PackagePart& part : parts) zip.put(part);
    return zip.finish();
}

}  // namespace guidon::files

// How do a work's texts, tables and pictures become WordprocessingML? For files/docx_*.cpp alone.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <vector>

#include "files/paper.h"

namespace guidon::files {

/// A picture's part of the package, and how the document calls it.
struct DocxPicture {
    std::string part;  // "media/picture1.jpeg"
    std::string id;    // "rId11"
    const std::string* bytes;
};

/// word/document.xml. What it needs besides is collected in `pictures`.
std::string docx_document(const Paper& paper, std::vector<DocxPicture>& pictures);
/// word/header1.xml: the work's title; word/footer1.xml: the page's number.
std::string docx_header(const Paper& paper);
std::string docx_footer();
/// word/styles.xml
std::string docx_styles(Language language);

/// The document as text, with its declaration.
std::string xml_text(const pugi::xml_document& document);
/// An element with attributes in the order given.
pugi::xml_node add(pugi::xml_node parent, const char* name,
                   const std::vector<std::pair<const char*, std::string>>& attributes = {});
/// What XML 1.0 can hold: control characters are left out.
std::string printable(const std::string& text);

constexpr const char* word_namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

}  // namespace guidon::files

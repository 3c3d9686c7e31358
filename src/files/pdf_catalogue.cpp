#include "files/pdf_catalogue.h"

#include <cstdio>

#include "base/assert.h"

namespace guidon::files {
namespace {

/// The number that stands behind the last `key`.
std::size_t number_behind(const std::string& pdf, std::string_view key) {
    const auto at = pdf.rfind(key);
    GUIDON_ASSERT(at != pdf.npos);
    return std::stoul(pdf.substr(at + key.size(), 20));
}

}  // namespace

std::string with_language(std::string pdf, Language language) {
    const std::size_t root = number_behind(pdf, "/Root "), size = number_behind(pdf, "/Size ");
    const std::size_t table = number_behind(pdf, "startxref");
    const std::string trailer_info = "/Info " + std::to_string(number_behind(pdf, "/Info ")) + " 0 R";
    const std::string head = "\n" + std::to_string(root) + " 0 obj\n";
    const auto begins = pdf.find(head);
    GUIDON_ASSERT(begins != pdf.npos);
    const auto ends = pdf.find("endobj", begins);
    std::string object = pdf.substr(begins + 1, ends - begins - 1);
    const auto open = object.find("<<");
    object.insert(open + 2, " /Lang (" + std::string(code(language)) +
                                ") /ViewerPreferences << /DisplayDocTitle true /Direction /" +
                                (language == Language::ur ? "R2L" : "L2R") + " >>");

    const std::size_t moved = pdf.size();
    pdf += object + "endobj\n";
    const std::size_t new_table = pdf.size();
    char entry[32];
    std::snprintf(entry, sizeof entry, "%010zu 00000 n \n", moved);
    pdf += "xref\n" + std::to_string(root) + " 1\n" + entry + "trailer\n<< /Size " + std::to_string(size) + " /Root " +
           std::to_string(root) + " 0 R " + trailer_info + " /Prev " + std::to_string(table) + " >>\nstartxref\n" +
           std::to_string(new_table) + "\n%%EOF\n";
    return pdf;
}

}  // namespace guidon::files

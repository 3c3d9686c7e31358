// What is in the file that somebody calls a spreadsheet, and is it safe to unpack?
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "files/xlsx_xml.h"

struct zip;

namespace guidon::files {

/// A few kilobytes of ZIP can unpack to terabytes; a shared string can be used a million times.
struct XlsxLimits {
    std::uint64_t part_bytes = 512ULL << 20;   // one part, unpacked: a full sheet of 1,048,576 rows × 6 cells fits
    std::uint64_t total_bytes = 768ULL << 20;  // all parts that are read, unpacked
    std::uint64_t text_bytes = 256ULL << 20;   // the text of the table, with shared strings written out
    std::uint64_t cells = 20'000'000;
    std::uint64_t ratio = 250;  // unpacked : packed, for parts above 16 MiB; honest sheets stay below 60
    std::uint64_t ratio_from = 16ULL << 20;
    std::uint64_t parts = 10'000;
};

/// Refuses what is no Office Open XML workbook, saying what it is and what to do instead. Throws Problem
/// "xlsx.old-format", "xlsx.encrypted", "xlsx.open-document", "xlsx.binary-workbook", "xlsx.web-page",
/// "xlsx.not-a-workbook" or "xlsx.damaged".
class XlsxPackage {
public:
    /// `bytes` must live as long as the package.
    XlsxPackage(std::string_view bytes, const XlsxLimits& limits);
    ~XlsxPackage();
    XlsxPackage(const XlsxPackage&) = delete;
    XlsxPackage& operator=(const XlsxPackage&) = delete;

    bool has(const std::string& part) const;
    /// Unpacks `part` into the reader. Throws Problem "xlsx.damaged" or "xlsx.too-large".
    void read(const std::string& part, XmlReader& reader);

    struct Relation {
        std::string type;  // the last word of the type's address: "worksheet", "sharedStrings"
        std::string part;  // path in the package
    };
    /// The relations of `part` ("" = the package) by id.
    std::map<std::string, Relation> relations(const std::string& part);

private:
    zip* archive_ = nullptr;
    XlsxLimits limits_;
    std::uint64_t unpacked_ = 0;
};

/// Whether the bytes begin like a ZIP or an OLE file: never a CSV, whatever the name says.
bool looks_like_office_file(std::string_view bytes);

}  // namespace guidon::files

// Is a file what its name says? By its ending and by its first look; the reader of the format says the rest, with
// lines and columns.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace guidon::web {

struct Upload {
    std::string file_name;
    std::string content_type;  // as the client says; nothing is decided by it
    std::string content;
};

enum class UploadType {
    csv,   // text
    toml,  // text
    xlsx,  // a zip archive with [Content_Types].xml, as ECMA-376 part 2 wants
};

/// Ending (in any case) and content of `upload` fit `type`.
bool fits(UploadType type, const Upload& upload);

/// Problem web.upload-type (415; field; arguments file, expected) if a file fits none of `types`. A form's field for a
/// file that was left empty is no file. No types: everything is taken.
void check_uploads(const std::map<std::string, Upload>& uploads, const std::vector<UploadType>& types);

}  // namespace guidon::web

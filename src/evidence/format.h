// What kind of file is this, by its bytes?
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace guidon::evidence {

/// Wire form = name.
enum class Format { jpeg, png, webp, pdf, docx, xlsx, pptx, odt, ods, odp };
constexpr Format formats[] = {Format::jpeg, Format::png,  Format::webp, Format::pdf, Format::docx,
                              Format::xlsx, Format::pptx, Format::odt,  Format::ods, Format::odp};

enum class Kind { photo, document };

std::string_view code(Format format);
std::optional<Format> format_of(std::string_view code);
Kind kind_of(Format format);
/// "image/jpeg"
std::string_view media_type(Format format);

/// What stands behind the last dot of a file's name, in lower case; "" without a dot.
std::string ending_of(std::string_view file_name);
/// The format that an ending promises ("jpg", "jpeg" …); nothing for one that is not ours.
std::optional<Format> promised(std::string_view ending);

/// What the bytes begin as: the code of a Format, or one of the words with which the catalogue names what is not taken
/// (evidence.found: gif, heic, tiff, bmp, svg, html, zip, ole, rtf, video, archive, program, text, other). Office files
/// are "zip": evidence/office_file.h looks further.
std::string_view first_look(std::string_view bytes);

}  // namespace guidon::evidence

// How does a picture's file become an image that a PDF can hold?
#pragma once

#include <string>

#include "files/pdf_flow.h"

namespace guidon::files {

/// JPEG goes into the PDF as it is; PNG is unpacked. Throws Problem "paper.picture" where the file is damaged.
Image image_of(const std::string& bytes, const PictureSize& size);

}  // namespace guidon::files

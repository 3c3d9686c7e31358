// How does a text get from paper into a telephone? As a QR code, drawn as SVG.
#pragma once

#include <string>
#include <string_view>

namespace guidon::files {

/// An `<svg>` element to stand in a page or in another SVG: one unit a module, with the quiet zone of 4 modules that
/// readers need, without styles (the pages' Content-Security-Policy refuses them). `text` is UTF-8. Throws Problem
/// "qr-code.too-long" if it does not fit (2,331 bytes).
std::string qr_svg(std::string_view text);

}  // namespace guidon::files

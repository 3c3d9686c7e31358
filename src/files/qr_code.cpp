#include "files/qr_code.h"

#include <qrcodegen/QrCode.hpp>

#include "base/problem.h"

namespace guidon::files {
namespace {

constexpr int quiet = 4;  // modules, ISO/IEC 18004

qrcodegen::QrCode encoded(std::string_view text) {
    try {
        return qrcodegen::QrCode::encodeBinary({text.begin(), text.end()}, qrcodegen::QrCode::Ecc::MEDIUM);
    } catch (const std::length_error&) {
        throw Problem("qr-code.too-long", {{"bytes", std::to_string(text.size())}});
    }
}

/// The dark modules as a path: each run of a row is one rectangle.
std::string dark_runs(const qrcodegen::QrCode& code) {
    std::string path;
    for (int y = 0; y < code.getSize(); ++y) {
        for (int x = 0; x < code.getSize(); ++x) {
            if (!code.getModule(x, y)) continue;
            const int begin = x;
            while (code.getModule(x, y)) ++x;  // light beyond the edge
            const auto length = std::to_string(x - begin);
            path += "M" + std::to_string(begin + quiet) + " " + std::to_string(y + quiet) + "h" + length + "v1h-" +
                    length + "z";
        }
    }
    return path;
}

}  // namespace

std::string qr_svg(std::string_view text) {
    const auto code = encoded(text);
    const auto side = std::to_string(code.getSize() + 2 * quiet);
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + " " + side +
           "\" shape-rendering=\"crispEdges\"><rect width=\"" + side + "\" height=\"" + side +
           "\" fill=\"#fff\"/><path fill=\"#000\" d=\"" + dark_runs(code) + "\"/></svg>";
}

}  // namespace guidon::files

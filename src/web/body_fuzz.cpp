// No bytes may break the readers of what people send. The first byte chooses the reader.
#include <cstdint>

#include "base/problem.h"
#include "web/address.h"
#include "web/body.h"
#include "web/negotiation.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace guidon::web;
    if (size == 0) return 0;
    const std::string_view text(reinterpret_cast<const char*>(bytes) + 1, size - 1);
    Request request;
    try {
        switch (bytes[0] % 6) {
            case 0:
                read_multipart("xx", text, request);
                break;
            case 1:
                read_body("application/json", text, request);
                break;
            case 2:
                read_body("application/x-www-form-urlencoded", text, request);
                break;
            case 3:
                header_parameter(text, "name");
                break;
            case 4:
                read_address(text);
                break;
            default:
                quality(text, "text/html");
        }
    } catch (const guidon::Problem&) {  // a refusal is an answer
    }
    return 0;
}

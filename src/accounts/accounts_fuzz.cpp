// Does any answer about a passkey, cookie or password bring the process down? Run with the clang preset.
#include <cstdint>

#include "accounts/passkey.h"
#include "accounts/password.h"
#include "accounts/secret.h"
#include "base/problem.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace guidon::accounts;
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const Ceremony ceremony{"Y2hhbGxlbmdl", "http://localhost", "localhost", UserVerification::discouraged};
    // The attestation object of an otherwise genuine answer: what libcbor and libfido2 get to read.
    const std::string client = R"({"type":"webauthn.create","challenge":"Y2hhbGxlbmdl","origin":"http://localhost"})";
    const std::string answer = R"({"type":"public-key","id":"YQ","response":{"clientDataJSON":")" + base64url(client) +
                               R"(","attestationObject":")" + base64url(text) + "\"}}";
    for (const std::string_view response : {text, std::string_view(answer)}) {
        try {
            verify_registration(response, ceremony);
        } catch (const guidon::Problem&) {
        }
    }
    password_problems(text, {"secretary.kyanh"});
    unsealed("key", text);
    recovery_code(text);
    return 0;
}

// Which differences does search overlook? Those that a keyboard, a font or an old file makes: case, marks,
// đ and d, Arabic and Urdu forms of one letter, digits of three scripts, width of spaces.
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include "base/assert.h"
#include "base/language.h"

namespace guidon {
namespace {

constexpr UChar32 dropped = -1;

UChar32 folded_letter(UChar32 c) {
    switch (c) {
        case 0x0111:
            return 'd';  // đ
        case 0x0131:
            return 'i';  // ı
        case 0x0640:
            return dropped;  // tatweel only stretches
        case 0x064A:
        case 0x0649:
        case 0x06CC:
            return 0x06CC;  // ي ى ی
        case 0x0643:
        case 0x06AA:
        case 0x06A9:
            return 0x06A9;  // ك ڪ ک
        case 0x0647:
        case 0x0629:
        case 0x06C1:
        case 0x06C3:
        case 0x06D5:
            return 0x06C1;  // ه ة ہ ۃ ە
        default:
            break;
    }
    if (u_charType(c) == U_NON_SPACING_MARK) return dropped;
    if (u_isUWhiteSpace(c)) return ' ';
    if (const int digit = u_charDigitValue(c); digit >= 0) return '0' + digit;
    return c;
}

bool is_ascii(std::string_view text) {
    unsigned char all = 0;
    for (const char c : text) all |= static_cast<unsigned char>(c);
    return all < 0x80;
}

std::string collapsed_spaces(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        const bool space = c == ' ' || (c >= '\t' && c <= '\r');
        if (!space)
            out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    if (out.ends_with(' ')) out.pop_back();
    return out;
}

}  // namespace

std::string folded(std::string_view text) {
    if (is_ascii(text)) return collapsed_spaces(text);
    UErrorCode error = U_ZERO_ERROR;
    static const icu::Normalizer2* const compatible = icu::Normalizer2::getNFKCCasefoldInstance(error);
    static const icu::Normalizer2* const decomposed = icu::Normalizer2::getNFDInstance(error);
    static const icu::Normalizer2* const composed = icu::Normalizer2::getNFCInstance(error);
    GUIDON_ASSERT(U_SUCCESS(error));

    const auto wide = icu::UnicodeString::fromUTF8({text.data(), static_cast<int>(text.size())});
    const icu::UnicodeString apart = decomposed->normalize(compatible->normalize(wide, error), error);
    icu::UnicodeString kept;
    for (int i = 0; i < apart.length(); i = apart.moveIndex32(i, 1))
        if (const UChar32 c = folded_letter(apart.char32At(i)); c != dropped) kept.append(c);
    std::string out;
    composed->normalize(kept, error).toUTF8String(out);
    GUIDON_ASSERT(U_SUCCESS(error));
    return collapsed_spaces(out);
}

}  // namespace guidon

#include "files/xlsx_xml.h"

#include <expat.h>

#include <new>

namespace guidon::files {
namespace {

constexpr char name_separator = '|';

/// Expat gives `namespace|name`.
std::string_view local(const char* name) {
    const std::string_view whole(name);
    return whole.substr(whole.rfind(name_separator) + 1);
}

}  // namespace

std::optional<std::string_view> XmlAttributes::find(std::string_view name) const {
    for (const char** pair = pairs_; *pair; pair += 2) {
        if (local(pair[0]) == name) return pair[1];
    }
    return std::nullopt;
}

/// The parser is C: an exception waits here until it has returned.
struct XmlParser::Callbacks {
    template <typename Call>
    static void guard(void* self_, Call call) {
        auto& self = *static_cast<XmlParser*>(self_);
        if (self.thrown_) return;
        try {
            call(self);
        } catch (...) {
            self.thrown_ = std::current_exception();
            XML_StopParser(self.parser_, XML_FALSE);
        }
    }
    static void open(void* self, const XML_Char* name, const XML_Char** attributes) {
        guard(self, [&](XmlParser& p) { p.reader_.open(local(name), XmlAttributes(attributes)); });
    }
    static void close(void* self, const XML_Char* name) {
        guard(self, [&](XmlParser& p) { p.reader_.close(local(name)); });
    }
    static void text(void* self, const XML_Char* piece, int length) {
        guard(self, [&](XmlParser& p) { p.reader_.text({piece, static_cast<std::size_t>(length)}); });
    }
    static void doctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
        XML_StopParser(static_cast<XmlParser*>(self)->parser_, XML_FALSE);
    }
};

XmlParser::XmlParser(XmlReader& reader) : reader_(reader), parser_(XML_ParserCreateNS(nullptr, name_separator)) {
    if (!parser_) throw std::bad_alloc();
    XML_SetUserData(parser_, this);
    XML_SetElementHandler(parser_, Callbacks::open, Callbacks::close);
    XML_SetCharacterDataHandler(parser_, Callbacks::text);
    XML_SetStartDoctypeDeclHandler(parser_, Callbacks::doctype);
}

XmlParser::~XmlParser() {
    XML_ParserFree(parser_);
}

bool XmlParser::parse(std::string_view piece, bool last) {
    const auto status = XML_Parse(parser_, piece.data(), static_cast<int>(piece.size()), last);
    if (thrown_) std::rethrow_exception(thrown_);
    return status == XML_STATUS_OK;
}

bool XmlParser::feed(std::string_view piece) {
    return parse(piece, false);
}
bool XmlParser::finish() {
    return parse({}, true);
}

}  // namespace guidon::files

// How is a part of a workbook read without ever holding all of it? Element by element, as it is unpacked.
#pragma once

#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct XML_ParserStruct;

namespace guidon::files {

/// The attributes of one element, by name without prefix. Valid during the call only.
class XmlAttributes {
public:
    explicit XmlAttributes(const char** pairs) : pairs_(pairs) {}
    std::optional<std::string_view> find(std::string_view name) const;
    /// "" when absent.
    std::string_view text(std::string_view name) const { return find(name).value_or(std::string_view{}); }

private:
    const char** pairs_;
};

/// What is told while a part is read. Names come without namespace prefix: some programs write `x:row`.
class XmlReader {
public:
    virtual ~XmlReader() = default;
    virtual void open(std::string_view name, const XmlAttributes& attributes) = 0;
    virtual void close(std::string_view) {}
    /// May come in several pieces.
    virtual void text(std::string_view) {}
};

/// Feeds pieces of one XML text to a reader. A document type declaration is refused: no spreadsheet has one, and
/// entities are how small files become large.
class XmlParser {
public:
    explicit XmlParser(XmlReader& reader);
    ~XmlParser();
    XmlParser(const XmlParser&) = delete;
    XmlParser& operator=(const XmlParser&) = delete;

    /// False once the text is not well-formed. What the reader throws passes through.
    bool feed(std::string_view piece);
    bool finish();

private:
    struct Callbacks;
    bool parse(std::string_view piece, bool last);

    XmlReader& reader_;
    XML_ParserStruct* parser_;
    std::exception_ptr thrown_;
};

}  // namespace guidon::files

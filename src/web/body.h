// What did the person or program send? A form, a form with files, or JSON, read into the Request.
#pragma once

#include <string_view>

#include "web/resource.h"

namespace guidon::web {

/// Reads `body` by its Content-Type into fields, uploads and json. An empty body of no type is nothing.
/// Problems: web.media-type (415), web.bad-form (400), web.bad-json (400; arguments line, column), web.not-utf8 (400).
void read_body(std::string_view content_type, std::string_view body, Request& request);

/// The parts of multipart/form-data (RFC 7578) into fields and uploads; Problem web.bad-form.
void read_multipart(std::string_view boundary, std::string_view body, Request& request);

/// The value of parameter `name` in a header like `form-data; name="file"; filename="a.csv"`; "" when absent.
std::string header_parameter(std::string_view header, std::string_view name);
/// What stands before the first `;`, in lower case.
std::string media_type(std::string_view header);

}  // namespace guidon::web

#include "web/http.h"

namespace guidon::web {

std::string_view reason_phrase(int status) {
    static const std::map<int, std::string_view> phrases{{200, "OK"},
                                                         {201, "Created"},
                                                         {202, "Accepted"},
                                                         {204, "No Content"},
                                                         {303, "See Other"},
                                                         {304, "Not Modified"},
                                                         {308, "Permanent Redirect"},
                                                         {400, "Bad Request"},
                                                         {403, "Forbidden"},
                                                         {404, "Not Found"},
                                                         {405, "Method Not Allowed"},
                                                         {409, "Conflict"},
                                                         {413, "Content Too Large"},
                                                         {414, "URI Too Long"},
                                                         {415, "Unsupported Media Type"},
                                                         {421, "Misdirected Request"},
                                                         {422, "Unprocessable Content"},
                                                         {429, "Too Many Requests"},
                                                         {431, "Request Header Fields Too Large"},
                                                         {500, "Internal Server Error"},
                                                         {503, "Service Unavailable"}};
    const auto found = phrases.find(status);
    return found == phrases.end() ? "Status" : found->second;
}

}  // namespace guidon::web

// What does a client learn when its request fails? A problem document (RFC 9457) in its language: what a person can
// act on in full, our own mistakes and outages only as a request id whose details are in the log.
#pragma once

#include <boost/json.hpp>
#include <exception>
#include <string>

#include "base/language.h"

namespace guidon::web {

struct Refusal {
    int status = 500;
    boost::json::object document;  // type, title, status, detail, code, request_id, errors (of a file), field
    int retry_after_s = 0;         // 0: trying again later is no use
    std::string for_the_log;       // "" when nothing went wrong on our side
};

/// Problem → its status; Faults → 422; BrokenPromise → 500; everything else → 503.
Refusal refusal(std::exception_ptr thrown, Language language, const std::string& request_id);

/// The page /problems/CODE: {code, title, detail, explanation}. Problem web.not-found if there is no such code.
boost::json::object explained(const std::string& code, Language language);

/// "Not found", in `language`.
std::string status_title(int status, Language language);

}  // namespace guidon::web

// How is a comment written, reported and decided about, and a thread closed? For comments/*.cpp alone.
#pragma once

#include "comments/comments_pages.h"

namespace guidon::comments {

web::Answer thread_page(const Desk& desk, const web::Request& request);

web::Answer write_comment(Desk& desk, const web::Request& request);
web::Answer report_comment(Desk& desk, const web::Request& request);

/// What waits for the moderators of a scope.
web::Answer moderators_list(const Desk& desk, const web::Request& request);
web::Answer decide_comment(Desk& desk, const web::Request& request, Verdict verdict);
web::Answer keep_comment(Desk& desk, const web::Request& request);
web::Answer close_thread(Desk& desk, const web::Request& request);
web::Answer reopen_thread(Desk& desk, const web::Request& request);

}  // namespace guidon::comments

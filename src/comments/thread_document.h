// What does a page show of a thread and its comments? For comments/*.cpp alone.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>

#include "comments/comments_pages.h"

namespace guidon::comments {

/// Whether the caller decides about comments of that thread.
bool may_moderate(const store::Reader& reader, const web::Request& request, const Thread& thread);
/// Whether everybody may write, by the server's setting.
bool open_to_public(const store::Reader& reader);

/// The newest comments before `before`, and the forms that the caller may use.
boost::json::object thread_document(const Desk& desk, const store::Reader& reader, const web::Request& request,
                                    const Thread& thread, std::optional<CommentId> before);
/// One comment as the caller sees it; with what was reported, for moderators.
boost::json::object comment_part(const store::Reader& reader, const web::Request& request, const Thread& thread,
                                 const Comment& comment);

/// The field `moment` of a form of the public, and the time that it tells; nothing if it is not ours or of another
/// thread.
std::string moment_seal(const Desk& desk, const Thread& thread);
std::optional<std::int64_t> moment_of(const Desk& desk, const Thread& thread, const std::string& seal);

}  // namespace guidon::comments

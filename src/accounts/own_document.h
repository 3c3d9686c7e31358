// What do the pages of one's own account show?
#pragma once

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "accounts/house.h"
#include "people/viewer.h"
#include "people/work.h"
#include "web/resource.h"

namespace guidon::accounts {

using people::WorkItem;
using people::WorkPart;

boost::json::object work_document(const store::Reader& reader, const people::Viewer& viewer,
                                  const std::vector<WorkPart>& parts, Language language);
/// All that waits for the viewer, the earliest first, what has no date last.
std::vector<WorkItem> work_of(const store::Reader& reader, const people::Viewer& viewer,
                              const std::vector<WorkPart>& parts, Language language);

boost::json::object account_document(const House& house, const store::Reader& reader, const people::Viewer& viewer,
                                     Language language);
/// `kept`: the secret as the form brings it back.
boost::json::object totp_document(const std::string& secret, const std::string& kept, const Account& own,
                                  Language language);
boost::json::object codes_document(const std::vector<std::string>& codes, const std::string& account,
                                   Language language);

struct PreferencesWish {
    boost::json::object preferences;  // language, theme, digits, mail_rhythm
    std::string mail;
};
/// Problems "account.preference" {name, value} and "account.mail-form".
PreferencesWish read_preferences(const web::Request& request);
/// What the browser keeps of them, so that public pages, too, look as the reader likes: language, theme, digits.
std::vector<web::Cookie> tastes(const boost::json::object& preferences);

}  // namespace guidon::accounts

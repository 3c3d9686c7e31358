// Which mails do accounts cause? An invitation or a new password to the person alone, and each morning's work.
#pragma once

#include <string>
#include <vector>

#include "accounts/house.h"
#include "mail/postman.h"
#include "people/work.h"

namespace guidon::accounts {

using people::WorkPart;

Notify notify_by_mail();

/// Tells a postman where accounts have their mail and what waits for whom; `site` is "https://guidon.example".
void fill_rounds(mail::Rounds& rounds, const std::vector<WorkPart>& work, const std::string& site);

}  // namespace guidon::accounts

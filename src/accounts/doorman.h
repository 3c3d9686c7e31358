// Who sends this request? A browser by its session, a program by its access token, or the public. Opens sessions, and
// remembers what was sent, so that the same is not done twice.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "accounts/house.h"
#include "accounts/secret.h"
#include "people/viewer.h"
#include "web/resource.h"

namespace guidon::accounts {

class Doorman {
public:
    explicit Doorman(House& house) : house_(house), once_key_(new_key()) {}

    /// Null is the public: also a session that has ended. Problems: "account.token-wrong" (401), and "web.form-stale"
    /// (403) for a form that does not come from a page of this session.
    std::shared_ptr<const people::Viewer> recognise(const web::Request& request);

    /// What was answered when the same was sent before; nothing if it was not. Problem "web.once-differs" (422) where
    /// an Idempotency-Key comes with another request.
    std::optional<web::Answer> answered_before(const web::Request& request);
    void answered(const web::Request& request, const web::Answer& answer);

private:
    std::shared_ptr<people::Viewer> by_token(const store::Reader& reader, const std::string& token);
    std::shared_ptr<people::Viewer> by_session(const store::Reader& reader, const std::string& secret);

    House& house_;
    std::string once_key_;  // of this process alone
};

constexpr auto session_cookie = "guidon";

/// Opens a session for somebody who has proved who they are by `factors`; sends the browser to `to`.
/// `prove` runs within the change and may still refuse: what can be used once is used up there. Not inside of a
/// transaction.
web::Answer open_session(House& house, const web::Request& request, const Account& account, const std::string& factors,
                         const std::string& to, const std::function<void(store::Change&)>& prove = {});

/// "Firefox · Windows": what is kept of a User-Agent.
std::string browser_in_words(std::string_view user_agent);

/// `to` if it is a path on this server, else "/me".
std::string place_to_go(const std::string& to);

}  // namespace guidon::accounts

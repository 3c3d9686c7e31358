// Which key signs the tokens of a test? A new one for each test, of the kind that is asked for; a provider's server is
// not needed.
#pragma once

#include <boost/json/object.hpp>
#include <memory>
#include <string>
#include <vector>

namespace guidon::accounts {

class SigningKey {
public:
    enum class Kind { rsa, ec, ed25519 };
    SigningKey(Kind kind, std::string kid);

    /// As it stands in a JWK set, without its secret.
    boost::json::object jwk() const;
    /// A JWS with this algorithm in its header, also if the key is not meant for it.
    std::string sign(const std::string& algorithm, const boost::json::object& claims) const;
    const std::string& kid() const { return kid_; }

private:
    std::string kid_;
    std::shared_ptr<void> key_;  // of cjose; nothing for Ed25519
    std::string ed25519_public_, ed25519_secret_;
};

/// The text of a JWK set.
std::string key_set(const std::vector<SigningKey>& keys);
/// A token with any header and signature.
std::string raw_token(const boost::json::object& header, const boost::json::object& claims,
                      const std::string& signature = {});

}  // namespace guidon::accounts

// Did a form come from a page of the one who sends it, and is it sent once? Each form carries a random part and its
// seal by a key that only the server and the session have.
#pragma once

#include <string>
#include <string_view>

namespace guidon::people {

/// RANDOM.SEAL, of letters, digits and a dot.
std::string new_form_token(const std::string& key);
bool form_token_fits(const std::string& key, std::string_view token);

}  // namespace guidon::people

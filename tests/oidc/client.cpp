// How can a browser test sign in with the OpenID Connect client before any page of the server is involved?
//
// usage: guidon_oidc_client OIDC.TOML      (its first provider)
// Reads one JSON object a line, writes one a line:
//   {"do": "begin", "redirect_uri": …}                                → {"address": …}
//   {"do": "finish", "answer": {"code": …, "state": …, "iss": …}, "later": 11} → {"subject": …, "roles": […], …}
//   {"do": "sign-out", "back_to": …}                                   → {"address": …}
// or {"problem": CODE, "sentence": …}. `later` moves the clock of this and the following lines, in seconds.
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>

#include "accounts/oidc.h"

namespace {

namespace json = boost::json;
using namespace guidon;
using namespace guidon::accounts;

std::string text(const json::object& object, std::string_view name) {
    const auto* const value = object.if_contains(name);
    return value ? std::string(value->as_string()) : std::string();
}

json::object document(const Provider& provider, const Identity& identity) {
    json::array roles;
    for (const auto& rule : rules_for(provider, identity.groups)) roles.emplace_back(rule.role + " " + rule.unit);
    json::array groups;
    for (const auto& group : identity.groups) groups.emplace_back(group);
    return {{"issuer", identity.issuer}, {"subject", identity.subject}, {"user_name", identity.user_name},
            {"name", identity.name},     {"mail", identity.mail},       {"groups", std::move(groups)},
            {"roles", std::move(roles)}};
}

class Session {
public:
    explicit Session(const Provider& provider) : client_(provider, fetch_by_network({.ca_file = provider.ca_file})) {}

    json::object answer(const json::object& wish) {
        if (const auto* const later = wish.if_contains("later")) later_ += std::chrono::seconds(later->as_int64());
        const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + later_;
        const auto what = text(wish, "do");
        if (what == "begin") {
            auto begun = client_.begin(text(wish, "redirect_uri"), Language::en, now);
            pending_ = begun.pending;
            return {{"address", begun.address}};
        }
        if (what == "finish") {
            const auto& given = wish.at("answer").as_object();
            const auto identity = client_.finish({text(given, "code"), text(given, "state"), text(given, "iss"),
                                                  text(given, "error"), text(given, "error_description")},
                                                 pending_, now);
            id_token_ = identity.id_token;
            return document(client_.provider(), identity);
        }
        const auto address = client_.sign_out_address(id_token_, text(wish, "back_to"), now);
        return {{"address", address.value_or("")}};
    }

private:
    OidcClient client_;
    PendingSignIn pending_;
    std::string id_token_;
    std::chrono::seconds later_{0};
};

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) return 2;
    try {
        Session session(load_providers(arguments[1]).front());
        for (std::string line; std::getline(std::cin, line);) {
            json::object told;
            try {
                told = session.answer(json::parse(line).as_object());
            } catch (const Problem& problem) {
                told = {{"problem", problem.code}, {"sentence", sentence(Language::en, problem)}};
            }
            std::cout << json::serialize(told) << std::endl;
        }
    } catch (const Faults& faults) {
        for (const auto& fault : faults.list) std::cerr << sentence(Language::en, fault) << '\n';
        return 1;
    }
}

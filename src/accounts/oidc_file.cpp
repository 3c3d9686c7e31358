#include "accounts/oidc_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

#include "accounts/fetch.h"
#include "base/toml.h"
#include "people/roles.h"

namespace guidon::accounts {

using config::Node;
using config::Place;

namespace {

std::vector<std::string_view> role_codes() {
    std::vector<std::string_view> codes;
    for (const auto role : people::roles) codes.push_back(code(role));
    return codes;
}

using Keys = std::vector<std::string_view>;

constexpr std::size_t most_rules = 10'000;
constexpr std::size_t longest_key = 40;

std::string listed(const Keys& keys) {
    std::string list;
    for (const auto key : keys) list.append(list.empty() ? "" : ", ").append(key);
    return list;
}

bool is_key(const std::string& text) {
    return !text.empty() && text.size() <= longest_key && text.front() != '-' &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

std::optional<std::string> content_of(const std::filesystem::path& path) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) return std::nullopt;
    std::ifstream in(path, std::ios::binary);
    if (!in) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(in), {});
}

enum class Need { optional, required };

/// Reads one file; whatever is wrong is kept and reading goes on, so that one run tells everything.
class Reader {
public:
    explicit Reader(std::string file) : file_(std::move(file)), folder_(std::filesystem::path(file_).parent_path()) {}

    std::vector<Provider> providers(std::string_view toml) {
        std::vector<Provider> found;
        const auto tree = config::parse_toml(toml, file_, "oidc", faults_);
        if (tree) {
            check_keys(*tree, "the file", {"providers"});
            const auto list = tables(*tree, "providers");
            if (list.empty() && faults_.empty()) fault(tree->place, "oidc.no-providers");
            for (const auto* table : list) found.push_back(provider(*table, found));
        }
        if (faults_.empty()) return found;
        std::stable_sort(faults_.begin(), faults_.end(), [](const Fault& a, const Fault& b) {
            return std::pair(a.line, a.column) < std::pair(b.line, b.column);
        });
        if (faults_.size() > max_faults) faults_.resize(max_faults);
        throw Faults(std::move(faults_));
    }

private:
    void fault(Place place, std::string code, Arguments arguments = {}) {
        faults_.push_back({file_, place.line, place.column, std::move(code), std::move(arguments)});
    }

    void check_keys(const Node& table, const std::string& name, const Keys& allowed) {
        for (const auto& entry : table.entries)
            if (std::find(allowed.begin(), allowed.end(), entry.key) == allowed.end())
                fault(entry.place, "oidc.unknown-key",
                      {{"key", entry.key}, {"table", name}, {"expected", listed(allowed)}});
    }

    const Node* find(const Node& table, const std::string& key, Node::Kind kind, const std::string& expected) {
        const auto* const node = table.find(key);
        if (!node || node->kind == kind) return node;
        fault(node->place, "oidc.wrong-type", {{"key", key}, {"expected", expected}});
        return nullptr;
    }

    /// Never empty if it is there.
    std::string text(const Node& table, const std::string& name, const std::string& key, Need need) {
        const auto* const node = find(table, key, Node::Kind::text, "text");
        if (node && node->text.empty()) fault(node->place, "oidc.empty", {{"key", key}});
        if (!node && need == Need::required && !table.find(key))
            fault(table.place, "oidc.missing-key", {{"key", key}, {"table", name}});
        return node ? node->text : std::string();
    }

    void replace_text(std::string& target, const Node& table, const std::string& key) {
        if (auto value = text(table, "", key, Need::optional); !value.empty()) target = std::move(value);
    }

    std::vector<const Node*> tables(const Node& table, const std::string& key) {
        std::vector<const Node*> list;
        const auto* const node = find(table, key, Node::Kind::list, "tables");
        if (!node) return list;
        for (const auto& item : node->items) {
            if (item.kind == Node::Kind::table)
                list.push_back(&item);
            else
                fault(item.place, "oidc.wrong-type", {{"key", key}, {"expected", "tables"}});
        }
        return list;
    }

    Provider provider(const Node& table, const std::vector<Provider>& before) {
        static const std::string name = "[[providers]]";
        check_keys(table, name,
                   {"key", "issuer", "client_id", "client_secret", "client_secret_file", "scopes", "title", "claims",
                    "ca_file", "roles"});
        Provider made;
        made.line = table.place.line;
        made.key = text(table, name, "key", Need::required);
        check_provider_key(table, made.key, before);
        made.issuer = text(table, name, "issuer", Need::required);
        if (!made.issuer.empty() && (!is_safe_url(made.issuer) || made.issuer.find('?') != std::string::npos))
            fault(table.find("issuer")->place, "oidc.issuer-form", {{"value", made.issuer}});
        made.client_id = text(table, name, "client_id", Need::required);
        made.client_secret = secret(table, name);
        if (const auto ca = text(table, name, "ca_file", Need::optional); !ca.empty()) {
            made.ca_file = (folder_ / ca).string();
            if (!content_of(made.ca_file)) fault(table.find("ca_file")->place, "oidc.unreadable", {{"path", ca}});
        }
        scopes(table, made.scopes);
        made.title = title(table, name);
        claims(table, made);
        made.rules = rules(table);
        return made;
    }

    void check_provider_key(const Node& table, const std::string& key, const std::vector<Provider>& before) {
        if (key.empty()) return;
        const auto place = table.find("key")->place;
        if (!is_key(key)) fault(place, "oidc.key-form", {{"value", key}});
        for (const auto& other : before)
            if (other.key == key) fault(place, "oidc.twice", {{"key", key}, {"line", std::to_string(other.line)}});
    }

    std::string secret(const Node& table, const std::string& name) {
        auto written = text(table, name, "client_secret", Need::optional);
        const auto path = text(table, name, "client_secret_file", Need::optional);
        if (path.empty()) return written;
        const auto place = table.find("client_secret_file")->place;
        if (!written.empty()) fault(place, "oidc.two-secrets");
        auto content = content_of(folder_ / path);
        if (!content) {
            fault(place, "oidc.unreadable", {{"path", path}});
            return {};
        }
        while (!content->empty() && (content->back() == '\n' || content->back() == '\r')) content->pop_back();
        if (content->empty()) fault(place, "oidc.empty", {{"key", "client_secret_file"}});
        return *content;
    }

    void scopes(const Node& table, std::vector<std::string>& target) {
        const auto* const node = find(table, "scopes", Node::Kind::list, "texts");
        if (!node) return;
        target.clear();
        for (const auto& item : node->items) {
            if (item.kind == Node::Kind::text)
                target.push_back(item.text);
            else
                fault(item.place, "oidc.wrong-type", {{"key", "scopes"}, {"expected", "texts"}});
        }
        if (std::find(target.begin(), target.end(), "openid") == target.end()) fault(node->place, "oidc.no-openid");
    }

    Texts title(const Node& table, const std::string& name) {
        Texts texts;
        const auto* const node = find(table, "title", Node::Kind::table, "translations");
        if (!node) {
            if (!table.find("title")) fault(table.place, "oidc.missing-key", {{"key", "title"}, {"table", name}});
            return texts;
        }
        check_keys(*node, "title", {"en", "vi", "ur"});
        for (const auto& entry : node->entries) texts[entry.key] = text(*node, "title", entry.key, Need::required);
        if (texts.empty()) fault(node->place, "oidc.empty", {{"key", "title"}});
        return texts;
    }

    void claims(const Node& table, Provider& provider) {
        const auto* const node = find(table, "claims", Node::Kind::table, "table");
        if (!node) return;
        check_keys(*node, "[providers.claims]", {"user_name", "name", "mail", "groups"});
        replace_text(provider.user_name_claim, *node, "user_name");
        replace_text(provider.name_claim, *node, "name");
        replace_text(provider.mail_claim, *node, "mail");
        replace_text(provider.groups_claim, *node, "groups");
    }

    std::vector<GroupRule> rules(const Node& table) {
        std::vector<GroupRule> list;
        for (const auto* node : tables(table, "roles")) {
            if (list.size() == most_rules) {
                fault(node->place, "oidc.too-many-rules", {{"limit", std::to_string(most_rules)}});
                break;
            }
            list.push_back(rule(*node));
        }
        return list;
    }

    GroupRule rule(const Node& table) {
        static const std::string name = "[[providers.roles]]";
        check_keys(table, name, {"group", "role", "unit"});
        GroupRule made;
        made.line = table.place.line;
        made.group = text(table, name, "group", Need::required);
        made.role = text(table, name, "role", Need::required);
        if (!made.role.empty() && !people::role_of(made.role))
            fault(table.find("role")->place, "oidc.unknown-role",
                  {{"value", made.role}, {"expected", listed(role_codes())}});
        const bool everywhere = made.role == "administrator" || made.role == "auditor";
        made.unit = text(table, name, "unit", everywhere ? Need::optional : Need::required);
        return made;
    }

    std::string file_;
    std::filesystem::path folder_;
    std::vector<Fault> faults_;
};

}  // namespace

std::vector<Provider> parse_providers(std::string_view toml, const std::string& file) {
    return Reader(file).providers(toml);
}

std::vector<Provider> load_providers(const std::string& path) {
    const auto content = content_of(path);
    if (!content) throw Faults({{path, 0, 0, "oidc.unreadable", {{"path", path}}}});
    return parse_providers(*content, path);
}

std::vector<GroupRule> rules_for(const Provider& provider, const std::vector<std::string>& groups) {
    std::vector<GroupRule> found;
    for (const auto& rule : provider.rules) {
        if (std::find(groups.begin(), groups.end(), rule.group) == groups.end()) continue;
        const bool known = std::any_of(found.begin(), found.end(), [&](const GroupRule& other) {
            return other.role == rule.role && other.unit == rule.unit;
        });
        if (!known) found.push_back(rule);
    }
    return found;
}

}  // namespace guidon::accounts

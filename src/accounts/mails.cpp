#include "accounts/mails.h"

#include <algorithm>

#include "accounts/own_document.h"
#include "accounts/viewers.h"
#include "mail/digest_round.h"
#include "mail/mail_store.h"

namespace guidon::accounts {
namespace {

std::string preference(const Account& account, const char* name, const char* otherwise) {
    const auto* chosen = account.preferences.if_contains(name);
    return chosen ? std::string(chosen->as_string()) : otherwise;
}

Language language_of_account(const Account& account) {
    return language_of(preference(account, "language", "vi")).value_or(Language::vi);
}

std::vector<mail::Subscriber> subscribers(const store::Reader& reader) {
    std::vector<mail::Subscriber> all;
    for (const auto& account : accounts_with_mail(reader)) {
        const auto rhythm = mail::rhythm_of(preference(account, "mail_rhythm", "never"));
        if (rhythm && *rhythm != mail::Rhythm::never)
            all.push_back({account.public_id, language_of_account(account), *rhythm, std::nullopt});
    }
    return all;
}

/// What waits in all capacities of a person: a mail does not know in which one they will sign in.
std::vector<mail::WorkItem> work_in_all(const store::Reader& reader, const std::string& id,
                                        const std::vector<WorkPart>& parts, Day today) {
    std::vector<mail::WorkItem> items;
    const auto account = find_account(reader, id);
    if (!account || account->state != AccountState::active) return items;
    const Language language = language_of_account(*account);
    for (const auto& capacity : people::capacities(reader, account->person, today)) {
        const auto viewer = viewer_for(reader, *account, capacity.office, today);
        for (const auto& item : work_of(reader, *viewer, parts, language)) {
            const std::string title = item.about.empty() ? item.title : item.title + " – " + item.about;
            const bool told = std::any_of(items.begin(), items.end(), [&](const mail::WorkItem& known) {
                return known.href == item.href && known.title == title;
            });  // what waits for a person waits for them in each capacity
            if (!told) items.push_back({title, static_cast<int>(item.count), item.due, item.href});
        }
    }
    return items;
}

}  // namespace

Notify notify_by_mail() {
    return [](store::Change& change, const Account& account, const std::string& kind, const std::string& href) {
        const Language language = language_of_account(account);
        mail::queue_mail(change, {.account = account.public_id,
                                  .address = {},
                                  .language = language,
                                  .subject = say(language, "accounts.mail-" + kind),
                                  .body = say(language, "accounts.mail-" + kind + "-body", {{"link", href}}),
                                  .kind = kind,
                                  .once = {}});
    };
}

void fill_rounds(mail::Rounds& rounds, const std::vector<WorkPart>& work, const std::string& site) {
    rounds.address_of = [](const store::Reader& reader, const std::string& id) -> std::optional<std::string> {
        const auto account = find_account(reader, id);
        if (!account || account->state == AccountState::closed || account->mail.empty()) return std::nullopt;
        return account->mail;
    };
    mail::DigestSource source;
    source.subscribers = subscribers;
    source.work = [work](const store::Reader& reader, const std::string& account, Day today) {
        return work_in_all(reader, account, work, today);
    };
    source.site = site;
    source.preferences = "/me/account#preferences";
    rounds.before = [source](store::Store& store) { mail::queue_digests(store, source); };
    rounds.preferences_url = site + source.preferences;
}

}  // namespace guidon::accounts

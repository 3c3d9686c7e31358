#include "web/kept.h"

namespace guidon::web {

std::shared_ptr<const KeptBody> KeptBodies::find(const std::string& key, const std::string& version) {
    const std::lock_guard lock(mutex_);
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return nullptr;
    if (found->second->body->version != version) {
        drop(found->second);
        return nullptr;
    }
    entries_.splice(entries_.begin(), entries_, found->second);
    return found->second->body;
}

void KeptBodies::keep(const std::string& key, KeptBody body) {
    constexpr std::size_t bookkeeping = 400;
    const std::size_t cost = bookkeeping + 2 * key.size() + body.body->capacity();
    if (cost > most_bytes_ / 8) return;  // one giant page must not push out all the others
    const std::lock_guard lock(mutex_);
    if (const auto found = by_key_.find(key); found != by_key_.end()) drop(found->second);
    while (bytes_ + cost > most_bytes_) drop(std::prev(entries_.end()));
    entries_.push_front({key, std::make_shared<const KeptBody>(std::move(body)), cost});
    by_key_[key] = entries_.begin();
    bytes_ += cost;
}

std::size_t KeptBodies::bytes() const {
    const std::lock_guard lock(mutex_);
    return bytes_;
}

void KeptBodies::drop(std::list<Entry>::iterator entry) {
    bytes_ -= entry->cost;
    by_key_.erase(entry->key);
    entries_.erase(entry);
}

}  // namespace guidon::web

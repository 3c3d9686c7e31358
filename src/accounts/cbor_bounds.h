// Does a CBOR text promise more than it has? Five bytes can announce an array of billions, for which libcbor 0.8 (and
// so libfido2) takes and fills the memory before it notices that nothing follows.
#pragma once

#include <cbor.h>

#include <string_view>

namespace guidon::accounts {

/// Whether `bytes` are heads and contents of CBOR items whose arrays and maps together announce no more items than
/// there are bytes. Takes no memory.
inline bool promises_are_kept(std::string_view bytes) {
    struct Promises {
        std::size_t left;
        bool kept = true;
        void count(std::size_t items) {
            kept = kept && items <= left;
            left -= kept ? items : 0;
        }
    };
    cbor_callbacks hears = cbor_empty_callbacks;
    hears.array_start = [](void* promises, auto items) { static_cast<Promises*>(promises)->count(items); };
    hears.map_start = [](void* promises, auto pairs) {
        static_cast<Promises*>(promises)->count(pairs);
        static_cast<Promises*>(promises)->count(pairs);  // each has a key and a value
    };
    Promises promises{bytes.size()};
    while (!bytes.empty() && promises.kept) {
        const auto* const next = reinterpret_cast<const unsigned char*>(bytes.data());
        const cbor_decoder_result one = cbor_stream_decode(next, bytes.size(), &hears, &promises);
        if (one.status != CBOR_DECODER_FINISHED || one.read == 0) return false;
        bytes.remove_prefix(one.read);
    }
    return promises.kept;
}

}  // namespace guidon::accounts

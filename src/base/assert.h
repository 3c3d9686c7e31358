// What do we do when the program itself is wrong? Stop the piece of work, in every build, with the place.
#pragma once

#include <stdexcept>
#include <string>

namespace guidon {

/// Our own mistake: answered as 500 with a request id, never shown in detail.
struct BrokenPromise : std::logic_error {
    using std::logic_error::logic_error;
};

[[noreturn]] inline void broken_promise(const char* what, const char* file, int line) {
    throw BrokenPromise(std::string(file) + ":" + std::to_string(line) + ": " + what);
}

}  // namespace guidon

#define GUIDON_ASSERT(condition) \
    ((condition) ? static_cast<void>(0) : ::guidon::broken_promise(#condition, __FILE__, __LINE__))

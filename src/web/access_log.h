// What is written down about each request? Enough to run the server, nothing about the person: no address of a
// client, no query, no fields.
#pragma once

#include <memory>
#include <string>

namespace spdlog {
class logger;
}

namespace guidon::web {

enum class LogFormat { text, json, none };  // none: what went wrong is still said

struct Served {
    std::string id, method, path, route;
    int status = 0;
    std::size_t bytes = 0;
    double seconds = 0;
};

class AccessLog {
public:
    /// Lines go to standard error, gathered for up to a second; what went wrong goes at once.
    explicit AccessLog(LogFormat format);
    ~AccessLog();

    void served(const Served& request);
    void say(const std::string& what);
    /// Something that an operator has to look into; `id` is what the client was told.
    void wrong(const std::string& id, const std::string& what);
    void flush();

private:
    LogFormat format_;
    std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace guidon::web

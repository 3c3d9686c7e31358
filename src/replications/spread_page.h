// GET /exemplars/spread ?unit= ?movement= ?from= ?to=: from how many exemplars of a unit came how many?
#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "replications/replication_desk.h"
#include "replications/replications_pages.h"

namespace guidon::replications {

/// The public counts what the public sees; who reads the figures of the whole unit counts everything in it. What was
/// read of all exemplars for the last few spans of days is kept until one of them changes.
class SpreadPage {
public:
    SpreadPage(Desk desk, Version version) : desk_(std::move(desk)), version_(std::move(version)) {}
    web::Answer answer(const web::Request& request);

private:
    using All = std::shared_ptr<const std::vector<Counted>>;
    struct Span {
        std::int64_t version;
        std::string movement;
        Day from, to;
        bool operator==(const Span&) const = default;
    };
    All counted_once(const store::Reader& reader, const Span& span);
    boost::json::object document(const web::Request& request);

    Desk desk_;
    Version version_;
    std::mutex mutex_;
    std::list<std::pair<Span, All>> kept_;  // newest first, all of one version
};

}  // namespace guidon::replications

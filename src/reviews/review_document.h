// What does the page of one survey say? The questions with their points, who carries it out, what was found, and what
// follows.
#pragma once

#include <boost/json.hpp>

#include "reviews/review_desk.h"

namespace guidon::reviews {

/// The document of /reviews/:id.
boost::json::object review_document(const Desk& desk, const store::Reader& reader, const web::Request& request,
                                    const Survey& survey);

/// Adds `review` to an exemplar's document: when somebody last looked at it and with which outcome; for the chain
/// surveys with scores and findings, when the next one is due, and the form to plan one.
void tell_reviews(boost::json::object& document, const exemplars::Exemplar& exemplar, const exemplars::Looking& looking,
                  Day today);

}  // namespace guidon::reviews

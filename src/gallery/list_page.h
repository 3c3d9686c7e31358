// How is the gallery's list made? Narrowed, counted, in order, a page at a time.
#pragma once

#include <boost/json.hpp>

#include "gallery/gallery_pages.h"
#include "gallery/wish.h"

namespace guidon::gallery {

/// How many cards a page has.
constexpr int cards_per_page = 24;

/// The document of gallery/list. Problem "gallery.filter" (400) for a unit that there is not.
boost::json::object list_document(store::Store& store, Register& all, const Parts& parts, const Wish& wish,
                                  const Asker& asker);

}  // namespace guidon::gallery

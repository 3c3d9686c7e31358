// How do photos come to an article, in which order, and how do they go again? For news/*.cpp alone.
#pragma once

#include "news/article_document.h"

namespace guidon::news {

/// POST /news/:id/photos: looking into a file takes long, so it is no work for the writer's thread.
web::Answer add_photo(const Desk& desk, const web::Request& request);
/// POST /news/:id/photos/:photo.
web::Answer change_photo(const Desk& desk, const web::Request& request);

/// Takes kept files away that no version of any article shows any longer.
void forget_unshown(store::Change& change, const std::vector<Photo>& photos);

}  // namespace guidon::news

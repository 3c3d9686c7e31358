// What does the press of a province tell of its movement? The article of demo/news.json, once in each language.
#pragma once

#include "evidence/depot.h"
#include "store/store.h"

namespace guidon::cli {

/// Begun and published, with their picture and an empty thread of comments. Gives how many.
int add_demo_news(store::Store& store, const evidence::Depot& depot);

}  // namespace guidon::cli

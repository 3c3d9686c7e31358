// What does somebody see whose form was refused? A browser the form again with the sentence in it, a program the
// problem.
#pragma once

#include "base/problem.h"
#include "web/resource.h"

namespace guidon::web {

/// `form` with the problem's status, and its sentence – of Problems, all of them – as `error` of the document. Throws
/// `problem` where JSON is wanted.
Answer again(const Request& request, Answer form, const Problem& problem);

}  // namespace guidon::web

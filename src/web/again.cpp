#include "web/again.h"

#include "base/language.h"
#include "web/negotiation.h"

namespace guidon::web {

Answer again(const Request& request, Answer form, const Problem& problem) {
    const auto wanted = wanted_representation(request.asked("format"), request.header("accept"));
    if (wanted == Representation::json) throw problem;
    form.status = problem.status;
    if (const auto seconds = problem.arguments.find("seconds"); seconds != problem.arguments.end())
        form.headers["Retry-After"] = seconds->second;
    form.document["error"] = sentence(request.language, problem);
    return form;
}

}  // namespace guidon::web

#include "web/again.h"

#include "base/language.h"
#include "base/problems.h"
#include "web/negotiation.h"

namespace guidon::web {

Answer again(const Request& request, Answer form, const Problem& problem) {
    const auto wanted = wanted_representation(request.asked("format"), request.header("accept"));
    const auto* several = dynamic_cast<const Problems*>(&problem);
    if (wanted == Representation::json && several) throw *several;
    if (wanted == Representation::json) throw problem;
    form.status = problem.status;
    if (const auto seconds = problem.arguments.find("seconds"); seconds != problem.arguments.end())
        form.headers["Retry-After"] = seconds->second;
    std::string text = several ? "" : sentence(request.language, problem);
    if (several)
        for (const Problem& one : several->list) {
            const std::string told = sentence(request.language, one);
            if (text.find(told) == std::string::npos) text.append(text.empty() ? "" : " ").append(told);
        }
    form.document["error"] = text;
    return form;
}

}  // namespace guidon::web

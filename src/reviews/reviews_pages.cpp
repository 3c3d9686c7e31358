#include "reviews/reviews_pages.h"

#include <memory>

#include "base/problems.h"
#include "reviews/review_changes.h"
#include "reviews/review_document.h"
#include "reviews/review_list.h"
#include "web/again.h"

namespace guidon::reviews {

namespace json = boost::json;
using web::Answer;
using web::Method;
using web::Request;

namespace {

Answer review_page(const Desk& desk, const Request& request) {
    const auto reader = desk.store.read();
    Answer answer{.template_name = "reviews/review"};
    answer.document = review_document(desk, reader, request,
                                      must_find_survey(reader, people::viewer_of(request), request.place.at("id")));
    return answer;
}

/// What is wrong with a field, in words; "" where nothing is.
std::string wrong_at(const Problem& problem, const std::string& field, Language language) {
    const auto* several = dynamic_cast<const Problems*>(&problem);
    if (!several) return problem.field == field ? sentence(language, problem) : "";
    for (const Problem& one : several->list)
        if (one.field == field) return sentence(language, one);
    return "";
}

/// What was typed into the questions stands in them again, with what is wrong beside it.
void fill_again(json::object& document, const Request& request, const Problem& problem) {
    for (auto& value : document.at("questions").as_array()) {
        auto& question = value.as_object();
        const std::string key(question.at("key").as_string());
        question["points"] = request.field("points_" + key);
        question["remark"] = request.field("remark_" + key);
        for (const char* field : {"points_", "remark_"})
            if (const auto wrong = wrong_at(problem, field + key, request.language); !wrong.empty())
                question["wrong"] = wrong;
    }
    json::object typed;
    for (const char* name : {"findings", "on"}) typed[name] = request.field(name);
    document["typed"] = std::move(typed);
    for (auto& value : document.at("recommendations").as_array())
        value.as_object()["selected"] = value.at("key").as_string() == request.field("recommendation");
    for (auto& value : document.at("reasons").as_array())
        value.as_object()["selected"] = value.at("key").as_string() == request.field("reason");
}

/// A form that was refused comes back with what was typed.
Answer take_asked_step(const Desk& desk, const Request& request) {
    try {
        return take_step(desk, request);
    } catch (const Problem& problem) {
        if (problem.status != 422) throw;
        Answer form = review_page(desk, request);
        fill_again(form.document, request, problem);
        return web::again(request, std::move(form), problem);
    }
}

Answer take_plan(const Desk& desk, const Request& request) {
    try {
        return plan_many(desk, request);
    } catch (const Problem& problem) {
        if (problem.status != 422 && problem.status != 409) throw;
        Request empty = request;
        empty.query.clear();
        Answer form = review_list(desk, empty);
        json::object typed;
        for (const char* name : {"unit", "field", "planned_on", "team", "form_toml"}) typed[name] = request.field(name);
        form.document["typed"] = std::move(typed);
        return web::again(request, std::move(form), problem);
    }
}

}  // namespace

void add_routes(web::Routes& routes, store::Store& store, std::string sample_form) {
    const auto desk = std::make_shared<const Desk>(Desk{store, std::move(sample_form)});
    const auto by = [desk](auto handler) {
        return [desk, handler](const Request& request) { return handler(*desk, request); };
    };
    routes.get("/reviews", by(review_list));
    routes.change(Method::post, "/reviews", by(plan_review));
    routes.change(Method::post, "/reviews/plans", by(take_plan));
    routes.get("/reviews/:id", by(review_page));
    routes.change(Method::post, "/reviews/:id/steps", by(take_asked_step));
}

exemplars::ExemplarPart exemplar_part(store::Store& store) {
    return [&store](json::object& document, const exemplars::Exemplar& exemplar, const exemplars::Looking& looking) {
        tell_reviews(document, exemplar, looking, Day::of_utc_ms(store.now_utc_ms()));
    };
}

}  // namespace guidon::reviews

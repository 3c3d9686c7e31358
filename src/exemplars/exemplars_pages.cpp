#include "exemplars/exemplars_pages.h"

#include <memory>

#include "base/problems.h"
#include "exemplars/bulk.h"
#include "exemplars/evidence_changes.h"
#include "exemplars/exemplar_changes.h"
#include "exemplars/exemplar_document.h"
#include "exemplars/form_document.h"
#include "exemplars/similar_hints.h"
#include "exemplars/step_forms.h"
#include "exemplars/steps.h"
#include "web/again.h"

namespace guidon::exemplars {

using web::Answer;
using web::Method;
using web::Request;

namespace {

/// A step that was refused leaves its reader on the exemplar's page, with the sentence and what was typed.
Answer take_or_page(const Desk& desk, const Request& request) {
    try {
        return take(desk, request);
    } catch (const Problem& problem) {
        const bool other_unit = problem.field == "by_unit";  // one that does not decide this level
        const bool told_there = problem.status == 422 || problem.status == 409 || problem.status == 412 || other_unit;
        if (!told_there) throw;
        Answer page = exemplar_page(desk, request);
        put_back(page.document.at("steps"), request);
        return web::again(request, std::move(page), problem);
    }
}

}  // namespace

void add_routes(web::Routes& routes, store::Store& store, const evidence::Depot& depot, Parts parts) {
    const std::shared_ptr<const Desk> desk(new Desk{store, depot, std::move(parts)});
    const auto get = [&](std::string path, Answer (*handler)(const Desk&, const Request&)) {
        routes.get(std::move(path), [desk, handler](const Request& request) { return handler(*desk, request); });
    };
    const auto change = [&](Method method, std::string path, Answer (*handler)(const Desk&, const Request&)) {
        routes.change(method, std::move(path),
                      [desk, handler](const Request& request) { return handler(*desk, request); });
    };
    const auto add = [&](Method method, std::string path, web::Access access, std::uint64_t limit,
                         Answer (*handler)(const Desk&, const Request&)) {
        routes.add({.method = method,
                    .path = std::move(path),
                    .access = access,
                    .handler = [desk, handler](const Request& request) { return handler(*desk, request); },
                    .body_limit = limit});
    };
    get("/exemplars/new", new_form);
    add(Method::post, "/exemplars/similar", web::Access::read, web::form_limit, similar_part);
    get("/exemplars/bulk", choose_many);
    add(Method::post, "/exemplars/bulk/plan", web::Access::read, web::form_limit, plan_many);
    change(Method::post, "/exemplars/bulk", apply_many);
    change(Method::post, "/exemplars", write_new);
    get("/exemplars/:id", exemplar_page);
    change(Method::put, "/exemplars/:id", write_anew);
    get("/exemplars/:id/edit", edit_form);
    change(Method::post, "/exemplars/:id/discard", discard);
    change(Method::post, "/exemplars/:id/steps", take_or_page);
    add(Method::post, "/exemplars/:id/evidence", web::Access::files, web::upload_limit, add_file);
    change(Method::post, "/exemplars/:id/evidence/:file", change_file);
    get("/exemplars/:id/similar", similar_page);
    get("/exemplars/:id/similar/:other", side_by_side);
}

evidence::MaySee may_see_evidence() {
    return [](const store::Reader& reader, const people::Viewer* viewer, const evidence::Evidence& file) {
        auto seen = evidence::Seen::nothing;
        for (const ExemplarId id : with_evidence(reader, file.public_id)) {
            const Exemplar it = exemplar(reader, id);
            if (works_on(reader, viewer, it)) return evidence::Seen::original;
            if (sees(reader, viewer, it)) seen = evidence::Seen::copies;
        }
        return seen;
    };
}

people::Naming naming() {
    return [](const store::Reader& reader, const people::Viewer* viewer, const std::string& id,
              Language language) -> std::optional<people::Name> {
        const auto it = find_exemplar(reader, id);
        if (!it || !sees(reader, viewer, *it)) return std::nullopt;
        return people::Name{title_in(*it, language), "/exemplars/" + id};
    };
}

}  // namespace guidon::exemplars

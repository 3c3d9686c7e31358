#include "web/site.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/assert.h"
#include "base/problem.h"

namespace guidon::web {
namespace {

namespace json = boost::json;

const embedded::Files& test_templates() {
    static const embedded::Files files{
        {"layout/page.mustache", "<html lang=\"{{page.language}}\"><body>{{> content}}</body></html>"},
        {"web/problem.mustache",
         "<h1>{{title}}</h1><p>{{detail}}</p>{{#errors}}<li>{{place_text}} {{text}}</li>{{/errors}}"},
        {"web/problem_code.mustache", "{{code}}"},
        {"web/health.mustache", "{{status}}"},
        {"a/page.mustache", "<p>{{name}}</p>"},
        {"a/rows.mustache", "<i>{{name}}</i>"},
        {"a/links.mustache", "{{#page.languages}}<a href=\"{{href}}\">{{/page.languages}}{{page.canonical}}"},
        {"a/broken.mustache", "{{#open}}"}};
    return files;
}

/// A site with a few pages; the writer runs what is queued when `write` is called.
class SiteTest : public testing::Test {
protected:
    SiteTest() {
        routes.get("/pages/:name", [](const Request& request) { return page(request); });
        routes.get("/versioned", [this](const Request&) { return versioned(); });
        routes.get("/broken", [](const Request&) {
            Answer answer;
            answer.template_name = "a/broken";
            return answer;
        });
        routes.get("/elsewhere", [](const Request& request) { return see_other("/pages/" + request.asked("to")); });
        routes.get("/fails/:how", [](const Request& request) { return fail(request.place.at("how")); });
        routes.change(Method::put, "/pages/:name", [this](const Request& request) {
            stored = request.field("value");
            if (stored == "bad") throw Problem("web.bad-form", {}, "value");
            Answer answer;
            answer.location = "/pages/" + request.place.at("name");
            answer.document = {{"value", stored}};
            return answer;
        });
        routes.change(Method::post, "/pages/:name/notes",
                      [](const Request&) { return Answer{.status = 422, .template_name = "a/links"}; });
        around.submit = [this](auto work, auto done) { queue.emplace_back(work, done); };
        around.submit_alone = around.submit;
    }

    static Answer fail(const std::string& how) {
        if (how == "promise") GUIDON_ASSERT(how.empty());
        if (how == "outage") throw std::runtime_error("disk /secret is gone");
        throw Faults({{"a.csv", 3, 7, "web.not-found", {{"path", "x"}}}, {"a.csv", 0, 0, "web.bad-form", {}}});
    }
    static Answer page(const Request& request) {
        Answer answer;
        answer.template_name = "a/page";
        answer.fragment_name = "a/rows";
        answer.document = {{"name", request.place.at("name")}};
        return answer;
    }
    Answer versioned() {
        Answer answer;
        answer.template_name = "a/page";
        answer.version = version;
        answer.fill = [this] {
            ++filled;
            return json::object{{"name", "v" + version + std::string(2000, '.')}};
        };
        return answer;
    }
    Site::Options options() const {
        Site::Options all{{test_templates(), none, "1"}, none};
        all.guard = guard;
        return all;
    }
    Outgoing ask(std::string method, std::string target, Headers headers = {}, std::string_view body = {}) {
        if (!site) site = std::make_unique<Site>(routes, hub, around, options());
        headers.emplace("host", "localhost:8080");
        Incoming incoming{method, target, headers, body, body.size(), 0};
        answered = 0;
        site->answer(std::move(incoming), [this](Outgoing out) {
            ++answered;
            last = std::move(out);
        });
        return last;
    }
    void write() {
        for (auto& [work, done] : queue) {
            std::exception_ptr thrown;
            try {
                work();
            } catch (...) {
                thrown = std::current_exception();
            }
            done(thrown);
        }
        queue.clear();
    }
    static std::string text(const Outgoing& out) {
        return std::to_string(out.status) + " " + (out.body ? *out.body : "");
    }
    static std::string header(const Outgoing& out, const std::string& name) {
        for (const auto& [key, value] : out.headers) {
            if (key == name) return value;
        }
        return "";
    }

    const embedded::Files none;
    GuardOptions guard;
    Routes routes;
    LiveHub hub;
    Surroundings around;
    std::vector<std::pair<Surroundings::Work, Surroundings::Done>> queue;
    std::unique_ptr<Site> site;
    std::string stored, version = "1";
    int filled = 0;
    int answered = 0;
    Outgoing last;
};

TEST_F(SiteTest, OneAddressHasAPageAPartAndADocument) {
    EXPECT_EQ(text(ask("GET", "/pages/a%26b")), "200 <html lang=\"en\"><body><p>a&amp;b</p></body></html>");
    EXPECT_EQ(text(ask("GET", "/pages/x", {{"hx-request", "true"}})), "200 <i>x</i>");
    EXPECT_EQ(text(ask("GET", "/pages/x.json")), "200 {\"name\":\"x\"}\n");
    EXPECT_EQ(text(ask("GET", "/pages/x", {{"accept", "application/json"}})), "200 {\"name\":\"x\"}\n");
}

TEST_F(SiteTest, AKeptBodyIsBuiltOncePerVersionAndForm) {
    const std::string first = header(ask("GET", "/versioned"), "ETag");
    ask("GET", "/versioned");
    EXPECT_EQ(filled, 1);
    ask("GET", "/versioned", {{"accept-encoding", "gzip"}});
    EXPECT_EQ(header(last, "Content-Encoding"), "gzip");
    ask("GET", "/versioned.json");
    EXPECT_EQ(filled, 3);
    EXPECT_EQ(ask("GET", "/versioned", {{"if-none-match", first}}).status, 304);
    EXPECT_EQ(filled, 3);
    version = "2";
    EXPECT_EQ(ask("GET", "/versioned", {{"if-none-match", first}}).status, 200);
    EXPECT_EQ(filled, 4);
    EXPECT_NE(header(last, "ETag"), first);
}

TEST_F(SiteTest, AKeptPageIsOfOneThemeAndItsDocumentOfAll) {
    ask("GET", "/versioned");
    const std::string plain = header(last, "ETag");
    ask("GET", "/versioned", {{"cookie", "theme=dark"}});
    EXPECT_NE(header(last, "ETag"), plain);
    EXPECT_EQ(filled, 2);
    ask("GET", "/versioned", {{"cookie", "digits=native"}});  // in English nothing differs
    EXPECT_EQ(header(last, "ETag"), plain);
    ask("GET", "/versioned", {{"cookie", "lang=ur"}});
    const std::string urdu = header(last, "ETag");
    ask("GET", "/versioned", {{"cookie", "lang=ur; digits=native"}});
    EXPECT_NE(header(last, "ETag"), urdu);
    ask("GET", "/versioned.json", {{"cookie", "lang=ur"}});
    const std::string document = header(last, "ETag");
    ask("GET", "/versioned.json", {{"cookie", "lang=ur; digits=native; theme=dark"}});
    EXPECT_EQ(header(last, "ETag"), document);
}

TEST_F(SiteTest, AChangeIsAnsweredWhenItIsOnDisk) {
    const Headers form{{"content-type", "application/x-www-form-urlencoded"}};
    ask("PUT", "/pages/x", form, "value=7");
    EXPECT_EQ(answered, 0);
    write();
    EXPECT_EQ(answered, 1);
    EXPECT_EQ(last.status, 303);
    EXPECT_EQ(header(last, "Location"), "/pages/x");
    ask("PUT", "/pages/x", {{"content-type", "application/json"}, {"accept", "application/json"}}, R"({"value": 8})");
    write();
    EXPECT_EQ(text(last), "200 {\"value\":\"8\"}\n");
    EXPECT_EQ(header(last, "Location"), "/pages/x");
}

TEST_F(SiteTest, AFormSaysPutByAField) {
    const Headers form{{"content-type", "application/x-www-form-urlencoded"}};
    ask("POST", "/pages/x", form, "_method=put&value=9");
    write();
    EXPECT_EQ(stored, "9");
    EXPECT_EQ(ask("POST", "/pages/x", form, "_method=get").status, 400);
    EXPECT_EQ(ask("POST", "/pages/x", form, "value=9").status, 405);
}

TEST_F(SiteTest, ARefusedFormLeadsToItsPageInOtherLanguages) {
    const Headers form{{"content-type", "application/x-www-form-urlencoded"}};
    ask("POST", "/pages/x/notes", form, "value=9");
    write();
    EXPECT_EQ(last.status, 422);
    EXPECT_THAT(text(last), testing::HasSubstr("<a href=\"/pages/x?lang=en\"><a href=\"/pages/x?lang=vi\">"
                                               "<a href=\"/pages/x?lang=ur\">http://localhost:8080/pages/x<"));
    Headers from_a_list = form;
    from_a_list.emplace("referer", "http://localhost:8080/pages/all?page=2");
    ask("POST", "/pages/x/notes", from_a_list, "value=9");
    write();
    EXPECT_THAT(text(last), testing::HasSubstr("\"/pages/all?page=2&amp;lang=vi\""));
}

TEST_F(SiteTest, WhoOpensAnAddressThatOnlyTakesFormsIsLedToThePageAboveIt) {
    const json::value problem = json::parse(*ask("GET", "/pages/x/notes", {{"accept", "application/json"}}).body);
    EXPECT_EQ(last.status, 405);
    EXPECT_EQ(header(last, "Allow"), "OPTIONS, POST");
    EXPECT_EQ(problem.at("back_href"), "/pages/x");
}

TEST_F(SiteTest, ARefusedChangeIsAProblemWithItsField) {
    ask("PUT", "/pages/x", {{"content-type", "application/json"}, {"accept", "application/json"}},
        R"({"value": "bad"})");
    write();
    const json::value problem = json::parse(*last.body);
    EXPECT_EQ(last.status, 422);
    EXPECT_EQ(problem.at("field"), "value");
    EXPECT_EQ(problem.at("instance"), "/pages/x");
    EXPECT_EQ(problem.at("type"), "/problems/web.bad-form");
}

TEST_F(SiteTest, FaultsOfAFileAreToldWithTheirPlaces) {
    const json::value problem = json::parse(*ask("GET", "/fails/faults.json").body);
    EXPECT_EQ(last.status, 422);
    EXPECT_EQ(problem.at("detail"), "2 things are wrong in what was handed in.");
    EXPECT_EQ(problem.at("errors").at(0).at("place_text"), "a.csv:3:7");
    EXPECT_EQ(problem.at("errors").at(0).at("text"), "There is nothing at x.");
    EXPECT_EQ(problem.at("errors").at(1).at("place_text"), "a.csv");
}

TEST_F(SiteTest, OurMistakesAndOutagesTellANumberAndNoDetails) {
    for (const auto& [how, status] : {std::pair{"promise", 500}, {"outage", 503}}) {
        ask("GET", std::string("/fails/") + how, {{"x-request-id", "request-0001"}});
        EXPECT_EQ(last.status, status);
        EXPECT_NE(last.body->find("request-0001"), std::string::npos) << *last.body;
        EXPECT_EQ(last.body->find("secret"), std::string::npos);
        EXPECT_EQ(last.body->find(".cpp"), std::string::npos);
    }
    EXPECT_EQ(ask("GET", "/broken").status, 500);
}

TEST_F(SiteTest, AnOtherSiteCannotChangeAnything) {
    const Headers form{{"content-type", "application/x-www-form-urlencoded"}};
    const auto status = [&](Headers headers) {
        headers.insert(form.begin(), form.end());
        ask("PUT", "/pages/x", headers, "value=1");
        write();
        return last.status;
    };
    EXPECT_EQ(status({{"origin", "http://evil.example"}}), 403);
    EXPECT_EQ(status({{"origin", "null"}}), 403);
    EXPECT_EQ(status({{"sec-fetch-site", "cross-site"}}), 403);
    EXPECT_EQ(status({{"sec-fetch-site", "same-site"}, {"origin", "http://localhost:8080"}}), 403);
    EXPECT_EQ(status({{"sec-fetch-site", "same-origin"}, {"origin", "http://localhost:8080"}}), 303);
    EXPECT_EQ(status({}), 303);
}

TEST_F(SiteTest, APageOfAProblemLeadsBackToWhereTheReaderCameFromAndNowhereElse) {
    const auto back = [&](const char* referer) {
        ask("GET", "/fails/faults.json", {{"referer", referer}});
        const json::value problem = json::parse(*last.body);
        const auto* found = problem.as_object().if_contains("back_href");
        return found == nullptr ? std::string("-") : std::string(found->as_string());
    };
    EXPECT_EQ(back("http://localhost:8080/pages/x?q=1"), "/pages/x?q=1");
    EXPECT_EQ(back("http://evil.example/"), "-");
    EXPECT_EQ(back("http://localhost:8080//evil.example/"), "-");
    EXPECT_EQ(back("http://localhost:8080.evil.example/"), "-");
}

TEST_F(SiteTest, AValueCannotInventHeaders) {
    EXPECT_EQ(ask("GET", "/elsewhere?to=x%0d%0aSet-Cookie:%20a=b").status, 500);
    EXPECT_EQ(header(last, "Location"), "");
    EXPECT_EQ(header(last, "Set-Cookie"), "");
}

TEST_F(SiteTest, ARedirectNeverLeavesTheServerByAccident) {
    std::string location;
    routes.get("/back", [&](const Request&) { return see_other(location); });
    routes.get("/provider", [](const Request&) {
        Answer answer = see_other("https://login.example/");
        answer.leads = Leads::elsewhere;
        return answer;
    });
    for (const char* away : {"https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "evil",
                             "javascript:alert(1)", "\\\\evil.example"}) {
        location = away;
        EXPECT_EQ(ask("GET", "/back").status, 500) << away;
        EXPECT_EQ(header(last, "Location"), "") << away;
    }
    location = "/pages/a?next=//b";
    EXPECT_EQ(header(ask("GET", "/back"), "Location"), location);
    EXPECT_EQ(header(ask("GET", "/provider"), "Location"), "https://login.example/");
}

TEST_F(SiteTest, ATrailingSlashLeadsNowhereElse) {
    EXPECT_EQ(header(ask("GET", "/pages/x/"), "Location"), "/pages/x");
    for (const char* target : {"//evil.example/", "/%2fevil.example/", "/\\evil.example/", "/%5cevil.example/",
                               "/pages//evil.example/", "/pages/x//"}) {
        EXPECT_GE(ask("GET", target).status, 400) << target;
        EXPECT_EQ(header(last, "Location"), "") << target;
    }
}

TEST_F(SiteTest, AFileOfAnotherKindThanTheRouteTakesIsRefused) {
    routes.add({Method::post,
                "/files",
                Access::read,
                [](const Request& request) {
                    Answer answer;
                    answer.document = {{"size", request.uploads.at("file").content.size()}};
                    return answer;
                },
                upload_limit,
                {UploadType::csv}});
    const auto sent = [&](const std::string& name, const std::string& content) {
        const std::string body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name +
                                 "\"\r\nContent-Type: text/csv\r\n\r\n" + content + "\r\n--b--\r\n";
        return text(ask("POST", "/files",
                        {{"content-type", "multipart/form-data; boundary=b"}, {"accept", "application/json"}}, body));
    };
    EXPECT_EQ(sent("a.csv", "key"), "200 {\"size\":3}\n");
    EXPECT_NE(sent("a.html", "key").find("\"code\":\"web.upload-type\""), std::string::npos) << *last.body;
    EXPECT_EQ(last.status, 415);
    EXPECT_EQ(json::parse(*last.body).at("field"), "file");
    sent("a.csv", std::string("PK\x03\x04"));
    EXPECT_EQ(last.status, 415);
}

TEST_F(SiteTest, WhoAsksTooOftenIsToldWhenToComeBack) {
    guard.rates = Rates::at_most(1);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(ask("GET", "/pages/x").status, 200);
    ask("GET", "/pages/x.json", {{"accept", "application/json"}});
    EXPECT_EQ(last.status, 429);
    EXPECT_EQ(header(last, "Retry-After"), "1");
    EXPECT_EQ(json::parse(*last.body).at("code"), "web.too-many-requests");
}

TEST_F(SiteTest, ABodyThatIsCompressedIsNotUnpacked) {
    EXPECT_EQ(ask("PUT", "/pages/x", {{"content-type", "application/json"}, {"content-encoding", "gzip"}}, "{}").status,
              415);
}

TEST_F(SiteTest, AnUnreadableAddressNeverReachesAHandlerOrTheLog) {
    for (const char* target : {"nothing", "/%", "//evil.example/pages", "/pages/\n", "http://localhost:8080/pages/x"}) {
        EXPECT_EQ(ask("GET", target).status, 400) << target;
    }
}

}  // namespace
}  // namespace guidon::web

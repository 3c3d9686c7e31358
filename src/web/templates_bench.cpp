// What does a page of 100 rows cost, from the document to HTML?
#include <benchmark/benchmark.h>

#include "web/templates.h"

namespace guidon::web {
namespace {

constexpr std::string_view rows = R"(<table class="standings">
  <caption>{{caption}}</caption>
  <tbody>{{#standings}}
    <tr{{#own}} aria-current="true"{{/own}}><td class="number">{{rank}}</td>
      <th scope="row"><a href="{{why}}">{{unit.name}}</a></th><td class="number">{{total}}</td>
      <td class="number">{{a}}</td><td class="number">{{b}}</td><td class="number">{{c}}</td><td>{{class}}</td></tr>{{/standings}}
  </tbody>
</table>)";

void page_of_100_rows(benchmark::State& state) {
    const embedded::Files files{{"page.mustache", rows}};
    const Templates templates(files);
    boost::json::array standings;
    for (int i = 1; i <= 100; ++i) {
        standings.push_back({{"rank", i},
                             {"own", i == 5},
                             {"why", "/why/" + std::to_string(i)},
                             {"unit", {{"name", "Huyện Lệ Thủy & Co"}}},
                             {"total", "97.25"},
                             {"a", "12.5"},
                             {"b", "40"},
                             {"c", "44.75"},
                             {"class", "A"}});
    }
    const boost::json::value document{{"caption", "Standings"}, {"standings", standings}};
    for (auto _ : state) benchmark::DoNotOptimize(templates.render("page", Layout::fragment, document, {}));
}
BENCHMARK(page_of_100_rows)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace guidon::web

#include "celldrift/core/error.hpp"
#include "celldrift/report/report.hpp"
#include "report/page/page.hpp"
#include "report/page/utf8.hpp"
#include "report/sides/line_diff.hpp"
#include "report/wording/words.hpp"
#include "unit/report/fixture.hpp"

#include <doctest/doctest.h>

#include <chrono>

namespace celldrift::report {
namespace {

std::string page(std::size_t indent, const Line& line, Colour colour = Colour::no) {
  Page result(40, colour);
  result.line(indent, line);
  return result.take();
}

TEST_CASE("lines are wrapped at blanks, further lines indented by two more") {
  CHECK(page(2, {{"one two three four five six seven eight nine ten"}}) ==
        "  one two three four five six seven\n    eight nine ten\n");
  CHECK(page(0, {{"a  b"}}) == "a  b\n");
  CHECK(page(0, {}) == "\n");
}

TEST_CASE("spans without a blank between them stay together") {
  CHECK(page(0, {{"0123456789 0123456789 0123456789 01234"}, {"567,"}, {" x"}}) ==
        "0123456789 0123456789 0123456789\n  01234567, x\n");
}

TEST_CASE("a word that no line is wide enough for is broken between characters") {
  CHECK(page(0, {{std::string(45, 'x')}}) ==
        std::string(40, 'x') + "\n  " + std::string(5, 'x') + "\n");
  std::string wide;
  for (int i = 0; i < 21; ++i) {
    wide += "日";
  }
  CHECK(page(0, {{wide}}) == wide.substr(0, 60) + "\n  日\n");
}

TEST_CASE("colours are opened and closed on each line and only when asked for") {
  const Line line = {{"red words", Style::red}, {" plain"}};
  CHECK(page(0, line) == "red words plain\n");
  CHECK(page(0, line, Colour::yes) == "\x1b[31mred words\x1b[0m plain\n");
}

TEST_CASE("nothing from outside reaches the terminal as it is") {
  CHECK(page(0, {{"a\x1b[2J\tb\n\xff"}}) == "a\\x1b[2J\\tb\\n\\xff\n");
}

TEST_CASE("no line of any recorded report is wider than asked for") {
  for (const std::string name : {"drifted",
                                 "incomplete",
                                 "fifty-cells",
                                 "hostile-names",
                                 "config-lines",
                                 "secrets",
                                 "one-script",
                                 "lost",
                                 "by-right",
                                 "evidence",
                                 "odd-texts"}) {
    const fixture::Fixture fixture = fixture::load(name);
    const audit::Report report = audit::judge(fixture.input);
    for (const std::size_t width : {40, 80, 120}) {
      for (const bool full : {false, true}) {
        const std::string result =
            text(report, {.width = width, .now = fixture.now, .full = full, .show_ignored = true});
        for (const std::string_view line : split(result, '\n')) {
          CAPTURE(name);
          CAPTURE(line);
          CHECK(columns(line) <= width);
        }
      }
    }
  }
}

TEST_CASE("no control character but the line end is ever written") {
  const fixture::Fixture fixture = fixture::load("hostile-names");
  for (const char c : text(audit::judge(fixture.input), {.now = fixture.now})) {
    CHECK((c == '\n' || c < 0 || c >= ' '));
  }
}

TEST_CASE("nothing from outside reaches the terminal as it is in a unified diff") {
  const fixture::Fixture fixture = fixture::load("hostile-names");
  for (const char c : unified(audit::judge(fixture.input), {.now = fixture.now})) {
    CHECK((c == '\n' || c == '\t' || c < 0 || c >= ' '));
  }
}

TEST_CASE("no hash of a secret value is shown in the text") {
  const fixture::Fixture fixture = fixture::load("secrets");
  CHECK(text(audit::judge(fixture.input), {}).find("hmac") == std::string::npos);
  CHECK(text(audit::judge(fixture.input), {.full = true}).find("hmac") == std::string::npos);
}

TEST_CASE("an incomplete run says so first and last") {
  const fixture::Fixture fixture = fixture::load("drifted-and-incomplete");
  const std::string result = text(audit::judge(fixture.input), {.now = fixture.now});
  const std::string line = "INCOMPLETE: cell-c could not be read: 401 unauthorized\n";
  const std::size_t first = result.find(line);
  REQUIRE(first != std::string::npos);
  CHECK(first < result.find("Missing"));
  CHECK(result.rfind(line) > result.find("Could not be looked at"));
}

TEST_CASE("names are listed in the order of their numbers and cut to fit") {
  struct Case {
    std::vector<std::string> names;
    std::size_t limit;
    std::size_t all;
    std::string_view expected;
  };
  std::vector<std::string> many;
  for (int i = 1; i <= 48; ++i) {
    many.push_back("cell-" + std::to_string(i));
  }
  const Case cases[] = {
      {{"b"}, 1, 5, "b"},
      {{"cell-10", "cell-9", "cell-1"}, 80, 50, "cell-1, cell-9, cell-10"},
      {{"a02", "a1", "a002"}, 80, 50, "a1, a002, a02"},
      {{"a", "b"}, 80, 2, "a, b"},
      {{"a", "b", "c", "d"}, 80, 4, "all 4 cells"},
      {many, 34, 50, "cell-1, cell-2, … (48 cells)"},
      // at least one is always named
      {many, 5, 50, "cell-1, … (48 cells)"},
      // many are counted rather than read, however wide the page is
      {many, 500, 50, "cell-1, cell-2, cell-3, cell-4, cell-5, cell-6, cell-7, … (48 cells)"},
  };
  for (const Case& test : cases) {
    CHECK(list_names(test.names, test.limit, test.all) == test.expected);
  }
}

TEST_CASE("times are told as an age only when there is a now after them") {
  const Time then = *parse_time("2026-03-01T09:30:00Z");
  CHECK(when(then, then + std::chrono::hours(2)) == "2 hours ago (2026-03-01T09:30:00Z)");
  CHECK(when(then, std::nullopt) == "2026-03-01T09:30:00Z");
  CHECK(when(then, then - std::chrono::hours(2)) == "2026-03-01T09:30:00Z");
}

std::string diff(std::string_view want, std::string_view have, std::size_t limit = 24) {
  std::string text;
  for (const DiffLine& line : line_diff(want, have, limit)) {
    static constexpr std::string_view marks[] = {" ", "-", "+", "…"};
    text += std::string(marks[std::size_t(line.side)]) + line.text + "|";
  }
  return text;
}

TEST_CASE("texts are compared line by line") {
  struct Case {
    std::string_view want;
    std::string_view have;
    std::string_view expected;
  };
  const Case cases[] = {
      {"a\nb\nc\n", "a\nx\nc\n", " a|-b|+x| c|"},
      {"a\n", "a", "-a|+a (no line end)|"},
      {"", "a\n", "+a|"},
      {"a\n", "", "-a|"},
      {"a\na\n", "a\n", " a|-a|"},
      {"1\n2\n3\n4\n5\n6\n", "1\n2\n3\n4\n5\nx\n", "…4 equal lines| 5|-6|+x|"},
      {"1\n2\n3\n4\n5\n6\n", "x\n2\n3\n4\n5\n6\n", "-1|+x| 2|…4 equal lines|"},
      {"a\r\n", "a\n", "-a\r|+a|"},
  };
  for (const Case& test : cases) {
    CAPTURE(test.expected);
    CHECK(diff(test.want, test.have) == test.expected);
  }
}

TEST_CASE("a long diff keeps some of both sides and says how much is left out") {
  std::string want;
  std::string have;
  for (int i = 0; i < 100; ++i) {
    want += "w" + std::to_string(i) + "\n";
    have += "h" + std::to_string(i) + "\n";
  }
  CHECK(diff(want, have, 4) == "-w0|-w1|+h0|+h1|…196 more lines|");
}

TEST_CASE("texts of very many different lines are shown in reasonable time") {
  std::string want;
  std::string have;
  for (int i = 0; i < 300'000; ++i) {
    want += std::to_string(i) + "\n";
    have += std::to_string(i * 7 + 1) + "\n";
  }
  const auto start = std::chrono::steady_clock::now();
  CHECK(line_diff(want, have, 24).size() == 25);
#ifdef __SANITIZE_THREAD__
  constexpr std::chrono::seconds reasonable(200);  // it makes everything about ten times slower
#else
  constexpr std::chrono::seconds reasonable(20);
#endif
  CHECK(std::chrono::steady_clock::now() - start < reasonable);
}

TEST_CASE("columns count what a terminal shows") {
  CHECK(columns("abc") == 3);
  CHECK(columns("日本") == 4);
  CHECK(columns("e\xcc\x81") == 1);
  CHECK(cut_to("日本語", 5) == "日本…");
  CHECK(cut_to("abc", 3) == "abc");
}

TEST_CASE("a finding of any category is in the text, with its values and cells") {
  for (const audit::Category category : audit::all_categories) {
    CAPTURE(audit::describe(category));
    audit::Finding finding;
    finding.fingerprint = "0123456789abcdef";
    finding.rule = "some/rule";
    finding.category = category;
    finding.severity = audit::Severity::warning;
    finding.cells = {"cell-7"};
    finding.component = "backend";
    finding.application = "cell-7-backend";
    finding.object = {"v1", "ConfigMap", "backend", "settings"};
    finding.what = "field data.mode";
    finding.subject = "ConfigMap settings";
    finding.values = {{.value = Value::string("fast"), .cells = {"cell-1", "cell-2"}},
                      {.value = Value(), .cells = {"cell-7"}}};
    finding.message = "a sentence";
    audit::Report report;
    report.findings = {finding};
    const std::string result = text(report, {.full = true});
    CHECK(result.find("0123456789abcdef") != result.npos);
    CHECK(result.find("cell-7") != result.npos);
  }
}

TEST_CASE("parity shows who has what, and severity and reason in words") {
  audit::Finding finding;
  finding.fingerprint = "0123456789abcdef";
  finding.category = audit::Category::parity;
  finding.severity = audit::Severity::warning;
  finding.cells = {"cell-7"};
  finding.component = "backend";
  finding.values = {{.value = Value::string("fast"), .cells = {"cell-1", "cell-2"}},
                    {.value = Value(), .cells = {"cell-7"}}};
  finding.message = "data.mode of ConfigMap settings differs";
  finding.reason = "a webhook of that name is in cell-7 only";
  audit::Report report;
  report.findings = {finding};
  const std::string result = text(report, {});
  CHECK(result.find("Parity: cells differ, Git is silent\n"
                    "backend\n"
                    "  warning: data.mode of ConfigMap settings differs\n"
                    "    fast: cell-1, cell-2\n"
                    "    (none): cell-7\n"
                    "    a webhook of that name is in cell-7 only\n"
                    "    [01234567]\n") != result.npos);
}

}  // namespace
}  // namespace celldrift::report

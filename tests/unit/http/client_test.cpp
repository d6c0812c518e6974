// Requests that kube has no use for: POST, redirects, headers. How a GET fares with a server that
// misbehaves is in tests/unit/kube/client_test.cpp.
#include "celldrift/http/client.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/http/address.hpp"
#include "support/http_server.hpp"

#include <doctest/doctest.h>

using namespace celldrift;
using namespace std::chrono_literals;
using test::Asked;
using test::HttpServer;

namespace {

http::ClientOptions quick() {
  http::ClientOptions options;
  options.request_timeout = 400ms;
  options.connect_timeout = 400ms;
  options.first_pause = 5ms;
  return options;
}

http::Answer send(const std::string& url, http::Request request) {
  http::Client client(quick());
  const auto server =
      client.server({.url = url}, http::fixed({.authorization = "Bearer s3cr3t-t0ken"}));
  return client.ask(server, std::move(request), std::chrono::steady_clock::now() + 5s);
}

http::Answer post(const std::string& url) {
  return send(url, {.method = http::Method::post, .path = "/do", .body = R"({"a":1})"});
}

http::Answer follow(const std::string& url) {
  return send(url, {.path = "/old?x=1", .redirects = http::Redirects::follow});
}

ErrorCode code_of(const http::Answer& answer) {
  try {
    std::rethrow_exception(answer.error);
  } catch (const Error& error) {
    return error.code();
  }
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string moved(int status, const std::string& location) {
  return test::response(status, "", "Location: " + location + "\r\n");
}

}  // namespace

TEST_CASE("a POST carries its body as JSON") {
  HttpServer server([](const Asked&) { return test::Answer{test::json("{}")}; });
  CHECK(post(server.url()).response.status == 200);
  const Asked asked = server.asked().at(0);
  CHECK(asked.method == "POST");
  CHECK(asked.body == R"({"a":1})");
  CHECK(has(asked.head, "Content-Type: application/json\r\n"));
  CHECK(has(asked.head, "Authorization: Bearer s3cr3t-t0ken\r\n"));
  CHECK_FALSE(has(asked.head, "Expect"));
}

TEST_CASE("a POST is sent again only where the server surely did nothing") {
  struct Case {
    const char* name;
    test::Answer first;
    std::size_t requests;
  };
  const Case cases[] = {
      {"429", {test::response(429, "")}, 2},
      {"503", {test::response(503, "")}, 2},
      {"500", {test::response(500, "")}, 1},
      {"502", {test::response(502, "")}, 1},
      {"504", {test::response(504, "")}, 1},
      {"reset", {"", 0, true}, 1},
      {"closed without a word", {""}, 1},
      {"too slow", {test::json("{}"), 3000}, 1},
  };
  for (const Case& each : cases) {
    CAPTURE(each.name);
    HttpServer server([&](const Asked& asked) {
      return asked.number == 0 ? each.first : test::Answer{test::json("{}")};
    });
    const http::Answer answer = post(server.url());
    CHECK(server.asked().size() == each.requests);
    CHECK((answer.response.status == 200) == (each.requests == 2));
  }
}

TEST_CASE("a POST to nobody is a network error") {
  int port = 0;
  {
    HttpServer gone([](const Asked&) { return test::Answer{}; });
    port = gone.port();
  }
  CHECK(code_of(post("http://127.0.0.1:" + std::to_string(port))) == ErrorCode::network);
}

TEST_CASE("a response has whatever status and its headers") {
  HttpServer server([](const Asked&) {
    return test::Answer{test::response(
        404, "no", "X-Next-Page:  2 \r\nLink: <a>; rel=\"next\"\r\nlink: second\r\n")};
  });
  const http::Answer answer = send(server.url(), {.path = "/x?secret=1"});
  CHECK_FALSE(answer.error);
  CHECK(answer.response.status == 404);
  CHECK(answer.response.body == "no");
  CHECK(answer.response.header("x-next-page") == "2");
  CHECK(answer.response.header("link") == "<a>; rel=\"next\"");
  CHECK(answer.response.header("nothing") == "");
  CHECK(answer.asked == "GET " + server.url() + "/x");
}

TEST_CASE("a GET follows redirects on the same server, with its credentials") {
  for (const int status : {301, 302, 303, 307, 308}) {
    CAPTURE(status);
    std::string url;
    HttpServer server([&](const Asked& asked) {
      const test::Answer answers[] = {
          {moved(status, "/new?y=2")}, {moved(status, url + "/newer#part")}, {test::json("1")}};
      return answers[asked.number];
    });
    url = server.url();
    CHECK(follow(url + "/prefix").response.body == "1");
    REQUIRE(server.asked().size() == 3);
    CHECK(server.asked()[0].target == "/prefix/old?x=1");
    CHECK(server.asked()[1].target == "/new?y=2");
    CHECK(server.asked()[2].target == "/newer");
    CHECK(has(server.asked()[2].head, "Authorization: Bearer"));
  }
}

TEST_CASE("no redirect is followed to another server, and none unasked") {
  HttpServer other([](const Asked&) { return test::Answer{test::json("{}")}; });
  std::string location = other.url() + "/steal";
  HttpServer server([&](const Asked&) { return test::Answer{moved(302, location)}; });
  CHECK(follow(server.url()).response.status == 302);
  location = "//127.0.0.1:" + std::to_string(other.port()) + "/steal";
  CHECK(follow(server.url()).response.status == 302);
  location = "/new";
  CHECK(send(server.url(), {.path = "/old"}).response.status == 302);
  CHECK(server.asked().size() == 3);
  CHECK(post(server.url()).response.status == 302);
  CHECK(server.asked().size() == 4);
  CHECK(other.asked().empty());
}

TEST_CASE("redirects in a circle end") {
  HttpServer server([](const Asked&) { return test::Answer{moved(302, "/old")}; });
  CHECK(follow(server.url()).response.status == 302);
  CHECK(server.asked().size() == 11);
}

TEST_CASE("a request may be shorter and smaller than the client allows") {
  HttpServer server([](const Asked& asked) {
    return test::Answer{test::json("[1,2,3]"), asked.target == "/slow" ? 300 : 0};
  });
  CHECK(code_of(send(server.url(), {.path = "/slow", .timeout = 20ms})) == ErrorCode::network);
  CHECK(code_of(send(server.url(), {.path = "/x", .response_bytes = 3})) == ErrorCode::limit);
}

TEST_CASE("headers that would add headers of their own are refused") {
  CHECK_THROWS_AS(http::fixed({.authorization = "Bearer x\r\nX-Evil: 1"}), Error);
  HttpServer server([](const Asked&) { return test::Answer{test::json("{}")}; });
  CHECK(code_of(send(server.url(), {.path = "/", .headers = {{"A", "b\nc"}}})) ==
        ErrorCode::config);
  CHECK(server.asked().empty());
}

TEST_CASE("where a location leads, seen from a server") {
  const http::Address origin = http::parse_address("https://git.example.com/api/v4");
  struct Case {
    const char* location;
    const char* target;
  };
  const Case cases[] = {
      {"/x?y=1#z", "/x?y=1"},
      {"https://git.example.com/x?y", "/x?y"},
      {"https://GIT.example.com:443/x", "/x"},
      {"https://git.example.com?y=1", "/?y=1"},
      {"https://git.example.com", "/"},
      {"http://git.example.com/x", ""},
      {"https://git.example.com:444/x", ""},
      {"https://git.example.com@evil.com/x", ""},
      {"https://git.example.com:443@evil.com/x", ""},
      {"https://evil.com/git.example.com", ""},
      {"//evil.com/x", ""},
      {"x", ""},
      {"", ""},
      {"/a b", ""},
      {"ftp://git.example.com/", ""},
  };
  for (const Case& each : cases) {
    CAPTURE(each.location);
    CHECK(http::target_at(origin, each.location) == each.target);
  }
}

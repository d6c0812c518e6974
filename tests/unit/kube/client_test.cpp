// The client against a server that misbehaves.
#include "celldrift/core/error.hpp"
#include "celldrift/kube/api.hpp"
#include "support/http_server.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

#include <ctime>
#include <fstream>
#include <thread>

using namespace celldrift;
using namespace std::chrono_literals;
using test::Answer;
using test::Asked;
using test::HttpServer;

namespace {

kube::ClientOptions quick() {
  kube::ClientOptions options;
  options.request_timeout = 400ms;
  options.connect_timeout = 400ms;
  options.first_pause = 5ms;
  options.user_agent = "test/1";
  return options;
}

kube::Connection to(const HttpServer& server) {
  kube::Connection connection;
  connection.name = "cell-a";
  connection.server = server.url();
  connection.token = "s3cr3t-t0ken";
  return connection;
}

kube::Deadline in(std::chrono::milliseconds time) {
  return std::chrono::steady_clock::now() + time;
}

kube::Response get(const kube::Connection& connection,
                   kube::ClientOptions options = quick(),
                   std::chrono::milliseconds time = 5s) {
  kube::Client client(options);
  const auto api = client.connect(connection);
  return api->get({.path = "/api/v1/pods?limit=5", .accept = ""}, in(time)).get();
}

// The Error that a GET ends in.
Error failure(const kube::Connection& connection,
              kube::ClientOptions options = quick(),
              std::chrono::milliseconds time = 5s) {
  try {
    get(connection, options, time);
  } catch (const Error& error) {
    return error;
  }
  FAIL("the request succeeded");
  throw std::logic_error("unreachable");
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string status_body(const std::string& message) {
  return R"({"kind":"Status","apiVersion":"v1","status":"Failure","message":")" + message + "\"}";
}

}  // namespace

TEST_CASE("a request is a GET with the token, the accepted type and our name") {
  HttpServer server([](const Asked&) { return Answer{test::json("{}")}; });
  CHECK(get(to(server)).body == "{}");
  const Asked asked = server.asked().at(0);
  CHECK(asked.method == "GET");
  CHECK(asked.target == "/api/v1/pods?limit=5");
  CHECK(has(asked.head, "Authorization: Bearer s3cr3t-t0ken\r\n"));
  CHECK(has(asked.head, "Accept: application/json\r\n"));
  CHECK(has(asked.head, "User-Agent: test/1\r\n"));
  CHECK(has(asked.head, "Accept-Encoding: gzip\r\n"));
}

TEST_CASE("impersonation, basic credentials and disable-compression go into the headers") {
  HttpServer server([](const Asked&) { return Answer{test::json("{}")}; });
  kube::Connection connection = to(server);
  connection.token = "";
  connection.username = "jane";
  connection.password = "pw";
  connection.impersonate_user = "bob";
  connection.impersonate_groups = {"one", "two"};
  connection.impersonate_extra = {{"acme.com/project", {"x"}}};
  connection.disable_compression = true;
  get(connection);
  const std::string head = server.asked().at(0).head;
  CHECK(has(head, "Authorization: Basic amFuZTpwdw==\r\n"));
  CHECK(has(head, "Impersonate-User: bob\r\n"));
  CHECK(has(head, "Impersonate-Group: one\r\n"));
  CHECK(has(head, "Impersonate-Group: two\r\n"));
  CHECK(has(head, "Impersonate-Extra-acme.com%2Fproject: x\r\n"));
  CHECK_FALSE(has(head, "Accept-Encoding"));
}

TEST_CASE("a server's prefix is put before the path") {
  HttpServer server([](const Asked&) { return Answer{test::json("{}")}; });
  kube::Connection connection = to(server);
  connection.server += "/k8s/clusters/c-1/";
  get(connection);
  CHECK(server.asked().at(0).target == "/k8s/clusters/c-1/api/v1/pods?limit=5");
}

TEST_CASE("statuses that do not pass are the errors that they mean, at once") {
  struct Case {
    int status;
    ErrorCode code;
  };
  const Case cases[] = {{401, ErrorCode::auth},
                        {403, ErrorCode::forbidden},
                        {404, ErrorCode::not_found},
                        {410, ErrorCode::not_found},
                        {400, ErrorCode::server},
                        {302, ErrorCode::server},
                        {204, ErrorCode::server}};
  for (const Case& each : cases) {
    CAPTURE(each.status);
    HttpServer server([&](const Asked&) {
      const std::string extra = each.status == 302 ? "Location: http://127.0.0.1:9/\r\n" : "";
      return Answer{
          test::response(each.status,
                         each.status == 204 ? "" : status_body("pods are \\u001b[31mforbidden"),
                         "Content-Type: application/json\r\n" + extra)};
    });
    const Error error = failure(to(server));
    CHECK(error.code() == each.code);
    CHECK(server.asked().size() == 1);
    CHECK(has(error.message(), server.url() + "/api/v1/pods"));
    CHECK(has(error.message(), std::to_string(each.status)));
    CHECK_FALSE(has(error.what(), "s3cr3t"));
    CHECK_FALSE(has(error.what(), "\x1b"));
    if (each.status == 403) {
      CHECK(has(error.message(), "pods are \\x1b[31mforbidden"));
    }
  }
}

TEST_CASE("a 410 is told apart from other errors") {
  HttpServer server(
      [](const Asked& asked) { return Answer{test::response(asked.number ? 404 : 410, "")}; });
  kube::Client client(quick());
  const auto api = client.connect(to(server));
  for (const bool expected : {true, false}) {
    try {
      api->get({.path = "/x", .accept = ""}, in(5s)).get();
      FAIL("the request succeeded");
    } catch (const Error& error) {
      CHECK(kube::expired_continue(error) == expected);
    }
  }
}

TEST_CASE("a server that repeats the token is not quoted") {
  HttpServer server([](const Asked&) {
    return Answer{
        test::response(400, "bad header: Bearer s3cr3t-t0ken", "Content-Type: text/plain\r\n")};
  });
  CHECK_FALSE(has(failure(to(server)).what(), "s3cr3t"));
}

TEST_CASE("what passes is tried again") {
  struct Case {
    const char* name;
    Answer first;
  };
  const Case cases[] = {
      {"429", {test::response(429, "")}},
      {"500", {test::response(500, "")}},
      {"502", {test::response(502, "<html>")}},
      {"503", {test::response(503, "")}},
      {"504", {test::response(504, "")}},
      {"reset", {"", 0, true}},
      {"closed without a word", {""}},
      {"a body that ends early", {"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"}},
      {"chunks that end early",
       {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n"}},
      {"reset in the middle", {"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", 0, true}},
      {"an attempt that takes too long", {test::json("{}"), 3000}},
      {"gzip that is none", {test::response(200, "abc", "Content-Encoding: gzip\r\n")}},
  };
  for (const Case& each : cases) {
    CAPTURE(each.name);
    HttpServer server([&](const Asked& asked) {
      return asked.number == 0 ? each.first : Answer{test::json("{}")};
    });
    CHECK(get(to(server)).body == "{}");
    CHECK(server.asked().size() == 2);
  }
}

TEST_CASE("retries end, and the last answer is the error") {
  HttpServer server([](const Asked&) {
    return Answer{test::response(
        503, status_body("etcd has no leader"), "Content-Type: application/json\r\n")};
  });
  const Error error = failure(to(server));
  CHECK(error.code() == ErrorCode::server);
  CHECK(has(error.message(), "503: etcd has no leader"));
  CHECK(server.asked().size() == 5);  // once, and four retries
}

TEST_CASE("Retry-After is honoured, in seconds and as a date") {
  for (const bool date : {false, true}) {
    CAPTURE(date);
    HttpServer server([&](const Asked& asked) {
      if (asked.number > 0) {
        return Answer{test::json("{}")};
      }
      const std::time_t when = std::time(nullptr) + 2;
      char text[64];
      std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", std::gmtime(&when));
      return Answer{
          test::response(429, "", std::string("Retry-After: ") + (date ? text : "1") + "\r\n")};
    });
    const auto start = std::chrono::steady_clock::now();
    get(to(server));
    CHECK(std::chrono::steady_clock::now() - start >= 950ms);
  }
}

TEST_CASE("a Retry-After past the deadline is not waited for") {
  HttpServer server(
      [](const Asked&) { return Answer{test::response(429, "", "Retry-After: 3600\r\n")}; });
  const auto start = std::chrono::steady_clock::now();
  const Error error = failure(to(server));
  CHECK(error.code() == ErrorCode::server);
  CHECK(has(error.message(), "429"));
  CHECK(std::chrono::steady_clock::now() - start < 2s);
}

TEST_CASE("nothing goes past the deadline") {
  struct Case {
    const char* name;
    Answer answer;
  };
  const Case cases[] = {{"no answer", {test::json("{}"), 10'000}},
                        {"busy for ever", {test::response(503, "")}}};
  for (const Case& each : cases) {
    CAPTURE(each.name);
    HttpServer server([&](const Asked&) { return each.answer; });
    kube::ClientOptions options = quick();
    options.request_timeout = 10s;
    options.retries = 1000;
    options.first_pause = 50ms;
    const auto start = std::chrono::steady_clock::now();
    failure(to(server), options, 300ms);
    CHECK(std::chrono::steady_clock::now() - start < 1500ms);
  }
}

TEST_CASE("a request after the deadline fails without being sent") {
  HttpServer server([](const Asked&) { return Answer{test::json("{}")}; });
  CHECK(failure(to(server), quick(), -1s).code() == ErrorCode::network);
  CHECK(server.asked().empty());
}

TEST_CASE("a server that is not there is a network error that names it, soon") {
  int port = 0;
  {
    HttpServer gone([](const Asked&) { return Answer{}; });
    port = gone.port();
  }
  kube::Connection connection;
  connection.server = "http://127.0.0.1:" + std::to_string(port);
  const auto start = std::chrono::steady_clock::now();
  const Error error = failure(connection);
  CHECK(error.code() == ErrorCode::network);
  CHECK(has(error.message(), connection.server));
  CHECK(std::chrono::steady_clock::now() - start < 2s);
}

TEST_CASE("an answer larger than allowed is refused, compressed or not") {
  kube::ClientOptions options = quick();
  options.response_bytes = 1000;
  HttpServer server([](const Asked&) { return Answer{test::json(std::string(1001, ' '))}; });
  CHECK(failure(to(server), options).code() == ErrorCode::limit);
  CHECK(server.asked().size() == 1);
}

TEST_CASE("a token file that changed is read again when the token is refused") {
  const std::string path = "/tmp/celldrift-token-" + std::to_string(::getpid());
  std::ofstream(path) << "old\n";
  HttpServer server([&](const Asked& asked) {
    if (has(asked.head, "Bearer new\r\n")) {
      return Answer{test::json("{}")};
    }
    std::ofstream(path) << "new\n";
    return Answer{test::response(401, "")};
  });
  kube::Connection connection = to(server);
  connection.token_file = path;  // wins over the token
  CHECK(get(connection).body == "{}");
  CHECK(has(server.asked().at(0).head, "Bearer old\r\n"));
  CHECK(server.asked().size() == 2);
  ::unlink(path.c_str());
}

TEST_CASE("a refused plugin is run once more, and its output stays private") {
  const std::string counter = "/tmp/celldrift-plugin-" + std::to_string(::getpid());
  HttpServer server([&](const Asked& asked) {
    return Answer{has(asked.head, "Bearer xx\r\n") ? test::json("{}") : test::response(401, "")};
  });
  kube::Connection connection = to(server);
  connection.token = "";
  connection.exec.emplace();
  connection.exec->api_version = "client.authentication.k8s.io/v1";
  connection.exec->command = "sh";
  const std::string print =
      R"(echo "{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",)"
      R"(\"status\":{\"token\":\"$(cat $COUNTER)\"}}")";
  connection.exec->env = {{"COUNTER", counter}};

  SUBCASE("the second credential is taken") {
    connection.exec->args = {"-c", "printf x >> $COUNTER; " + print};
    CHECK(get(connection).body == "{}");
    CHECK(server.asked().size() == 2);
  }
  SUBCASE("what is refused twice is an auth error") {
    connection.exec->args = {"-c", "printf y >> $COUNTER; " + print};
    CHECK(failure(connection).code() == ErrorCode::auth);
    CHECK(server.asked().size() == 2);
  }
  SUBCASE("a failing plugin is an auth error with what it said, and nothing is sent") {
    connection.exec->args = {"-c", "echo s3cr3t; echo please log in >&2; exit 3"};
    const Error error = failure(connection);
    CHECK(error.code() == ErrorCode::auth);
    CHECK(has(error.message(), "status 3: please log in"));
    CHECK_FALSE(has(error.what(), "s3cr3t"));
    CHECK(server.asked().empty());
  }
  SUBCASE("a plugin that prints nonsense is not quoted") {
    connection.exec->args = {"-c", "echo '{\"token\":\"s3cr3t\"'"};
    const Error error = failure(connection);
    CHECK(error.code() == ErrorCode::auth);
    CHECK_FALSE(has(error.what(), "s3cr3t"));
  }
  SUBCASE("a plugin that hangs does not hold up the end") {
    connection.exec->args = {"-c", "sleep 100"};
    const auto start = std::chrono::steady_clock::now();
    CHECK(failure(connection, quick(), 200ms).code() == ErrorCode::network);
    CHECK(std::chrono::steady_clock::now() - start < 3s);
  }
  ::unlink(counter.c_str());
}

TEST_CASE("ending the client cancels what is in flight") {
  HttpServer server([](const Asked&) { return Answer{test::json("{}"), 10'000}; });
  std::future<kube::Response> answer;
  {
    kube::ClientOptions options = quick();
    options.request_timeout = 20s;
    kube::Client client(options);
    answer = client.connect(to(server))->get({.path = "/x", .accept = ""}, in(20s));
    std::this_thread::sleep_for(50ms);
  }
  CHECK_THROWS_AS(answer.get(), Error);
}

TEST_CASE("many requests at once are all answered") {
  HttpServer server(
      [](const Asked& asked) { return Answer{test::json("\"" + asked.target + "\"")}; });
  kube::Client client(quick());
  const auto api = client.connect(to(server));
  std::vector<std::future<kube::Response>> answers;
  for (int i = 0; i < 50; ++i) {
    answers.push_back(api->get({.path = "/" + std::to_string(i), .accept = ""}, in(10s)));
  }
  for (int i = 0; i < 50; ++i) {
    CHECK(answers[static_cast<std::size_t>(i)].get().body == "\"/" + std::to_string(i) + "\"");
  }
}

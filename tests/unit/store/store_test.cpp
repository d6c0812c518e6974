// Web servers and S3 as they misbehave. How signatures fare with a server that checks them is in
// tests/cli/test_stores.py.
#include "celldrift/store/store.hpp"

#include "celldrift/core/error.hpp"
#include "support/http_server.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

using namespace celldrift;
using namespace std::chrono_literals;
using store::NamedBy;
using test::Asked;
using test::HttpServer;

namespace {

constexpr const char* token = "t0ken-hunter2";
constexpr const char* secret = "secret-hunter2";

store::Settings settings(const std::map<std::string, std::string>& variables = {}) {
  return {.timeout = 5s,
          .token = token,
          .aws = {.environment =
                      [variables](const std::string& name) {
                        const auto found = variables.find(name);
                        return found == variables.end() ? "" : found->second;
                      },
                  .send = [](const kube::AwsQuestion&) -> std::string {
                    throw Error(ErrorCode::auth, "nobody answers");
                  }}};
}

std::map<std::string, std::string> keys_for(const HttpServer& server) {
  return {{"AWS_ENDPOINT_URL_S3", server.url()},
          {"AWS_REGION", "eu-west-1"},
          {"AWS_ACCESS_KEY_ID", "AKID"},
          {"AWS_SECRET_ACCESS_KEY", secret},
          {"AWS_SESSION_TOKEN", "session-hunter2"}};
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::vector<store::File> fetch(const std::string& url,
                               NamedBy named_by = NamedBy::user,
                               const store::Settings& with = settings()) {
  store::Stores stores(with);
  return stores.fetch(store::parse_place(url), named_by);
}

// What fetching comes to that must not work, wherever it is said.
std::string failure(const std::string& url,
                    NamedBy named_by = NamedBy::user,
                    const store::Settings& with = settings()) {
  try {
    const std::vector<store::File> files = fetch(url, named_by, with);
    REQUIRE(files.size() == 1);
    REQUIRE(files[0].bytes.empty());
    return files[0].error;
  } catch (const Error& error) {
    return error.what();
  }
}

test::Answer moved(const std::string& location) {
  return {test::response(302, "", "Location: " + location + "\r\n")};
}

std::string listing(const std::string& inside) {
  return test::response(200, "<ListBucketResult>" + inside + "</ListBucketResult>");
}

}  // namespace

TEST_CASE("a web folder is what its index.json lists, in the order of names") {
  HttpServer server([](const Asked& asked) {
    return test::Answer{has(asked.target, "index.json")
                            ? test::json(R"(["b.snap", "a c.snap", "b.snap", "x.txt"])")
                        : has(asked.target, "b.snap") ? test::response(404, "hunter2")
                                                      : test::response(200, "bytes")};
  });
  const auto files = fetch(server.url() + "/cells/?sig=hunter2");
  REQUIRE(files.size() == 2);
  CHECK(files[0].place == server.url() + "/cells/a c.snap");
  CHECK(files[0].bytes == "bytes");
  CHECK(files[0].error == "");
  CHECK(files[1].place == server.url() + "/cells/b.snap");
  CHECK(has(files[1].error, "404 not found"));
  CHECK_FALSE(has(files[1].error, "hunter2"));
  for (const Asked& asked : server.asked()) {
    CHECK(has(asked.target, "?sig=hunter2"));
    CHECK(has(asked.head, std::string("Authorization: Bearer ") + token));
    CHECK_FALSE(has(asked.head, "Accept-Encoding"));
  }
  CHECK(std::ranges::count(server.asked(), "/cells/a%20c.snap?sig=hunter2", &Asked::target) == 1);
}

TEST_CASE("a folder without a good index.json is an error") {
  for (const char* body : {"<html>", "[\"../a.snap\"]", ""}) {
    HttpServer server([&](const Asked&) { return test::Answer{test::json(body)}; });
    CHECK(has(failure(server.url() + "/"), "index.json"));
  }
}

TEST_CASE("a token goes to hosts that the user names, or to the one it is for") {
  struct Case {
    const char* name;
    NamedBy named_by;
    bool is_token_host;
    std::string token_host;
    bool sent;
  };
  const Case cases[] = {
      {"the user's", NamedBy::user, false, "", true},
      {"the repo's", NamedBy::repo, false, "", false},
      {"the repo's, allowed", NamedBy::repo, true, "", true},
      {"the user's, for another host", NamedBy::user, false, "other.example", false},
      {"the repo's, for another host", NamedBy::repo, false, "other.example", false},
  };
  for (const Case& row : cases) {
    CAPTURE(row.name);
    HttpServer server([](const Asked& asked) {
      return test::Answer{test::response(has(asked.head, "Authorization") ? 200 : 401, "x")};
    });
    store::Settings with = settings();
    with.token_host =
        row.is_token_host ? "127.0.0.1:" + std::to_string(server.port()) : row.token_host;
    const auto files = fetch(server.url() + "/a.snap", row.named_by, with);
    REQUIRE(server.asked().size() == 1);
    CHECK(has(server.asked()[0].head, token) == row.sent);
    CHECK((files[0].error == "") == row.sent);
    if (!row.sent) {
      CHECK(has(files[0].error, "CELLDRIFT_SNAPSHOT_TOKEN_HOST"));
    }
  }
}

TEST_CASE("a token goes over no network in the clear") {
  CHECK(has(failure("http://cells.example/a.snap"), "https:// only"));
}

TEST_CASE("a redirect to another host is followed without the token") {
  HttpServer other([](const Asked&) { return test::Answer{test::response(200, "bytes")}; });
  HttpServer server([&](const Asked&) { return moved(other.url() + "/z?sig=hunter2"); });
  const auto files = fetch(server.url() + "/a.snap");
  REQUIRE(files.size() == 1);
  CHECK(files[0].bytes == "bytes");
  REQUIRE(other.asked().size() == 1);
  CHECK(other.asked()[0].target == "/z?sig=hunter2");
  CHECK_FALSE(has(other.asked()[0].head, "Authorization"));
}

TEST_CASE("redirects that lead nowhere end in an error without what may be secret") {
  HttpServer server([&](const Asked& asked) {
    const std::string host = "http://127.0.0.1:1";
    return has(asked.target, "s3")     ? moved("s3://bucket/x.snap")
           : has(asked.target, "file") ? moved("file:///etc/passwd")
           : has(asked.target, "user") ? moved("http://user:hunter2@h/x")
           : has(asked.target, "none") ? test::Answer{test::response(302, "")}
                                       : moved(host + "/?sig=hunter2");
  });
  for (const char* path : {"/s3", "/file", "/user", "/none", "/dead"}) {
    CAPTURE(path);
    const std::string text = failure(server.url() + path);
    CHECK(text != "");
    CHECK_FALSE(has(text, "hunter2"));
  }
}

TEST_CASE("hosts that send one to the other are left after a few") {
  std::string first;
  HttpServer one([&](const Asked&) { return moved(first); });
  HttpServer two([&](const Asked&) { return moved(one.url() + "/x"); });
  first = two.url() + "/x";
  CHECK(failure(one.url() + "/a.snap") != "");
  CHECK(one.asked().size() + two.asked().size() == 4);
}

TEST_CASE("a file is put by PUT, under its own name in a folder") {
  HttpServer server([](const Asked&) { return test::Answer{test::response(201, "")}; });
  store::Stores stores(settings());
  const std::string bytes("a\0b", 3);
  CHECK(stores.put(store::parse_place(server.url() + "/cells/"), "a.snap", bytes) ==
        server.url() + "/cells/a.snap");
  CHECK(stores.put(store::parse_place(server.url() + "/x?sig=hunter2"), "a.snap", bytes) ==
        server.url() + "/x");
  const auto asked = server.asked();
  REQUIRE(asked.size() == 2);
  CHECK(asked[0].method == "PUT");
  CHECK(asked[0].target == "/cells/a.snap");
  CHECK(asked[0].body == bytes);
  CHECK(has(asked[0].head, token));
  CHECK(asked[1].target == "/x?sig=hunter2");
}

TEST_CASE("a PUT is sent again after a 500, and fails with its status") {
  HttpServer server([](const Asked& asked) {
    return test::Answer{test::response(asked.number == 0 ? 500 : 403, "hunter2")};
  });
  store::Stores stores(settings());
  try {
    stores.put(store::parse_place(server.url() + "/cells/"), "a.snap", "x");
    FAIL("it was put");
  } catch (const Error& error) {
    CHECK(has(error.what(), "cannot write the snapshot " + server.url() + "/cells/a.snap"));
    CHECK(has(error.what(), "403"));
    CHECK_FALSE(has(error.what(), "hunter2"));
  }
  CHECK(server.asked().size() == 2);
}

TEST_CASE("a bucket is listed page by page, and its objects are fetched signed") {
  HttpServer server([](const Asked& asked) {
    if (has(asked.target, "continuation-token=t%2F1")) {
      return test::Answer{
          listing("<Contents><Key>cells/a%2Bb.snap</Key></Contents>"
                  "<EncodingType>url</EncodingType>")};
    }
    if (has(asked.target, "list-type=2")) {
      return test::Answer{listing(
          "<Contents><Key>cells/b.snap</Key></Contents><Contents><Key>cells/x.txt</Key></Contents>"
          "<Contents><Key>cells/</Key></Contents><Contents><Key>other/c.snap</Key></Contents>"
          "<IsTruncated>true</IsTruncated><NextContinuationToken>t/1</NextContinuationToken>")};
    }
    return test::Answer{test::response(200, asked.target)};
  });
  const auto files = fetch("s3://my-bucket/cells", NamedBy::repo, settings(keys_for(server)));
  REQUIRE(files.size() == 2);
  CHECK(files[0].place == "s3://my-bucket/cells/a+b.snap");
  CHECK(files[0].bytes == "/my-bucket/cells/a%2Bb.snap");
  CHECK(files[1].bytes == "/my-bucket/cells/b.snap");
  for (const Asked& asked : server.asked()) {
    CHECK(has(asked.head, "Authorization: AWS4-HMAC-SHA256 Credential=AKID/"));
    CHECK(has(asked.head, "/eu-west-1/s3/aws4_request"));
    CHECK(has(asked.head, "x-amz-security-token"));
    CHECK(has(asked.head, "session-hunter2"));
    CHECK_FALSE(has(asked.head, secret));
    CHECK_FALSE(has(asked.head, token));
  }
}

TEST_CASE("what a bucket's server answers in anger is not repeated but for its code") {
  HttpServer server([](const Asked&) {
    return test::Answer{test::response(
        403,
        "<Error><Code>SignatureDoesNotMatch</Code><CanonicalRequest>x-amz-security-token:"
        "session-hunter2</CanonicalRequest></Error>")};
  });
  const std::string text = failure("s3://b/a.snap", NamedBy::user, settings(keys_for(server)));
  CHECK(has(text, "403 forbidden: SignatureDoesNotMatch"));
  CHECK_FALSE(has(text, "hunter2"));
}

TEST_CASE("a list without an end, and one that is not a list, are errors") {
  HttpServer endless([](const Asked&) {
    return test::Answer{
        listing("<IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>")};
  });
  CHECK(has(failure("s3://b", NamedBy::user, settings(keys_for(endless))), "no end"));
  CHECK(endless.asked().size() == 2);
  HttpServer html([](const Asked&) { return test::Answer{test::response(200, "<html/>")}; });
  CHECK(has(failure("s3://b", NamedBy::user, settings(keys_for(html))), "no list of objects"));
}

TEST_CASE("without keys for S3 it is said where they were looked for") {
  CHECK(has(failure("s3://b/a.snap", NamedBy::user, settings({{"AWS_REGION", "eu-west-1"}})),
            "AWS_ACCESS_KEY_ID"));
}

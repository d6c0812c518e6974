#include "store/listing.hpp"

#include "celldrift/core/error.hpp"
#include "store/index.hpp"

#include <doctest/doctest.h>

using namespace celldrift;
using Names = std::vector<std::string>;

namespace {

const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

std::string page(const std::string& inside) {
  return head + "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">" + inside +
         "</ListBucketResult>";
}

std::string contents(const std::string& key) {
  return "<Contents><Key>" + key + "</Key><Size>3</Size><Owner><ID>o</ID></Owner></Contents>";
}

std::string many(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) {
    all += text;
  }
  return all;
}

}  // namespace

TEST_CASE("a page of S3's list has its keys, and where the next one begins") {
  const store::Listing last = store::parse_listing(
      page("<Name>b</Name><Prefix>x/</Prefix>" + contents("x/a.snap") +
           contents("x/b &amp; &#228;.snap") + "<IsTruncated>false</IsTruncated>"));
  CHECK(last.keys == Names{"x/a.snap", "x/b & ä.snap"});
  CHECK_FALSE(last.is_truncated);

  const store::Listing first = store::parse_listing(
      page("<IsTruncated>true</IsTruncated><NextContinuationToken>1/a+b==</NextContinuationToken>" +
           contents("a%2Fb+c%20d%C3%A4%zz.snap") + "<EncodingType>url</EncodingType>"));
  CHECK(first.keys == Names{"a/b c dä%zz.snap"});
  CHECK(first.is_truncated);
  CHECK(first.next == "1/a+b==");

  CHECK(store::parse_listing(page("")).keys.empty());
  CHECK(store::parse_listing(head + "<ListBucketResult/>").keys.empty());
}

TEST_CASE("hostile answers are refused") {
  struct Case {
    const char* name;
    std::string xml;
    ErrorCode code;
  };
  const std::string bomb =
      "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]>";
  const Case cases[] = {
      {"not XML", "hello", ErrorCode::parse},
      {"empty", "", ErrorCode::parse},
      {"cut off", page(contents("a")).substr(0, 120), ErrorCode::parse},
      {"another document", head + "<html><body/></html>", ErrorCode::parse},
      {"an error with status 200", head + "<Error><Code>SlowDown</Code></Error>", ErrorCode::parse},
      {"a key elsewhere", head + "<x>" + contents("a") + "</x>", ErrorCode::parse},
      {"entities", head + bomb + "<ListBucketResult>&b;</ListBucketResult>", ErrorCode::limit},
      {"an external entity",
       head + "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><ListBucketResult>&e;"
              "</ListBucketResult>",
       ErrorCode::limit},
      {"an unknown entity", page("&nope;"), ErrorCode::parse},
      {"deep", page(many("<a>", 100)), ErrorCode::limit},
      {"deeper", page(many("<a>", 1'000'000)), ErrorCode::limit},
      {"a long text", page(contents(std::string(1 << 20, 'x'))), ErrorCode::limit},
      {"something behind it", page("") + "<x/>", ErrorCode::parse},
  };
  for (const Case& row : cases) {
    CAPTURE(row.name);
    try {
      store::parse_listing(row.xml);
      FAIL_CHECK("it was taken");
    } catch (const Error& error) {
      CHECK(error.code() == row.code);
    }
  }
}

TEST_CASE("of an error only a code is believed") {
  CHECK(store::error_code(head +
                          "<Error><Code>NoSuchBucket</Code><Message>s3cret</Message></Error>") ==
        "NoSuchBucket");
  CHECK(store::error_code("<Error><Code>Not a code: s3cret</Code></Error>") == "");
  CHECK(store::error_code("<Error><Code>" + std::string(100, 'a') + "</Code></Error>") == "");
  CHECK(store::error_code("<html>") == "");
  CHECK(store::error_code("") == "");
}

TEST_CASE("index.json names the snapshots of a web folder") {
  CHECK(store::names_in_index(R"(["b.snap", "x/a.json.gz", "README.md"])") ==
        Names{"b.snap", "x/a.json.gz"});
  CHECK(store::names_in_index(R"({"snapshots": ["a.snap"], "more": 1})") == Names{"a.snap"});
  CHECK(store::names_in_index("[]").empty());
  for (const char* text : {"",
                           "<html>",
                           "{}",
                           "3",
                           "[1]",
                           R"({"snapshots": "a.snap"})",
                           R"(["../a.snap"])",
                           R"(["/a.snap"])",
                           R"(["x/../../a.snap"])",
                           R"(["//evil/a.snap"])",
                           R"(["https://evil/a.snap"])",
                           R"([""])"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(store::names_in_index(text), Error);
  }
}

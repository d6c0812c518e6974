#include "celldrift/store/place.hpp"

#include "celldrift/core/error.hpp"

#include <doctest/doctest.h>

using namespace celldrift;
using store::Place;

TEST_CASE("a place is a web server's file or folder, or a bucket's") {
  struct Case {
    std::string text;
    Place::Kind kind;
    bool is_folder;
    std::string where;  // server or bucket
    std::string path;
    std::string query;
  };
  const Case cases[] = {
      {"https://h/cells/a.snap", Place::Kind::web, false, "https://h", "/cells/a.snap", ""},
      {"https://h/cells/", Place::Kind::web, true, "https://h", "/cells/", ""},
      {"https://h/cells/?sv=1&sig=x",
       Place::Kind::web,
       true,
       "https://h",
       "/cells/",
       "?sv=1&sig=x"},
      {"HTTPS://Host.Example:8443/a",
       Place::Kind::web,
       false,
       "https://host.example:8443",
       "/a",
       ""},
      {"http://[::1]:80/a?b#c", Place::Kind::web, false, "http://[::1]:80", "/a", "?b"},
      {"https://h", Place::Kind::web, true, "https://h", "/", ""},
      {"https://h?x=1", Place::Kind::web, true, "https://h", "/", "?x=1"},
      {"s3://b", Place::Kind::bucket, true, "b", "", ""},
      {"s3://b/", Place::Kind::bucket, true, "b", "", ""},
      {"s3://b/cells", Place::Kind::bucket, true, "b", "cells/", ""},
      {"s3://b/cells/", Place::Kind::bucket, true, "b", "cells/", ""},
      {"S3://my.bucket-1/x/a.snap", Place::Kind::bucket, false, "my.bucket-1", "x/a.snap", ""},
      {"s3://b/x/a.json.gz", Place::Kind::bucket, false, "b", "x/a.json.gz", ""},
      // Keys may have anything.
      {"s3://b/x?y/ä.snapshot", Place::Kind::bucket, false, "b", "x?y/ä.snapshot", ""},
  };
  for (const Case& row : cases) {
    CAPTURE(row.text);
    REQUIRE(store::is_remote(row.text));
    const Place place = store::parse_place(row.text);
    CHECK(place.kind == row.kind);
    CHECK(place.is_folder == row.is_folder);
    CHECK((row.kind == Place::Kind::web ? place.server : place.bucket) == row.where);
    CHECK(place.path == row.path);
    CHECK(place.query == row.query);
    CHECK(place.text.find("sig=") == std::string::npos);
  }
}

TEST_CASE("files and folders of this machine are no such places") {
  for (const char* text : {"cell-a.snap", "/x/y", "./s3/b", "C://x", "git@host:x", ""}) {
    CAPTURE(text);
    CHECK_FALSE(store::is_remote(text));
  }
}

TEST_CASE("what cannot be a place is refused, without what may be a secret in it") {
  for (const char* text : {"https://",
                           "https:///x",
                           "https://user:hunter2@h/x",
                           "https://hunter2@h/",
                           "https://h/a b?sig=hunter2",
                           "https://h:port/?sig=hunter2",
                           "s3://",
                           "s3:///key",
                           "s3://a@hunter2/x",
                           "s3://a..b/x",
                           "s3://.a/x",
                           "s3://a b/x",
                           "ftp://h/x"}) {
    CAPTURE(text);
    try {
      store::parse_place(text);
      FAIL_CHECK("it was taken");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::usage);
      CHECK(std::string(error.what()).find("hunter2") == std::string::npos);
    }
  }
}

TEST_CASE("a cell's name becomes the name of a file") {
  const std::pair<const char*, const char*> cases[] = {
      {"cell-a", "cell-a.snap"},
      {"arn:aws:eks:eu-west-1:1:cluster/prod",
       "arn%3Aaws%3Aeks%3Aeu-west-1%3A1%3Acluster%2Fprod.snap"},
      {"admin@prod", "admin@prod.snap"},
      {"../../etc/x", "%2E.%2F..%2Fetc%2Fx.snap"},
      {".hidden", "%2Ehidden.snap"},
      {"zürich", "z%C3%BCrich.snap"},
  };
  for (const auto& [cell, name] : cases) {
    CHECK(store::snapshot_name(cell) == name);
    CHECK(store::is_snapshot_name(name));
  }
  for (const char* name : {"a.snap", "x/a.snapshot", "a.json.gz"}) {
    CHECK(store::is_snapshot_name(name));
  }
  for (const char* name : {".snap", "x/.snap", "a.json", "a.gz", "a.snap.tmp", "snap", ""}) {
    CAPTURE(name);
    CHECK_FALSE(store::is_snapshot_name(name));
  }
}

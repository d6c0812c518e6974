#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

using namespace celldrift;
using namespace std::string_view_literals;

TEST_CASE("empty documents of a stream are left out") {
  const yaml::Stream stream =
      yaml::parse_stream("---\n---\na: 1\n---\n# nothing\n---\nnull\n---\nb: 2\n");
  REQUIRE(stream.documents.size() == 2);
  CHECK(stream.documents[0].find("a") != nullptr);
  CHECK(stream.documents[1].find("b") != nullptr);
  CHECK(yaml::parse_stream("").documents.empty());
}

TEST_CASE("a broken document spoils no other when they are read one by one") {
  const auto pieces = yaml::split_documents("a: 1\n---\na: [\n---\nb: 2\n");
  REQUIRE(pieces.size() == 3);
  CHECK_NOTHROW(yaml::parse(pieces[0]));
  CHECK_THROWS_AS(yaml::parse(pieces[1]), Error);
  CHECK(yaml::parse(pieces[2]).value.find("b")->as_int() == 2);
}

TEST_CASE(
    "a separator with more than a comment behind it ends the stream with an error of its own") {
  const auto pieces = yaml::split_documents("a: 1\n--- b\nc: 1\n---\nd: 1\n");
  REQUIRE(pieces.size() == 2);
  CHECK(yaml::parse(pieces[0]).value.find("a") != nullptr);
  CHECK(pieces[1].broken_separator);
  CHECK_THROWS_WITH(yaml::parse(pieces[1]),
                    "line 2:1: only a comment may follow a separator line's \"---\"");
}

TEST_CASE("a byte-order mark is skipped, at a stream's start and at a document's") {
  CHECK(yaml::split_documents("\xEF\xBB\xBF---\na: 1\n---\nb: 1\n").size() == 2);
  const auto pieces = yaml::split_documents(
      "a: 1\n---\n\xEF\xBB\xBF"
      "b: 2\n");
  REQUIRE(pieces.size() == 2);
  CHECK(yaml::parse(pieces[1]).value.find("b") != nullptr);
}

TEST_CASE("UTF-16 and UTF-32 are converted by their byte-order mark") {
  struct Case {
    const char* name;
    std::string_view bytes;
    std::string_view text;
  };
  const Case cases[] = {
      {"UTF-8",
       "\xEF\xBB\xBF"
       "a"sv,
       "a"},
      {"UTF-16, big", "\xFE\xFF\0a\0\xE9"sv, "aé"},
      {"UTF-16, little",
       "\xFF\xFE"
       "a\0\xE9\0"sv,
       "aé"},
      {"a pair of surrogates", "\xFE\xFF\xD8\x3D\xDE\x00"sv, "😀"},
      {"half a pair",
       "\xFE\xFF\xD8\x3D\0a"sv,
       "\xEF\xBF\xBD"
       "a"},
      {"UTF-32, big", "\0\0\xFE\xFF\0\0\0a\0\1\xF6\0"sv, "a😀"},
      {"UTF-32, little", "\xFF\xFE\0\0a\0\0\0"sv, "a"},
      {"no mark", "a\xC3\xA9"sv, "aé"},
      {"cut in the middle", "\xFE\xFF\0a\0"sv, "a\xEF\xBF\xBD"},
  };
  for (const Case& example : cases) {
    CAPTURE(example.name);
    CHECK(yaml::to_utf8(example.bytes) == example.text);
  }
  CHECK(yaml::parse("\xFF\xFE"
                    "a\0:\0 \0001\0"sv)
            .value.find("a")
            ->as_int() == 1);
}

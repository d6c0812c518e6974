#include "semver/comparison.hpp"

#include "celldrift/core/error.hpp"

namespace celldrift::semver {
namespace {

using Operator = Comparison::Operator;
using Open = Comparison::Open;

struct Spelling {
  std::string_view text;
  Operator op;
};

// Longer ones first.
constexpr Spelling spellings[] = {
    {"!=", Operator::not_equal},
    {">=", Operator::greater_or_equal},
    {"=>", Operator::greater_or_equal},
    {"<=", Operator::less_or_equal},
    {"=<", Operator::less_or_equal},
    {"~>", Operator::tilde},
    {"~", Operator::tilde},
    {"=", Operator::equal},
    {">", Operator::greater},
    {"<", Operator::less},
    {"^", Operator::caret},
    {"", Operator::equal},
};

Operator take_operator(std::string_view& text) {
  for (const auto& spelling : spellings) {
    if (text.starts_with(spelling.text)) {
      text.remove_prefix(spelling.text.size());
      return spelling.op;
    }
  }
  return Operator::equal;
}

bool is_open(std::string_view part) {
  return part.empty() || part == "x" || part == "X" || part == "*";
}

Open open_part(const Scanned& found) {
  if (is_open(found.major)) {
    return Open::all;
  }
  if (is_open(found.minor)) {
    return Open::minor;
  }
  return is_open(found.patch) ? Open::patch : Open::none;
}

// The version with zeros for its open parts, which also drop the metadata.
std::string closed_text(const Scanned& found, Open open) {
  const std::string prerelease =
      found.prerelease.empty() ? "" : "-" + std::string(found.prerelease);
  const std::string major(found.major);
  switch (open) {
    case Open::all:
      return "0.0.0" + prerelease;
    case Open::minor:
      return major + ".0.0" + prerelease;
    case Open::patch:
      return major + "." + std::string(found.minor) + ".0" + prerelease;
    case Open::none:
      break;
  }
  return major + "." + std::string(found.minor) + "." + std::string(found.patch) + prerelease;
}

}  // namespace

std::optional<Written> take_written(std::string_view& text) {
  text.remove_prefix(count_spaces(text));
  const auto op = take_operator(text);
  text.remove_prefix(count_spaces(text));
  const auto version = scan(text, NumberPart::digits_or_wildcards);
  if (version.length == 0) {
    return std::nullopt;
  }
  text.remove_prefix(version.length);
  return Written{op, version};
}

Comparison read(const Written& written) {
  const auto open = open_part(written.version);
  auto version = try_parse(closed_text(written.version, open));
  if (!version) {
    throw Error(ErrorCode::config, "constraint parser error");
  }
  return {.op = written.op, .version = *std::move(version), .open = open};
}

}  // namespace celldrift::semver

#include "report/sides/sides.hpp"

#include "celldrift/audit/brief.hpp"
#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "report/page/cutting.hpp"
#include "report/page/utf8.hpp"
#include "report/sides/digest.hpp"
#include "report/sides/nature.hpp"

#include <algorithm>

namespace celldrift::report {
namespace {

using Side = std::optional<Value>;

// More than this of one value is never read to the end.
constexpr std::size_t most_characters = std::size_t(1) << 20;

bool is_text(const Side& side) {
  return side && side->is_string();
}

bool is_structure(const Side& side) {
  return side && !side->is_scalar();
}

bool has_lines(const Side& side) {
  return is_text(side) && side->as_string().find('\n') != std::string_view::npos;
}

bool is_secret(const Side& side) {
  return is_text(side) && audit::is_secret_hash(side->as_string());
}

std::string in_words(const Side& side) {
  return side ? audit::brief(*side, most_characters) : "nothing";
}

// "1204 bytes, sha256 9f86d081884c7d65"; nothing when it is no base64.
std::optional<std::string> binary_text(const Side& side) {
  std::string bytes;
  if (!is_text(side) || !base64_decode(side->as_string(), bytes)) {
    return std::nullopt;
  }
  return std::to_string(bytes.size()) + (bytes.size() == 1 ? " byte" : " bytes") + ", sha256 " +
         sha256_hex(bytes).substr(0, 16);
}

Sides binary_sides(const audit::Finding& finding) {
  return {.want = binary_text(finding.want).value_or(in_words(finding.want)),
          .have = binary_text(finding.have).value_or(in_words(finding.have)),
          .remark = "",
          .lines = {}};
}

Sides secret_sides(const audit::Finding& finding) {
  const bool both = finding.want && finding.have;
  return {
      .want = in_words(finding.want),
      .have = both && is_secret(finding.have) ? "(secret value, changed)" : in_words(finding.have),
      .remark = "",
      .lines = {}};
}

// What a text holds, where that is a map or a list.
Side structure_in(const Side& side) {
  if (!is_text(side)) {
    return std::nullopt;
  }
  const std::string_view text = trim(side->as_string());
  if (text.empty() || (text.front() != '{' && text.front() != '[')) {
    return std::nullopt;
  }
  try {
    return yaml::parse_json(text).value;
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::string lines_text(const Side& side) {
  if (!side) {
    return "";
  }
  return side->is_string() ? std::string(side->as_string()) : yaml::emit(*side);
}

Sides by_line(const Side& want, const Side& have, std::string remark, const SidesOptions& options) {
  return {
      .want = "",
      .have = "",
      .remark = std::move(remark),
      .lines = line_diff(lines_text(want), lines_text(have), options.most_lines, options.context)};
}

bool fit(const Sides& sides, std::size_t room) {
  return columns(sides.want) <= room && columns(sides.have) <= room;
}

std::string remark_on(const audit::Finding& finding) {
  const bool both = is_text(finding.want) && is_text(finding.have);
  return both ? std::string(nature_of(finding.want->as_string(), finding.have->as_string())) : "";
}

Sides inline_sides(const audit::Finding& finding, const SidesOptions& options) {
  Sides sides{.want = in_words(finding.want),
              .have = in_words(finding.have),
              .remark = remark_on(finding),
              .lines = {}};
  if (finding.want && finding.have) {
    const CutPair cut = cut_around_difference(sides.want, sides.have, options.room);
    sides.want = cut.want;
    sides.have = cut.have;
  } else {
    sides.want = cut_middle(sides.want, options.room);
    sides.have = cut_middle(sides.have, options.room);
  }
  return sides;
}

// Either side may be nothing, but what is there must be of that form.
template <class Is>
bool all_are(const audit::Finding& finding, Is is) {
  return (!finding.want || is(finding.want)) && (!finding.have || is(finding.have)) &&
         (finding.want || finding.have);
}

// JSON in texts that do not fit on a line; equal content is left to the texts.
std::optional<Sides> json_sides(const audit::Finding& finding, const SidesOptions& options) {
  const Side want = structure_in(finding.want);
  const Side have = structure_in(finding.have);
  const bool both =
      want.has_value() == finding.want.has_value() && have.has_value() == finding.have.has_value();
  if (!both) {
    return std::nullopt;
  }
  if (want && have && *want == *have) {
    Sides sides = inline_sides(finding, options);
    sides.remark = "the same JSON, written differently";
    return sides;
  }
  return by_line(want, have, "JSON differs, shown as YAML", options);
}

}  // namespace

Sides sides_of(const audit::Finding& finding, const SidesOptions& options) {
  if (is_secret(finding.want) || is_secret(finding.have)) {
    return secret_sides(finding);
  }
  if (finding.path.starts_with("/binaryData/")) {
    return binary_sides(finding);
  }
  const Sides whole{
      .want = in_words(finding.want), .have = in_words(finding.have), .remark = "", .lines = {}};
  if (has_lines(finding.want) || has_lines(finding.have)) {
    if (all_are(finding, is_text)) {
      return by_line(finding.want, finding.have, remark_on(finding), options);
    }
  } else if (!fit(whole, options.room) && all_are(finding, is_text)) {
    if (auto sides = json_sides(finding, options)) {
      return *std::move(sides);
    }
  } else if (!fit(whole, options.room) && all_are(finding, is_structure)) {
    return by_line(finding.want, finding.have, "", options);
  }
  return inline_sides(finding, options);
}

}  // namespace celldrift::report

#include "report/matrix/short_text.hpp"

#include "celldrift/core/error.hpp"

#include <algorithm>
#include <set>

namespace celldrift::report {
namespace {

using audit::FactKind;
using audit::ValueGroup;
using audit::VersionRow;

std::string_view text_of(const ValueGroup& group) {
  return group.value.is_string() ? group.value.as_string() : std::string_view{};
}

// "registry/app:" where all images have it; the tags tell them apart then.
std::string_view common_repository(const VersionRow& row) {
  const std::string_view first = repository_of(text_of(row.values.front()));
  const bool is_common = std::ranges::all_of(
      row.values, [&](const ValueGroup& group) { return repository_of(text_of(group)) == first; });
  return is_common ? first : std::string_view{};
}

// "sha256:" and 64 digits to their first seven, wherever they stand.
std::string with_short_digests(std::string_view text) {
  constexpr std::string_view algorithm = "sha256:";
  constexpr std::size_t shown = 7;
  std::string result;
  for (std::size_t at = text.find(algorithm); at != text.npos; at = text.find(algorithm)) {
    const std::size_t begin = at + algorithm.size();
    const std::size_t end =
        std::min(text.find_first_not_of("0123456789abcdef", begin), text.size());
    result += text.substr(0, at);
    result += text.substr(begin, std::min(end - begin, shown));
    text.remove_prefix(end);
  }
  return result + std::string(text);
}

// "3 of 5 pods run registry/app:1.3, 2 run …; it is paused": how far it came.
std::string share_of(std::string_view text) {
  return std::string(text.substr(0, text.find(" pods")));
}

std::string last_word(std::string_view text) {
  return std::string(text.substr(text.rfind(' ') + 1));
}

std::string name_of(const VersionRow& row) {
  return last_word(row.subjects.front());
}

}  // namespace

std::string_view repository_of(std::string_view image) {
  const std::string_view name = image.substr(0, image.find('@'));
  const std::size_t colon = name.rfind(':');
  const std::size_t slash = name.rfind('/');
  const bool tagged = colon != name.npos && (slash == name.npos || slash < colon);
  return tagged && image.find(' ') == image.npos ? image.substr(0, colon + 1) : std::string_view{};
}

std::vector<std::string> short_texts(const VersionRow& row) {
  const bool is_image = row.fact == FactKind::image || row.fact == FactKind::gitops_tool;
  const std::string_view repository = is_image ? common_repository(row) : std::string_view{};
  std::vector<std::string> texts;
  for (const ValueGroup& group : row.values) {
    const std::string_view text = text_of(group).substr(repository.size());
    texts.push_back(
        printable(row.fact == FactKind::rollout ? share_of(text) : with_short_digests(text)));
  }
  // What is no longer told apart is told in full.
  if (std::set<std::string>(texts.begin(), texts.end()).size() < texts.size() &&
      row.fact != FactKind::rollout) {
    std::ranges::transform(row.values, texts.begin(), [](const ValueGroup& group) {
      return printable(text_of(group));
    });
  }
  return texts;
}

std::string short_label(const VersionRow& row) {
  switch (row.fact) {
    case FactKind::image:
      return "image " + last_word(row.what);
    case FactKind::digest:
      return "digest " + last_word(row.what);
    case FactKind::version:
      return row.what.ends_with("template") ? "pod version label" : "version label";
    case FactKind::chart:
    case FactKind::rollout:
      return std::string(describe(row.fact)) + " " + name_of(row);
    case FactKind::gitops_tool:
    case FactKind::kubernetes:
      return name_of(row);
    case FactKind::crd:
      return name_of(row) + " " + row.what.substr(0, row.what.find(' '));
    case FactKind::revision:
    case FactKind::node:
      break;
  }
  return row.what;
}

}  // namespace celldrift::report

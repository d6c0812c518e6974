#include "celldrift/core/text.hpp"
#include "git/resolve.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>

namespace celldrift::git {

namespace {

constexpr std::size_t max_suggestions = 5;
constexpr std::size_t longest = 64;  // names beyond it are not compared

// How many letters to add, drop or change to get from `a` to `b`.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t change = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = std::exchange(row[j + 1], std::min({change, row[j] + 1, row[j + 1] + 1}));
    }
  }
  return row.back();
}

bool looks_like(const std::string& name, const std::string& wanted) {
  if (name.size() > longest || wanted.size() > longest) {
    return false;
  }
  const std::string a = lower(name);
  const std::string b = lower(wanted);
  return a.find(b) != a.npos || edit_distance(a, b) <= 1 + b.size() / 4;
}

std::string list_of(std::string_view intro, const std::vector<std::string>& names) {
  std::vector<std::string> shown;
  for (const std::string& name : names) {
    if (shown.size() == max_suggestions) {
      shown.emplace_back("…");
      break;
    }
    shown.push_back(in_quotes(name));
  }
  return std::string(intro) + join(shown, ", ");
}

}  // namespace

Error unknown_revision(std::string_view revision, const std::vector<std::string>& known) {
  std::vector<std::string> names = known;
  std::ranges::sort(names);
  names.erase(std::ranges::unique(names).begin(), names.end());
  std::vector<std::string> near;
  std::ranges::copy_if(names, std::back_inserter(near), [&](const std::string& name) {
    return !revision.empty() && looks_like(name, std::string(revision));
  });
  std::string message = "there is no branch, tag or commit " + in_quotes(revision);
  if (names.empty()) {
    message += ": the repository has none";
  } else {
    message += near.empty() ? list_of("; there are ", names) : list_of("; near it are ", near);
  }
  return Error(ErrorCode::repository, message);
}

}  // namespace celldrift::git

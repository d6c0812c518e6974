#include "audit/skew/rows.hpp"

#include "celldrift/audit/versions.hpp"

#include <algorithm>
#include <tuple>

namespace celldrift::audit {
namespace {

void put(std::string& key, std::size_t number) {
  key.append(reinterpret_cast<const char*>(&number), sizeof number);
}

// Behind its size, so that no two rows have one key.
void put(std::string& key, std::string_view part) {
  put(key, part.size());
  key += part;
}

// Equal for rows that say the same.
std::string key_of(const VersionRow& row) {
  std::string key;
  put(key, std::string_view(row.component));
  put(key, describe(row.fact));
  put(key, std::string_view(row.what));
  for (const ValueGroup& group : row.values) {
    put(key, group.value.as_string());
    put(key, group.cells.size());
    for (const std::string& cell : group.cells) {
      put(key, std::string_view(cell));
    }
  }
  return key;
}

using Names = std::tuple<std::string_view, std::string_view, std::string_view, std::string_view>;

std::string_view rule(const VersionRow& row) {
  return rule_of(row.fact);
}

}  // namespace

void Rows::add(VersionRow row) {
  const auto [place, is_new] = places_.emplace(key_of(row), rows_.size());
  if (is_new) {
    rows_.push_back(std::move(row));
  } else {
    rows_[place->second].subjects.push_back(std::move(row.subjects.front()));
  }
}

std::vector<VersionRow> Rows::take(const std::vector<Finding>& findings) {
  std::map<Names, VersionRow*> by_name;
  for (VersionRow& row : rows_) {
    for (const std::string& subject : row.subjects) {
      by_name.emplace(Names(row.component, rule(row), row.what, subject), &row);
    }
  }
  std::vector<VersionRow> others;
  for (const Finding& finding : findings) {
    const auto row =
        by_name.find(Names(finding.component, finding.rule, finding.what, finding.subject));
    if (row != by_name.end()) {
      row->second->findings.push_back(finding.fingerprint);
    } else if (finding.rule == rule_of(FactKind::rollout)) {
      others.push_back({.component = finding.component,
                        .fact = FactKind::rollout,
                        .what = finding.what,
                        .subjects = {finding.subject},
                        .values = finding.values,
                        .findings = {finding.fingerprint}});
    }
  }
  std::ranges::move(others, std::back_inserter(rows_));
  std::ranges::sort(rows_, {}, [](const VersionRow& row) {
    return std::tie(row.component, row.fact, row.what, row.subjects);
  });
  return std::move(rows_);
}

}  // namespace celldrift::audit

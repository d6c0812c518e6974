#include "audit/fold/fold.hpp"

#include "audit/findings/fingerprint.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <set>

namespace celldrift::audit {
namespace {

// Keeps the groups of two or more, and takes their members out of `alone`.
void keep(std::vector<Group> found, std::vector<Group>& groups, Indexes& alone) {
  std::set<std::size_t> grouped;
  for (Group& group : found) {
    if (group.members.size() > 1) {
      grouped.insert(group.members.begin(), group.members.end());
      groups.push_back(std::move(group));
    }
  }
  std::erase_if(alone, [&](std::size_t member) { return grouped.contains(member); });
}

// What is alone may still be joined by version skew that comes from it.
Group single(const std::vector<Finding>& findings, std::size_t member) {
  const bool has_writer = findings[member].changed_by.has_value();
  return {.kind = has_writer ? Cause::Kind::write : Cause::Kind::same_change, .members = {member}};
}

std::vector<Group> all_groups(const std::vector<ComparedApplication>& applications,
                              const std::vector<Finding>& findings) {
  Indexes alone(findings.size());
  std::iota(alone.begin(), alone.end(), std::size_t(0));
  std::vector<Group> groups;
  keep(group_missing(applications, findings, alone), groups, alone);
  keep(group_rewrites(findings, alone), groups, alone);
  keep(group_writes(findings, alone), groups, alone);
  keep(group_changes(findings, alone), groups, alone);
  keep(group_skew(findings, alone), groups, alone);
  keep(group_parity(findings, alone), groups, alone);
  keep(group_claims(findings, alone), groups, alone);
  std::ranges::transform(alone, std::back_inserter(groups), [&](std::size_t member) {
    return single(findings, member);
  });
  groups = with_skew(std::move(groups), findings);
  std::ranges::sort(groups, {}, [](const Group& group) { return group.members.front(); });
  return groups;
}

// Causes that would be called the same get a name of their own each, by their order.
void make_distinct(std::vector<Cause>& causes) {
  std::map<std::string, std::size_t> seen;
  for (Cause& cause : causes) {
    const std::size_t number = seen[cause.fingerprint]++;
    if (number > 0) {
      cause.fingerprint = fingerprint({cause.fingerprint, std::to_string(number)});
    }
  }
}

}  // namespace

void fold(const std::vector<ComparedApplication>& applications, Report& report) {
  const std::vector<Group> groups = all_groups(applications, report.findings);
  report.summary.causes = groups.size();
  std::vector<const Group*> shared;
  for (const Group& group : groups) {
    if (group.members.size() > 1) {
      shared.push_back(&group);
      report.causes.push_back(cause_of(group, report.findings));
    }
  }
  make_distinct(report.causes);
  for (std::size_t i = 0; i < shared.size(); ++i) {
    for (const std::size_t member : shared[i]->members) {
      report.findings[member].cause = report.causes[i].fingerprint;
    }
  }
}

}  // namespace celldrift::audit

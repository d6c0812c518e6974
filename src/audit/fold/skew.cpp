// Version skew is mostly the other side of drift: the cell that is behind has what Git does not
// want.
#include "audit/fold/fold.hpp"
#include "celldrift/audit/versions.hpp"

#include <algorithm>
#include <set>

namespace celldrift::audit {
namespace {

// What a drift finding is about, as skew names it.
std::string drift_key(const Finding& finding) {
  const std::string name = abstracted(finding.object.name, finding.application, finding.component);
  return key_of({finding.component,
                 finding.object.kind + " " + name,
                 finding.path_text,
                 finding.cells.front()});
}

std::map<std::string, std::size_t> drift_groups(const std::vector<Group>& groups,
                                                const std::vector<Finding>& findings) {
  std::map<std::string, std::size_t> found;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    for (const std::size_t member : groups[i].members) {
      if (findings[member].category == Category::drift) {
        found[drift_key(findings[member])] = i;
      }
    }
  }
  return found;
}

// The one group that has the drift of all outliers; nothing when there are several.
std::optional<std::size_t> origin_of(const Finding& skew,
                                     const std::map<std::string, std::size_t>& drift) {
  std::set<std::size_t> origins;
  for (const std::string& cell : skew.cells) {
    const auto found = drift.find(key_of({skew.component, skew.subject, skew.path_text, cell}));
    if (found == drift.end()) {
      return std::nullopt;
    }
    origins.insert(found->second);
  }
  return origins.size() == 1 ? std::optional(*origins.begin()) : std::nullopt;
}

// Where all of a group's findings are skew that comes from one other group: that one.
std::optional<std::size_t> origin_of(const Group& group,
                                     const std::vector<Finding>& findings,
                                     const std::map<std::string, std::size_t>& drift) {
  std::set<std::optional<std::size_t>> origins;
  for (const std::size_t member : group.members) {
    const Finding& finding = findings[member];
    origins.insert(finding.category == Category::skew ? origin_of(finding, drift) : std::nullopt);
  }
  return origins.size() == 1 ? *origins.begin() : std::nullopt;
}

}  // namespace

std::vector<Group> group_skew(const std::vector<Finding>& findings, const Indexes& alone) {
  Indexes skew;
  std::ranges::copy_if(alone, std::back_inserter(skew), [&](std::size_t i) {
    return findings[i].category == Category::skew;
  });
  std::vector<Group> groups;
  for (Indexes& members : by_key(skew, [&](std::size_t i) {
         const Finding& finding = findings[i];
         return key_of(
             {finding.component, finding.what, describe(finding.severity), key_of(finding.values)});
       })) {
    groups.push_back({.kind = Cause::Kind::versions, .members = std::move(members)});
  }
  return groups;
}

std::vector<Group> with_skew(std::vector<Group> groups, const std::vector<Finding>& findings) {
  const std::map<std::string, std::size_t> drift = drift_groups(groups, findings);
  std::vector<Group> kept;
  std::vector<std::optional<std::size_t>> origins;
  for (const Group& group : groups) {
    origins.push_back(origin_of(group, findings, drift));
  }
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (origins[i]) {
      Indexes& members = groups[*origins[i]].members;
      members.insert(members.end(), groups[i].members.begin(), groups[i].members.end());
    }
  }
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (!origins[i]) {
      std::ranges::sort(groups[i].members);
      kept.push_back(std::move(groups[i]));
    }
  }
  return kept;
}

}  // namespace celldrift::audit

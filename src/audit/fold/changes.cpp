// Drift of which nothing tells the time, and what managers did once each: the same change, or the
// same line of Git.
#include "audit/fold/fold.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

using compare::Change;

std::string change_of(const Finding& finding) {
  return finding.change ? key_of({finding.rule,
                                  finding.path_text,
                                  key_of(finding.want),
                                  key_of(finding.have),
                                  finding.evidence ? describe(*finding.evidence) : ""})
                        : key_of({finding.rule});
}

bool has_line(const Finding& finding) {
  return finding.source.source != 0 && finding.source.line != 0 && finding.change &&
         finding.change != Change::added;
}

// Whoever writes, and whatever the object: one line of Git that wants one value is not followed in
// one way.
std::string line_key(const Finding& finding) {
  const Source& source = source_of(finding.source.source);
  return key_of({source.path,
                 source.commit,
                 std::to_string(finding.source.line),
                 finding.rule,
                 key_of(finding.want),
                 key_of(finding.have),
                 writer_of(finding.changed_by)});
}

// By a known hand only the same object of other cells; of what nobody owns up to, the same change
// is all that there is to go by.
std::string delta_key(const Finding& finding) {
  const bool anywhere = !finding.changed_by && finding.change;
  return key_of(
      {anywhere ? "" : shared_key(finding), change_of(finding), writer_of(finding.changed_by)});
}

bool have_one_line(const std::vector<Finding>& findings, const Indexes& members) {
  const std::string first = describe(findings[members.front()].source);
  return std::ranges::all_of(members, [&](std::size_t i) {
    return has_line(findings[i]) && describe(findings[i].source) == first;
  });
}

void join_alike(const std::vector<Indexes>& parts, Sets& sets) {
  for (const Indexes& part : parts) {
    for (const std::size_t i : part) {
      sets.join(part.front(), i);
    }
  }
}

Cause::Kind kind_of(const std::vector<Finding>& findings, const Indexes& members) {
  if (findings[members.front()].category == Category::extra) {
    return Cause::Kind::object;
  }
  return have_one_line(findings, members) ? Cause::Kind::git_line : Cause::Kind::same_change;
}

}  // namespace

std::vector<Group> group_changes(const std::vector<Finding>& findings, const Indexes& alone) {
  Indexes all;
  Indexes lined;
  for (const std::size_t i : alone) {
    const Category category = findings[i].category;
    if (category == Category::drift || category == Category::extra) {
      all.push_back(i);
    }
    if (category == Category::drift && has_line(findings[i])) {
      lined.push_back(i);
    }
  }
  Sets sets(findings.size());
  join_alike(by_key(lined, [&](std::size_t i) { return line_key(findings[i]); }), sets);
  join_alike(by_key(all, [&](std::size_t i) { return delta_key(findings[i]); }), sets);
  std::vector<Group> groups;
  for (Indexes& members : sets.take()) {
    if (members.size() > 1) {
      groups.push_back({.kind = kind_of(findings, members), .members = std::move(members)});
    }
  }
  return groups;
}

}  // namespace celldrift::audit

// The rows of the matrix, as subjects come in.
#pragma once

#include "celldrift/audit/report.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace celldrift::audit {

class Rows {
 public:
  // A row of one subject, which joins one that says the same of others.
  void add(VersionRow row);
  // All of them, with the findings that they come to, and rows for what is only a finding (a
  // stopped rollout). Sorted by component, kind of fact, what, subject.
  std::vector<VersionRow> take(const std::vector<Finding>& findings);

 private:
  std::vector<VersionRow> rows_;
  std::map<std::string, std::size_t> places_;  // by all that must be equal
};

}  // namespace celldrift::audit

// The two sides of a finding, as they are shown: in words, or line by line.
#pragma once

#include "celldrift/audit/report.hpp"
#include "report/sides/line_diff.hpp"

#include <string>
#include <vector>

namespace celldrift::report {

struct SidesOptions {
  std::size_t room = 60;  // columns for one side in words
  std::size_t most_lines = 24;
  std::size_t context = 1;
};

struct Sides {
  std::string want;  // printable; "nothing"
  std::string have;
  std::string remark;           // "only blanks differ", "as YAML"; mostly ""
  std::vector<DiffLine> lines;  // where these say more: not empty, and not printable yet
};

// Texts of several lines, JSON and YAML in texts, and structures that do not fit are shown line by
// line, the latter two as YAML. Binary data is told by size and hash, Secret values not at all.
Sides sides_of(const audit::Finding& finding, const SidesOptions& options);

}  // namespace celldrift::report

#include "report/wording/proved.hpp"

#include "celldrift/core/short_commit.hpp"
#include "report/wording/wording.hpp"
#include "report/wording/words.hpp"

#include <algorithm>

namespace celldrift::report {
namespace {

using audit::Proved;
using Match = Proved::Match;

std::string commit_text(const Proved& proved) {
  return short_commit(proved.commit) + (proved.version.empty() ? "" : " (" + proved.version + ")");
}

// ", 14 commits and 6 days behind"
std::string behind_text(const Proved& proved) {
  if (!proved.behind || *proved.behind == 0) {
    return "";
  }
  const bool has_age = proved.age && proved.age->count() > 0;
  return ", " + count(*proved.behind, "commit") +
         (has_age ? " and " + describe_age(*proved.age) : "") + " behind";
}

std::string because(const Proved& proved) {
  return proved.reason.empty() ? "" : ": " + proved.reason;
}

// What is said after the cells; `several` of them.
std::string said_of(const Proved& proved, bool several) {
  const std::string runs = several ? " run " : " runs ";
  switch (proved.match) {
    case Match::exact:
      return runs + commit_text(proved) + behind_text(proved) +
             (proved.reason.empty() ? "" : " (" + proved.reason + ")");
    case Match::ahead:
      return runs + commit_text(proved) + ", ahead" + because(proved);
    case Match::edited:
      return std::string(several ? " match" : " matches") + " no commit: hand-edited on top of " +
             commit_text(proved) + behind_text(proved) +
             (proved.behind ? "" : ", " + proved.reason) + ": " +
             (proved.edits.size() == 1 ? "this field"
                                       : "these " + count(proved.edits.size(), "field"));
    case Match::none:
      break;
  }
  return std::string(several ? " match" : " matches") + " no commit" + because(proved);
}

// Drift itself says all of it: who wrote what Git has otherwise.
bool is_plain_edit(const Proved& proved) {
  return proved.match == Match::edited && proved.behind && *proved.behind == 0;
}

}  // namespace

std::vector<std::string> proved_lines(const std::vector<Proved>& proved,
                                      std::set<std::string>& said,
                                      const audit::Report& report,
                                      const TextOptions& options) {
  struct Group {
    const Proved* first;
    std::vector<std::string> cells;
  };
  std::vector<std::pair<std::string, Group>> lines;
  for (const Proved& one : proved) {
    const bool is_shown = options.full || !is_plain_edit(one);
    if (!is_shown || !said.insert(one.cell + '\0' + one.application).second) {
      continue;
    }
    const std::string key = said_of(one, true);
    auto found = std::ranges::find(lines, key, &std::pair<std::string, Group>::first);
    if (found == lines.end()) {
      found = lines.insert(lines.end(), {key, {&one, {}}});
    }
    found->second.cells.push_back(one.cell);
  }
  std::vector<std::string> texts;
  for (auto& [key, line] : lines) {
    auto& cells = line.cells;
    cells.erase(std::ranges::unique(cells).begin(), cells.end());
    texts.push_back(cells_text(cells, 40, report, options) +
                    said_of(*line.first, cells.size() > 1));
  }
  return texts;
}

std::string proved_text(const Proved& proved) {
  return proved.cell + said_of(proved, false);
}

}  // namespace celldrift::report

// Waves: the order in which cells get a deploy. A cell of an earlier wave that is behind one of a
// later wave has been left out, or was rolled back alone.
#include "audit/findings/fingerprint.hpp"
#include "audit/rules/stages.hpp"
#include "celldrift/audit/brief.hpp"
#include "celldrift/audit/versions.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace celldrift::audit {
namespace {

struct Placed {
  std::string cell;
  std::size_t wave;
  const Value* version;
};

// The cells that have a version, and are in a wave: the first that has them.
std::vector<Placed> placed(const Finding& finding,
                           const std::vector<Wave>& waves,
                           const LabelsOfCells& cells) {
  std::vector<Placed> found;
  for (const ValueGroup& group : finding.values) {
    for (const std::string& cell :
         group.value.is_string() ? group.cells : std::vector<std::string>()) {
      const auto wave = std::ranges::find_if(
          waves, [&](const Wave& each) { return each.cells.matches(cell, cells); });
      if (wave != waves.end()) {
        found.push_back({cell, std::size_t(wave - waves.begin()), &group.value});
      }
    }
  }
  return found;
}

bool is_behind(const Placed& a, const Placed& b) {
  return a.wave < b.wave && a.version != b.version &&
         compare_versions(a.version->as_string(), b.version->as_string()) < 0;
}

// Of each version and wave one cell will do to compare with.
std::vector<Placed> representatives(const std::vector<Placed>& all) {
  std::set<std::pair<std::size_t, const Value*>> seen;
  std::vector<Placed> found;
  std::ranges::copy_if(all, std::back_inserter(found), [&](const Placed& each) {
    return seen.emplace(each.wave, each.version).second;
  });
  return found;
}

struct Inversion {
  const Finding* finding;
  Placed behind;
  Placed ahead;
  std::set<std::string> cells;
};

std::optional<Inversion> inversion_in(const Finding& finding,
                                      const std::vector<Wave>& waves,
                                      const LabelsOfCells& known) {
  const std::vector<Placed> all = placed(finding, waves, known);
  const std::vector<Placed> others = representatives(all);
  std::optional<Inversion> found;
  for (const Placed& cell : all) {
    const auto ahead =
        std::ranges::find_if(others, [&](const Placed& other) { return is_behind(cell, other); });
    if (ahead == others.end()) {
      continue;
    }
    if (!found) {
      found = {.finding = &finding, .behind = cell, .ahead = *ahead, .cells = {}};
    }
    found->cells.insert(cell.cell);
  }
  return found;
}

Finding finding_of(const Inversion& inversion, const std::vector<Wave>& waves) {
  const auto [skew, behind, ahead, cells] = inversion;
  Finding finding = *skew;
  finding.rule = "skew/wave";
  finding.severity = Severity::error;
  finding.cells = {cells.begin(), cells.end()};
  finding.ruling = std::nullopt;
  finding.want = std::nullopt;
  finding.message = behind.cell + " (wave " + waves[behind.wave].name + ") is behind " +
                    ahead.cell + " (wave " + waves[ahead.wave].name +
                    "), which comes later: " + skew->what + " of " + skew->subject + " is " +
                    brief(*behind.version, 120) + " there, " + brief(*ahead.version, 120) + " in " +
                    ahead.cell;
  finding.reason =
      cells.size() > 1 ? std::to_string(cells.size()) + " cells are behind a later wave" : "";
  finding.fingerprint = fingerprint({finding.rule, finding.component});
  return finding;
}

// Clusters are upgraded in an order of their own.
bool is_of_a_deploy(const Finding& finding) {
  return finding.category == Category::skew && finding.component != cluster_component;
}

}  // namespace

std::vector<Finding> wave_findings(const std::vector<Finding>& findings,
                                   const std::vector<Wave>& waves,
                                   const LabelsOfCells& cells) {
  std::map<std::string, Inversion> by_component;
  for (const Finding& finding : findings) {
    if (waves.empty() || !is_of_a_deploy(finding)) {
      continue;
    }
    const auto inversion = inversion_in(finding, waves, cells);
    if (inversion) {
      by_component.try_emplace(finding.component, *inversion)
          .first->second.cells.insert(inversion->cells.begin(), inversion->cells.end());
    }
  }
  std::vector<Finding> found;
  for (const auto& [component, inversion] : by_component) {
    found.push_back(finding_of(inversion, waves));
  }
  return found;
}

}  // namespace celldrift::audit

// Fields that differ between cells although Git does not say so.
#include "audit/by_component.hpp"
#include "audit/findings/findings.hpp"
#include "audit/findings/fingerprint.hpp"
#include "audit/parity/judged.hpp"
#include "audit/parity/parity.hpp"
#include "audit/wording.hpp"
#include "celldrift/audit/names.hpp"
#include "celldrift/core/parallel.hpp"

#include <algorithm>
#include <iterator>

namespace celldrift::audit {
namespace {

std::string sentence(const Finding& finding) {
  return finding.path_text + " of " + finding.subject + " differs: " + values_text(finding.values) +
         "; out of line: " + cells_text(finding.cells) + "; " + finding.reason;
}

const Line::Side& side_of(const Component& component, const Line& line, const std::string& cell) {
  return *std::ranges::find(line.sides, cell, [&](const Line::Side& side) {
    return component.members()[side.member].application->cell;
  });
}

// The Application's name where all cells have the same.
std::string common_application(const Component& component, const Line& line) {
  const auto name = [&](const Line::Side& side) {
    return component.members()[side.member].application->application;
  };
  const std::string first = name(line.sides.front());
  const bool is_common =
      std::ranges::all_of(line.sides, [&](const Line::Side& side) { return name(side) == first; });
  return is_common ? first : "";
}

Finding finding_of(const Component& component, const Line& line, const Judged& judged) {
  Finding finding;
  finding.rule = "parity/field";
  finding.category = Category::parity;
  finding.severity = judged.severity;
  finding.component = component.name();
  finding.application = common_application(component, line);
  finding.cells = out_of_line(judged.values);
  finding.object = ref_of(*side_of(component, line, finding.cells.front()).result);
  finding.path = judged.path.pointer();
  finding.path_text = judged.path.text();
  finding.values = judged.values;
  finding.changed_by = judged.changed_by;
  finding.what = judged.text;
  finding.subject = describe(line.shared);
  finding.reason = judged.reason;
  finding.message = sentence(finding);
  finding.fingerprint = fingerprint({finding.rule,
                                     component.name(),
                                     group_of(line.shared.api_version),
                                     line.shared.kind,
                                     line.shared.ns,
                                     line.shared.name,
                                     judged.text});
  return finding;
}

bool is_the_same_in_all(const Component& component) {
  Applications applications;
  for (const Member& member : component.members()) {
    applications.push_back(member.application);
  }
  return share_objects(applications);
}

std::vector<Finding> parity_of(const Component& component) {
  std::vector<Finding> findings;
  if (is_the_same_in_all(component)) {
    return findings;
  }
  for (const Line& line : lines_of(component)) {
    std::vector<Variant> variants = variants_of(component, line);
    for (const Judged& judged : judge_line(variants, Drift::left_out)) {
      if (judged.nature == CellDifference::Nature::undeclared) {
        findings.push_back(finding_of(component, line, judged));
      }
    }
  }
  return findings;
}

}  // namespace

std::vector<Finding> field_parity(const Input& input) {
  const std::vector<Component> components = components_of(input);
  std::vector<std::vector<Finding>> found(components.size());
  for_each_index(components.size(), 0, [&](std::size_t i) { found[i] = parity_of(components[i]); });
  std::vector<Finding> findings;
  for (std::vector<Finding>& some : found) {
    std::ranges::move(some, std::back_inserter(findings));
  }
  return findings;
}

}  // namespace celldrift::audit

// From comparisons to a Report: findings, counts, verdict.
#include "audit/counts.hpp"
#include "audit/findings/changed_objects.hpp"
#include "audit/findings/findings.hpp"
#include "audit/findings/fingerprint.hpp"
#include "audit/findings/notes.hpp"
#include "audit/findings/proved.hpp"
#include "audit/fold/fold.hpp"
#include "audit/held_lists.hpp"
#include "audit/substrate/substrate.hpp"
#include "celldrift/audit/audit.hpp"
#include "celldrift/audit/claims.hpp"
#include "celldrift/audit/parity.hpp"
#include "celldrift/audit/rules.hpp"
#include "celldrift/audit/versions.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <tuple>

namespace celldrift::audit {
namespace {

using compare::ObjectResult;
using compare::Status;

// Mostly they come in that order, or each cell's do.
void sort_applications(std::vector<ComparedApplication>& applications) {
  const auto order = [](const ComparedApplication& application) {
    return std::tie(application.cell, application.application, application.component);
  };
  if (!std::ranges::is_sorted(applications, {}, order)) {
    std::ranges::sort(applications, {}, order);
  }
}

auto order_of(const Finding& finding) {
  const ObjectRef& object = finding.object;
  return std::tie(finding.component,
                  finding.category,
                  object.kind,
                  object.api_version,
                  object.ns,
                  object.name,
                  finding.path_text,
                  finding.path,
                  finding.cells,
                  finding.rule,
                  finding.application,
                  finding.message);
}

void put_in_order(std::vector<Finding>& findings) {
  std::ranges::stable_sort(findings, {}, order_of);
  make_fingerprints_distinct(findings);
}

std::vector<Fact> all_facts(const Input& input) {
  std::vector<Fact> facts = version_facts(input.applications);
  for (const ClusterVersions& cluster : input.clusters) {
    std::ranges::move(cluster_facts(cluster), std::back_inserter(facts));
  }
  return facts;
}

bool is_worth_a_finding(const ObjectResult& result) {
  return result.status == Status::missing || result.status == Status::extra ||
         result.status == Status::drifted || !result.disagreements.empty();
}

// In the order of the input.
std::vector<const ComparedApplication*> holders_of(
    const std::vector<HeldList>& lists, const std::function<bool(const ObjectResult&)>& any) {
  std::vector<const ComparedApplication*> holders;
  for (const HeldList& list : lists) {
    if (std::ranges::any_of(list.objects, any)) {
      std::ranges::copy(list.holders, std::back_inserter(holders));
    }
  }
  std::ranges::sort(holders);
  return holders;
}

std::vector<Finding> find_all(const Input& input,
                              const std::vector<HeldList>& lists,
                              const ToolClaims& tools,
                              const std::vector<Fact>& facts) {
  std::vector<Finding> findings = version_skew(facts, input.proved);
  std::ranges::move(stopped_rollouts(input.applications), std::back_inserter(findings));
  if (input.look == Look::everything) {
    std::ranges::move(parity(input), std::back_inserter(findings));
    const SubstrateParity substrate(input);
    std::ranges::copy(substrate.findings(), std::back_inserter(findings));
    for (const ComparedApplication* application : holders_of(lists, is_worth_a_finding)) {
      std::ranges::move(object_findings(*application), std::back_inserter(findings));
    }
    std::ranges::move(claims(input, tools), std::back_inserter(findings));
    substrate.name_causes(findings);
  }
  put_in_order(findings);
  return findings;
}

// Drift that is waived is not shown as a part of its object either.
void leave_out(const std::vector<Finding>& waived, std::vector<ComparedApplication>& applications) {
  std::map<std::pair<std::string, std::string>, std::vector<const Finding*>> by_application;
  for (const Finding& finding : waived) {
    if (finding.category == Category::drift) {
      by_application[{finding.cells.front(), finding.application}].push_back(&finding);
    }
  }
  if (by_application.empty()) {
    return;
  }
  for (ComparedApplication& application : applications) {
    const auto found = by_application.find({application.cell, application.application});
    if (found == by_application.end()) {
      continue;
    }
    auto& objects = application.objects.own();
    for (const Finding* finding : found->second) {
      for (ObjectResult& result : objects) {
        if (ref_of(result) == finding->object) {
          std::erase_if(result.differences, [&](const compare::Difference& difference) {
            return difference.path.text() == finding->path_text;
          });
        }
      }
    }
  }
}

// Rules work on what has been found.
void apply_rules(Input& input, Report& report) {
  if (input.rules == nullptr) {
    return;
  }
  Ruled ruled = audit::apply_rules(std::move(report.findings),
                                   {.rules = *input.rules,
                                    .applications = input.applications,
                                    .cells = input.cells,
                                    .problems = input.problems,
                                    .now = input.now});
  report.findings = std::move(ruled.findings);
  report.waived = std::move(ruled.waived);
  report.hidden = std::move(ruled.hidden);
  if (input.look == Look::versions) {
    // Waivers of what was not looked for are not idle for that.
    std::erase_if(report.findings,
                  [](const Finding& finding) { return finding.category != Category::skew; });
  }
  put_in_order(report.findings);
  leave_out(report.waived, input.applications);
}

bool leaves_unknown(const Problem& problem) {
  return problem.unknown == LeavesUnknown::yes;
}

// True when a problem of the cell says already why objects of the Application are unknown.
bool explains(const Problem& problem,
              const ComparedApplication& application,
              std::string_view reason) {
  const bool is_about =
      problem.cell == application.cell &&
      (problem.application.empty() || problem.application == application.application);
  return is_about && leaves_unknown(problem) && !reason.empty() && !problem.message.empty() &&
         (problem.message.find(reason) != problem.message.npos ||
          reason.find(problem.message) != reason.npos);
}

Problem unknown_objects(const ComparedApplication& application,
                        const std::string& reason,
                        const std::vector<const ObjectResult*>& results) {
  const std::string more =
      results.size() > 1 ? " and " + std::to_string(results.size() - 1) + " more" : "";
  return {.stage = Stage::compare,
          .cell = application.cell,
          .application = application.application,
          .message = describe(results.front()->key) + more + ": " +
                     (reason.empty() ? "could not be looked at" : reason),
          .source = celldrift::describe(results.front()->desired.mark())};
}

bool is_unknown(const ObjectResult& result) {
  return result.status == Status::unknown;
}

// What makes objects unknown is told even where the stages before gave no problem for it.
std::vector<Problem> missing_reasons(const Input& input, const std::vector<HeldList>& lists) {
  std::vector<Problem> problems;
  for (const ComparedApplication* each : holders_of(lists, is_unknown)) {
    const ComparedApplication& application = *each;
    std::map<std::string, std::vector<const ObjectResult*>> by_reason;
    for (const ObjectResult& result : application.objects) {
      if (is_unknown(result)) {
        by_reason[result.reason].push_back(&result);
      }
    }
    for (auto& [reason, results] : by_reason) {
      std::ranges::sort(results, {}, &ObjectResult::key);
      const bool known = std::ranges::any_of(input.problems, [&](const Problem& problem) {
        return explains(problem, application, reason);
      });
      if (!known) {
        problems.push_back(unknown_objects(application, reason, results));
      }
    }
  }
  return problems;
}

void sort_problems(std::vector<Problem>& problems) {
  const auto order = [](const Problem& problem) {
    return std::tie(problem.stage,
                    problem.cell,
                    problem.application,
                    problem.source,
                    problem.message,
                    problem.unknown);
  };
  std::ranges::sort(problems, {}, order);
  const auto repeated = std::ranges::unique(problems);
  problems.erase(repeated.begin(), repeated.end());
}

bool is_complete(const Report& report) {
  return report.summary.objects.at(Status::unknown) == 0 &&
         std::ranges::none_of(report.problems, leaves_unknown) &&
         std::ranges::all_of(report.cells, was_looked_at);
}

Verdict verdict_of(const Report& report) {
  if (fails(report, Severity::warning)) {
    return Verdict::drifted;
  }
  return report.complete ? Verdict::clean : Verdict::incomplete;
}

}  // namespace

Report judge(Input input) {
  return judge(std::move(input), {});
}

Report judge(Input input, ToolClaims tools) {
  sort_applications(input.applications);
  std::ranges::sort(input.clusters, {}, &ClusterVersions::cell);
  std::ranges::sort(tools.states, {}, &ToolState::cluster);
  std::vector<HeldList> lists = held_lists(input.applications);
  std::ranges::move(missing_reasons(input, lists), std::back_inserter(input.problems));
  std::ranges::move(unread_substrate(input), std::back_inserter(input.problems));
  Report report;
  const std::vector<Fact> facts = all_facts(input);
  report.findings = find_all(input, lists, tools, facts);
  attach_proved(input.proved, input.applications, report.findings);
  apply_rules(input, report);
  lists = held_lists(input.applications);  // rules may have changed some
  report.versions = version_rows(facts, report.findings);
  count(input, lists, report);
  fold(input.applications, report);
  add_notes(lists, report);
  report.objects = changed_objects(input.applications, report.findings);
  report.manifests = std::move(input.manifests);
  report.cells = std::move(input.cells);
  report.problems = std::move(input.problems);
  std::ranges::sort(report.cells, {}, &CellSummary::name);
  sort_problems(report.problems);
  report.complete = is_complete(report);
  report.verdict = verdict_of(report);
  return report;
}

bool fails(const Report& report, std::optional<Severity> fail_on) {
  return fail_on && std::ranges::any_of(report.findings, [&](const Finding& finding) {
           return finding.severity >= *fail_on;
         });
}

}  // namespace celldrift::audit

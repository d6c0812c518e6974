#include "cli/apps_against.hpp"

#include "celldrift/cli/run.hpp"
#include "cli/apps_changes.hpp"
#include "cli/argo_settings.hpp"
#include "cli/desired.hpp"
#include "cli/hidden_in_applications.hpp"
#include "cli/inputs.hpp"
#include "cli/read_context.hpp"
#include "cli/results.hpp"
#include "cli/wanted.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace celldrift::cli {
namespace {

// One of the two revisions that are compared.
struct ExpandedSide {
  std::string name;
  fleet::Expansion expansion;
  std::set<std::string> sets;

  fleet::Side side() const { return {.expansion = expansion, .sets = sets}; }
};

std::string describe_revision(const audit::ManifestsInfo& info) {
  return info.worktree ? "the work tree" : info.revision + " (" + info.commit.substr(0, 10) + ")";
}

ExpandedSide expand_side(const Setup& setup,
                         const RepoOptions& repo,
                         const fleet::Fleet& fleet,
                         HiddenInApplications& hidden) {
  Manifests manifests(repo);
  hidden.learn(*manifests.tree());
  Inputs inputs(setup, manifests);
  const fleet::Declared declared = fleet::find_declared(*manifests.tree());
  std::vector<Problem> problems;
  ExpandedSide side{
      .name = describe_revision(manifests.info()),
      .expansion = expand({.manifests = manifests,
                           .fleet = fleet,
                           .generators = inputs.get(),
                           .controller_ns = controller_namespace(setup.options.fleet),
                           .global_projects = read_global_projects(setup, problems)})};
  std::ranges::copy(problems, std::back_inserter(side.expansion.problems));
  for (const Value& set : declared.application_sets) {
    side.sets.emplace(set.string_at({"metadata", "name"}));
  }
  for (const fleet::Application& application : side.expansion.applications) {
    side.sets.insert(application.origin.application_set);  // of those that Applications make, too
  }
  side.sets.erase("");
  return side;
}

// Keeps what is wanted on either side: an Application that moves out of a cell is no removed one.
void keep_wanted(const Wanted& wanted, ExpandedSide& before, ExpandedSide& after) {
  std::set<std::pair<std::string, std::string>> kept;
  for (const ExpandedSide* side : {&before, &after}) {
    for (const fleet::Application& application : side->expansion.applications) {
      if (wanted(application)) {
        kept.emplace(application.ns, application.name);
      }
    }
  }
  for (ExpandedSide* side : {&before, &after}) {
    std::erase_if(side->expansion.applications,
                  [&](const auto& one) { return !kept.contains({one.ns, one.name}); });
  }
}

std::vector<Problem> problems_of(const ExpandedSide& side) {
  std::vector<Problem> problems = side.expansion.problems;
  for (Problem& problem : problems) {
    problem.message = "at " + side.name + ": " + problem.message;
  }
  return problems;
}

// What both sides say alike is said once.
std::vector<Problem> problems_of(const ExpandedSide& before, const ExpandedSide& after) {
  std::vector<Problem> problems = problems_of(after);
  for (std::size_t i = 0; i < before.expansion.problems.size(); ++i) {
    const auto& others = after.expansion.problems;
    if (std::ranges::find(others, before.expansion.problems[i]) == others.end()) {
      problems.push_back(problems_of(before)[i]);
    }
  }
  return problems;
}

}  // namespace

void check_against(const Options& options, const AppsOptions& what) {
  if (!options.inputs.record.empty()) {
    throw Error(ErrorCode::usage, "--record cannot be given with --against");
  }
  if (!what.application_set.empty() || what.params) {
    throw Error(ErrorCode::usage,
                "--against compares revisions of the repo: it cannot be given with "
                "--applicationset or --params");
  }
  for (const OutputTarget& target : options.outputs) {
    if (target.format == "name") {
      throw Error(ErrorCode::usage, "-o name: with --against it must be text, yaml or json");
    }
  }
}

int compare_revisions(const Setup& setup, const AppsOptions& what) {
  const Options& options = setup.options;
  const Wanted wanted(what);
  const ResolvedFleet fleet = resolve_fleet(setup);
  RepoOptions old_repo = options.repo;
  old_repo.revision = what.against;
  old_repo.worktree = false;
  HiddenInApplications hidden(sensitive_rules(setup), observe::Show::hash);
  ExpandedSide before = expand_side(setup, old_repo, fleet.fleet, hidden);
  ExpandedSide after = expand_side(setup, options.repo, fleet.fleet, hidden);
  keep_wanted(wanted, before, after);
  if (!what.show_secrets) {
    for (const ExpandedSide* side : {&before, &after}) {
      hidden.learn(side->expansion.applications);
    }
    for (ExpandedSide* side : {&before, &after}) {
      hidden.hide(side->expansion.applications);
    }
  }
  const fleet::Changes changes = fleet::changes_between(before.side(), after.side());

  std::vector<Problem> problems = problems_of(before, after);
  std::ranges::copy(fleet.problems, std::back_inserter(problems));
  const bool is_complete =
      std::ranges::none_of(problems, [](const auto& p) { return p.unknown == LeavesUnknown::yes; });
  const ComparedRevisions revisions{.before = before.name, .after = after.name};
  write_outputs(options, [&](const std::string& format, Destination) {
    return format == "table" || format == "text"
               ? changes_text(changes, revisions)
               : as_yaml_or_json(changes_value(changes, revisions, is_complete), format);
  });
  say_problems(problems, options);
  const bool has_changed = std::ranges::any_of(changes.list, [](const auto& change) {
    return change.kind != fleet::ApplicationChange::Kind::unknown;
  });
  return has_changed && what.exit_code ? exit_findings : exit_code(!is_complete, options);
}

}  // namespace celldrift::cli

#include "cli/audit_fleet.hpp"

#include "celldrift/audit/audit.hpp"
#include "celldrift/audit/claims.hpp"
#include "celldrift/audit/names.hpp"
#include "celldrift/compare/rule_uses.hpp"
#include "celldrift/core/parallel.hpp"
#include "celldrift/core/until_exit.hpp"
#include "cli/argo_settings.hpp"
#include "cli/attribute.hpp"
#include "cli/cells.hpp"
#include "cli/compare_cell.hpp"
#include "cli/hub_tools.hpp"
#include "cli/inputs.hpp"
#include "cli/known_cell.hpp"
#include "cli/prove.hpp"
#include "cli/read_context.hpp"
#include "cli/rules_in_force.hpp"
#include "cli/terminal.hpp"

#include <algorithm>
#include <future>
#include <iterator>
#include <map>
#include <optional>

namespace celldrift::cli {
namespace {

using ByCell = std::map<std::string, std::vector<const RenderedApplication*>>;

ByCell group_by_cell(const DesiredFleet& desired) {
  ByCell groups;
  auto last = groups.end();
  for (const RenderedApplication& application : desired.applications) {  // by cell
    const std::string& cell = application.application.cell;
    if (last == groups.end() || last->first != cell) {
      last = groups.try_emplace(cell).first;
    }
    last->second.push_back(&application);
  }
  return groups;
}

// The cells' first answers are awaited while Git is read.
std::future<void> reach_all(std::vector<CellReader>& readers,
                            std::vector<bool> wanted,
                            std::size_t concurrency) {
  return std::async(std::launch::async, [&readers, concurrency, wanted = std::move(wanted)] {
    for_each_index(readers.size(), concurrency, [&](std::size_t i) {
      if (wanted[i]) {
        readers[i].reach();
      }
    });
  });
}

// Error(usage) for a name that no cell has.
std::vector<bool> wanted_cells(const std::vector<fleet::Cell>& cells,
                               const std::vector<std::string>& only) {
  std::vector<bool> wanted;
  std::vector<std::string> names;
  for (const fleet::Cell& cell : cells) {
    wanted.push_back(only.empty() || std::ranges::find(only, cell.name) != only.end());
    names.push_back(cell.name);
  }
  for (const std::string& name : only) {
    if (std::ranges::find(names, name) == names.end()) {
      throw audit::no_such_cell(name, names);
    }
  }
  return wanted;
}

// Argo CD's own cluster counts when something is to run there; nobody named it.
bool is_asked_for(const fleet::Cell& cell, const ByCell& groups) {
  return !cell.synthetic || groups.contains(cell.name);
}

ComparedCell compare_or_explain(const fleet::Cell& cell,
                                CellReader& reader,
                                const ByCell& groups,
                                const CompareRules& rules) {
  const auto group = groups.find(cell.name);
  const std::vector<const RenderedApplication*> none;
  try {
    return compare_cell(cell, reader, group == groups.end() ? none : group->second, rules);
  } catch (const Error& error) {
    return {.summary = {.name = cell.name,
                        .server = cell.server,
                        .coverage = "unknown",
                        .reason = error.what(),
                        .labels = cell.labels},
            .problems = {problem_of(error, Stage::compare, cell.name)}};
  }
}

// A run that compared nothing must not pass for one that found nothing.
std::optional<Problem> nothing_wanted(const DesiredFleet& desired,
                                      const std::vector<fleet::Cell>& cells) {
  if (!desired.applications.empty() || cells.empty()) {
    return std::nullopt;
  }
  return Problem{
      .stage = Stage::fleet,
      .cell = "",
      .application = "",
      .message = "nothing was compared: Git describes no Application for " +
                 std::string(cells.size() == 1 ? "the cell " + cells[0].name : "any of the cells") +
                 " (celldrift cells shows the labels that selectors go by, celldrift "
                 "apps what ApplicationSets make)",
      .source = "",
      .unknown = LeavesUnknown::no};
}

// The first problem of Git that may have kept Applications from being known.
std::string unknown_applications(const std::vector<Problem>& problems) {
  const auto found = std::ranges::find_if(problems, [](const Problem& problem) {
    return problem.stage == Stage::fleet && problem.cell.empty() && problem.application.empty() &&
           problem.unknown == LeavesUnknown::yes;
  });
  return found == problems.end() ? "" : found->message;
}

CompareRules compare_rules(const Setup& setup,
                           const DesiredFleet& desired,
                           const compare::ArgoSettings& argo) {
  CompareRules rules{.projects = desired.projects,
                     .controller_ns = controller_namespace(setup.options.fleet),
                     .argo = argo,
                     .server_dry_run = setup.options.server_dry_run,
                     .look = setup.options.look};
  rules.explain = setup.options.explain ? compare::Explain::yes : compare::Explain::no;
  if (!setup.config.managers.is_null()) {
    rules.managers = rules.managers.with(setup.config.managers);
  }
  if (!setup.config.rights.is_null()) {
    rules.rights = rules.rights.with(setup.config.rights);
  }
  for (const RenderedApplication& each : desired.applications) {
    rules.application_names.insert(
        rules.application_names.end(),  // by cell and name: most are the last so far
        fleet::instance_name(each.application, rules.controller_ns));
  }
  rules.unknown_applications = unknown_applications(desired.problems);
  return rules;
}

using ByName =
    std::map<std::pair<std::string_view, std::string_view>, const audit::ComparedApplication*>;

ByName by_name_in_cell(const std::vector<audit::ComparedApplication>& compared) {
  ByName by_name;
  for (const audit::ComparedApplication& application : compared) {
    by_name.emplace(ByName::key_type(application.cell, application.application), &application);
  }
  return by_name;
}

// Rules of ignoreDifferences that are about nothing. Most Applications have none.
std::vector<Problem> idle_rules(const DesiredFleet& desired,
                                const CompareRules& rules,
                                const std::vector<audit::ComparedApplication>& compared) {
  std::optional<ByName> by_name;
  using Complete = compare::RuleUses::Complete;
  compare::RuleUses uses;
  for (const RenderedApplication& rendered : desired.applications) {
    const fleet::Application& application = rendered.application;
    const Value* spec = application.object.find("spec");
    std::vector<compare::IgnoreRule> all = compare::ignore_rules(spec == nullptr ? Value() : *spec);
    std::ranges::copy(rules.argo.ignore_rules, std::back_inserter(all));
    if (all.empty()) {
      continue;
    }
    if (!by_name) {
      by_name = by_name_in_cell(compared);
    }
    const auto found = by_name->find({application.cell, application.name});
    if (found == by_name->end()) {
      uses.add(all, {}, Complete::no);
    } else {
      uses.add(all, found->second->objects, Complete::yes);
    }
  }
  return uses.idle();
}

// Argo CD's own cluster, where it is to be asked for its objects alone.
HubQuestion hub_question(const Setup& setup,
                         const ReadContext& context,
                         const CompareRules& rules,
                         const std::vector<fleet::Cell>& cells,
                         std::vector<CellReader>& readers,
                         const std::vector<bool>& compared) {
  HubQuestion question{.setup = setup, .context = context, .rules = rules, .git = *rules.tools};
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const bool is_hub = cells[i].is_hub || cells[i].synthetic;
    const bool is_there = !std::holds_alternative<fleet::Unreachable>(cells[i].access);
    question.is_compared = question.is_compared || (is_hub && compared[i]);
    if (is_hub && is_there) {
      question.cell = &cells[i];
      question.reader = &readers[i];
    }
  }
  return question;
}

template <typename Item>
void append(std::vector<Item>& items, std::vector<Item>& more) {
  std::move(more.begin(), more.end(), std::back_inserter(items));
}

// A cell that Git wants nothing in may still get something of the deploy that is rehearsed.
std::vector<bool> cells_to_compare(const std::vector<fleet::Cell>& cells,
                                   const std::vector<bool>& wanted,
                                   const ByCell& groups,
                                   const std::optional<Rehearsal>& rehearsal) {
  std::vector<bool> is_compared;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const bool gets_something = rehearsal && !rehearsal->of(cells[i].name).empty();
    is_compared.push_back(wanted[i] && (is_asked_for(cells[i], groups) || gets_something));
  }
  return is_compared;
}

// By the cells' indices; empty where a cell is not to be compared.
std::vector<ComparedCell> compare_cells(const std::vector<fleet::Cell>& cells,
                                        std::vector<CellReader>& readers,
                                        const std::vector<bool>& is_compared,
                                        const ByCell& groups,
                                        const CompareRules& rules,
                                        const Options& options) {
  std::vector<ComparedCell> compared(cells.size());
  Progress progress(options.verbosity, "reading cells", cells.size());
  for_each_index(cells.size(), options.concurrency, [&](std::size_t i) {
    if (is_compared[i]) {
      compared[i] = compare_or_explain(cells[i], readers[i], groups, rules);
    }
    progress.step();
  });
  return compared;
}

// Takes what the cells have told out of them.
void add_cells(std::vector<ComparedCell>& compared,
               audit::Input& input,
               audit::ToolClaims& claims) {
  for (ComparedCell& cell : compared) {
    if (cell.summary.name.empty()) {
      continue;
    }
    input.cells.push_back(std::move(cell.summary));
    append(input.applications, cell.applications);
    append(input.proved, cell.proved);
    append(input.problems, cell.problems);
    if (cell.versions) {
      input.clusters.push_back(*std::move(cell.versions));
    }
    if (!cell.known.name.empty()) {
      input.known.push_back(std::move(cell.known));
    }
    if (cell.tools) {
      claims.states.push_back(*std::move(cell.tools));
    }
  }
}

void add_hub_tools(std::future<HubTools>& reading, audit::Input& input, audit::ToolClaims& claims) {
  if (!reading.valid()) {
    return;
  }
  HubTools hub = reading.get();
  append(input.problems, hub.problems);
  if (hub.state) {
    claims.states.push_back(*std::move(hub.state));
  }
}

// What all cells say of a deploy; the audit of what Git wants now is added later.
audit::GateInput rehearsed_fleet(const Rehearsal& rehearsal, std::vector<ComparedCell>& compared) {
  audit::GateInput input{.target = rehearsal.info(), .problems = rehearsal.problems()};
  for (ComparedCell& cell : compared) {
    if (cell.rehearsed) {
      append(input.applications, cell.rehearsed->applications);
      append(input.problems, cell.rehearsed->problems);
      input.cells.push_back(std::move(cell.rehearsed->cell));
    }
  }
  return input;
}

}  // namespace

Audited audit_fleet(const Setup& setup) {
  const Options& options = setup.options;
  Steps steps(options.verbosity);
  // First: what is wrong with them is to be known before anything is read.
  const auto in_force = std::make_shared<const audit::Rules>(rules_in_force(setup));
  const auto opened = std::make_shared<Manifests>(options.repo);
  Manifests& manifests = *opened;
  steps.done("opened " + manifests.info().repo + " at " + manifests.info().commit);
  ResolvedFleet fleet = resolve_fleet(setup);
  const std::vector<fleet::Cell>& cells = fleet.fleet.cells();

  kube::Client client(client_options());
  std::vector<Problem> setting_problems;
  const std::optional<Value> argocd_cm = read_argocd_cm(setup, setting_problems);
  const compare::ArgoSettings argo = argo_settings(argocd_cm, setting_problems);
  const fleet::GlobalProjects globals = global_projects(argocd_cm, setting_problems);
  ReadContext context = read_context(options, client, sensitive_rules(setup, argo));
  context.snapshots = snapshot_reader(cells.size());
  std::vector<CellReader> readers;
  for (const fleet::Cell& cell : cells) {
    readers.emplace_back(cell, context);
  }
  const std::vector<bool> wanted = wanted_cells(cells, options.only_cells);
  std::future<void> reached = reach_all(readers, wanted, options.concurrency);
  Inputs inputs(setup, manifests);
  DesiredFleet& desired =
      until_exit(desired_fleet({.manifests = manifests,
                                .fleet = fleet.fleet,
                                .generators = inputs.get(),
                                .controller_ns = controller_namespace(options.fleet),
                                .global_projects = globals}));
  steps.done("rendered " + std::to_string(desired.applications.size()) + " applications");
  std::optional<Rehearsal> rehearsal;
  if (options.rehearse) {
    rehearsal.emplace(setup, *options.rehearse, fleet.fleet, globals);
    steps.done("rendered what is to be deployed");
  }
  reached.get();
  context.snapshots = nullptr;
  steps.done("reached " + std::to_string(cells.size()) + " cells");

  const ByCell groups = group_by_cell(desired);
  CompareRules rules = compare_rules(setup, desired, argo);
  Prover prover(manifests, inputs.get(), controller_namespace(options.fleet), options.history);
  rules.prover = &prover;
  rules.rehearsal = rehearsal ? &*rehearsal : nullptr;
  std::optional<ToolExpectations> tools;
  if (options.look == audit::Look::everything && options.only_cells.empty() && !rehearsal) {
    rules.tools = &tools.emplace(
        desired, fleet.fleet, controller_namespace(options.fleet), manifests, options.repo);
  }
  const std::vector<bool> is_compared = cells_to_compare(cells, wanted, groups, rehearsal);
  std::future<HubTools> hub_tools;
  if (rules.tools != nullptr) {
    hub_tools = read_hub_tools(hub_question(setup, context, rules, cells, readers, is_compared));
  }
  std::vector<ComparedCell> compared =
      compare_cells(cells, readers, is_compared, groups, rules, options);
  steps.done("read and compared the cells");

  Audited audited{.manifests = opened};
  if (rehearsal) {
    audited.rehearsed = rehearsed_fleet(*rehearsal, compared);
  }
  audit::Input input{.manifests = manifests.info(), .problems = std::move(desired.problems)};
  append(input.problems, setting_problems);
  append(input.problems, fleet.problems);
  if (auto nothing = nothing_wanted(desired, cells)) {
    input.problems.push_back(*std::move(nothing));
  }
  audit::ToolClaims claims;
  add_cells(compared, input, claims);
  add_hub_tools(hub_tools, input, claims);
  rules.in_common = nullptr;  // what only comparing needs of cells
  if (tools && !claims.states.empty()) {
    claims.applications = tools->applications();
    claims.sets = tools->sets();
  }
  input.expected = expected_applications(desired, cells);
  input.unknown_applications = rules.unknown_applications;
  input.look = options.look;
  if (options.look == audit::Look::everything) {
    std::vector<Problem> idle = idle_rules(desired, rules, input.applications);
    append(input.problems, idle);
  }
  input.rules = in_force;
  input.now = options.now;
  if (options.explain) {
    audited.applications = input.applications;
  }
  if (!options.only_cells.empty()) {
    audited.input = std::move(input);
    return audited;
  }
  audited.report = audit::judge(std::move(input), std::move(claims));
  if (rehearsal) {
    audited.rehearsed->now = std::move(audited.report);
    audited.rehearsed->rules = in_force;
    audited.rehearsed->health_scripts =
        argocd_cm ? audit::health_scripts(*argocd_cm) : std::vector<audit::HealthScript>();
    audited.rehearsed->now_time = options.now;
    return audited;
  }
  attribute(audited.report.findings, manifests);
  steps.done("looked up who changed what in Git");
  return audited;
}

}  // namespace celldrift::cli

#include "celldrift/yaml/yaml.hpp"
#include "cli/apps_against.hpp"
#include "cli/apps_file.hpp"
#include "cli/apps_list.hpp"
#include "cli/argo_settings.hpp"
#include "cli/commands.hpp"
#include "cli/desired.hpp"
#include "cli/hidden_in_applications.hpp"
#include "cli/inputs.hpp"
#include "cli/read_context.hpp"
#include "cli/results.hpp"
#include "cli/terminal.hpp"
#include "cli/wanted.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <limits>
#include <span>

namespace celldrift::cli {
namespace {

void append(std::vector<Problem>& problems, const std::vector<Problem>& more) {
  std::ranges::copy(more, std::back_inserter(problems));
}

// Nothing is cut where the table goes to a file or another program.
std::size_t table_width(Destination destination) {
  const bool is_for_people = stdout_is_terminal() || std::getenv("COLUMNS") != nullptr;
  return destination == Destination::standard_output && is_for_people
             ? text_width()
             : std::numeric_limits<std::size_t>::max();
}

std::string format_list(const Applications& applications,
                        const AppsOptions& what,
                        const std::string& format,
                        Destination destination) {
  if (format == "name") {
    return application_names(applications);
  }
  if (format == "table" || format == "text") {
    return what.params ? parameters_text(applications)
                       : applications_table(applications, table_width(destination));
  }
  if (what.params) {
    return as_yaml_or_json(parameters_value(applications), format);
  }
  const Value objects = application_objects(applications);
  return format == "json" ? as_yaml_or_json(objects, format) : yaml::emit_stream(objects.items());
}

// Without what is secret, unless it is asked for. `sets` are those that `documents` were made of.
void hide_secrets(const Setup& setup,
                  const AppsOptions& what,
                  const git::Tree& tree,
                  Applications& applications,
                  std::span<const Value> sets = {},
                  std::span<Value> documents = {}) {
  if (what.show_secrets) {
    return;
  }
  HiddenInApplications hidden(sensitive_rules(setup), observe::Show::mask);
  hidden.learn(tree);
  hidden.learn(applications);
  for (const Value& set : sets) {
    hidden.learn(set);
  }
  hidden.hide(applications);
  for (Value& document : documents) {
    document = hidden.hide(document);
  }
}

int list_repo(const Setup& setup, const AppsOptions& what) {
  const Options& options = setup.options;
  Manifests manifests(options.repo);
  const ResolvedFleet fleet = resolve_fleet(setup);
  Inputs inputs(setup, manifests);
  const Wanted wanted(what);
  std::vector<Problem> problems;
  fleet::Expansion expansion = expand({.manifests = manifests,
                                       .fleet = fleet.fleet,
                                       .generators = inputs.get(),
                                       .controller_ns = controller_namespace(options.fleet),
                                       .global_projects = read_global_projects(setup, problems)});
  inputs.record();
  append(expansion.problems, problems);
  std::erase_if(expansion.applications, [&](const auto& one) { return !wanted(one); });
  append(expansion.problems, fleet.problems);
  hide_secrets(setup, what, *manifests.tree(), expansion.applications);
  write_outputs(options, [&](const std::string& format, Destination destination) {
    return format_list(expansion.applications, what, format, destination);
  });
  return exit_code(say_problems(expansion.problems, options), options);
}

// A file is tried out by itself: a local repo stands for every repository, and where no cells are
// named there is the one that Argo CD always has.
Setup set_up_for_file(const Options& flags) {
  Options options = flags;
  options.repo.local = LocalRepo::stands_for_all;
  Setup setup = set_up(options);
  if (setup.options.repo.repo.empty()) {
    setup.options.repo.repo = ".";
  }
  const FleetOptions& fleet = setup.options.fleet;
  const bool has_cells = !fleet.contexts.empty() || !fleet.snapshots.empty() ||
                         !fleet.cluster_secrets.empty() || !fleet.hub_context.empty() ||
                         (fleet.cells_from_config && !setup.config.cells.empty());
  setup.only_hub = !has_cells;
  return setup;
}

// In YAML and JSON, what Argo CD's template code makes, as it makes it; otherwise the Applications
// that it would keep.
int list_file(const Options& flags, const AppsOptions& what) {
  const Setup setup = set_up_for_file(flags);
  const Options& options = setup.options;
  const fleet::Declared declared = read_declared_file(what.application_set);
  Manifests manifests(options.repo);
  const ResolvedFleet fleet = resolve_fleet(setup);
  Inputs inputs(setup, manifests);
  const Wanted wanted(what);
  const auto is_raw = [&](const OutputTarget& target) {
    return !what.params && (target.format == "yaml" || target.format == "json");
  };
  std::vector<Problem> problems = fleet.problems;
  std::vector<Value> documents;
  if (std::ranges::any_of(options.outputs, is_raw)) {
    documents = documents_of(declared, fleet.fleet, inputs.get());
    std::erase_if(documents, [&](const Value& one) { return !wanted(one, fleet.fleet); });
    append(problems, doubts_about(documents, fleet.fleet));
  }
  fleet::Expansion expansion;
  if (!std::ranges::all_of(options.outputs, is_raw)) {
    expansion = fleet::expand(declared, fleet.fleet, inputs.get());
    std::erase_if(expansion.applications, [&](const auto& one) { return !wanted(one); });
    append(problems, expansion.problems);
  }
  inputs.record();
  hide_secrets(
      setup, what, *manifests.tree(), expansion.applications, declared.application_sets, documents);
  write_outputs(options, [&](const std::string& format, Destination destination) {
    if (!is_raw({.format = format})) {
      return format_list(expansion.applications, what, format, destination);
    }
    return format == "json" ? yaml::emit_json(Value::list(documents), 2) + "\n"
                            : yaml::emit_stream(documents);
  });
  return exit_code(say_problems(problems, options), options);
}

}  // namespace

int apps(const Options& flags, const AppsOptions& what) {
  if (!what.against.empty()) {
    check_against(flags, what);
    return compare_revisions(set_up(flags), what);
  }
  if (!what.application_set.empty()) {
    return list_file(flags, what);
  }
  return list_repo(set_up(flags), what);
}

}  // namespace celldrift::cli

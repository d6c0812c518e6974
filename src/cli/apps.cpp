#include "celldrift/cli/run.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "cli/apps_changes.hpp"
#include "cli/apps_file.hpp"
#include "cli/apps_list.hpp"
#include "cli/commands.hpp"
#include "cli/desired.hpp"
#include "cli/inputs.hpp"
#include "cli/label_filter.hpp"
#include "cli/results.hpp"
#include "cli/terminal.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <limits>
#include <set>
#include <utility>

namespace celldrift::cli {
namespace {

// --cell and -l.
class Wanted {
 public:
  explicit Wanted(const AppsOptions& what) : cells_(what.cells), labels_(what.selector) {}

  bool operator()(const fleet::Application& application) const {
    return is_cell(application.cell) && labels_.matches(labels_of(application.object));
  }

  // Of an Application that is not placed in a cell yet.
  bool operator()(const Value& document, const fleet::Fleet& fleet) const {
    return labels_.matches(labels_of(document)) &&
           (cells_.empty() || is_cell(cell_of(document, fleet)));
  }

 private:
  bool is_cell(const std::string& name) const {
    return cells_.empty() || std::ranges::any_of(cells_, [&](const std::string& glob) {
             return glob_match(glob, name);
           });
  }

  static const Value* labels_of(const Value& object) { return object.find({"metadata", "labels"}); }

  static std::string cell_of(const Value& document, const fleet::Fleet& fleet) {
    try {
      return fleet
          .destination(document.string_at({"spec", "destination", "server"}),
                       document.string_at({"spec", "destination", "name"}))
          .name;
    } catch (const Error&) {
      return "";
    }
  }

  std::vector<std::string> cells_;
  LabelFilter labels_;
};

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

std::string as_yaml_or_json(const Value& value, const std::string& format) {
  return format == "json" ? yaml::emit_json(value, 2) + "\n" : yaml::emit(value);
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

int list_repo(const Setup& setup, const AppsOptions& what) {
  const Options& options = setup.options;
  Manifests manifests(options.repo);
  const ResolvedFleet fleet = resolve_fleet(setup);
  Inputs inputs(setup, manifests);
  const Wanted wanted(what);
  fleet::Expansion expansion = expand(manifests, fleet.fleet, inputs.get());
  inputs.record();
  std::erase_if(expansion.applications, [&](const auto& one) { return !wanted(one); });
  append(expansion.problems, fleet.problems);
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
  write_outputs(options, [&](const std::string& format, Destination destination) {
    if (!is_raw({.format = format})) {
      return format_list(expansion.applications, what, format, destination);
    }
    return format == "json" ? yaml::emit_json(Value::list(documents), 2) + "\n"
                            : yaml::emit_stream(documents);
  });
  return exit_code(say_problems(problems, options), options);
}

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

ExpandedSide expand_side(const Setup& setup, const RepoOptions& repo, const fleet::Fleet& fleet) {
  Manifests manifests(repo);
  Inputs inputs(setup, manifests);
  const fleet::Declared declared = fleet::find_declared(*manifests.tree());
  ExpandedSide side{.name = describe_revision(manifests.info()),
                    .expansion = fleet::expand(declared, fleet, inputs.get())};
  for (const Value& set : declared.application_sets) {
    side.sets.emplace(set.string_at({"metadata", "name"}));
  }
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

int compare_revisions(const Setup& setup, const AppsOptions& what) {
  const Options& options = setup.options;
  const Wanted wanted(what);
  const ResolvedFleet fleet = resolve_fleet(setup);
  RepoOptions old_repo = options.repo;
  old_repo.revision = what.against;
  old_repo.worktree = false;
  ExpandedSide before = expand_side(setup, old_repo, fleet.fleet);
  ExpandedSide after = expand_side(setup, options.repo, fleet.fleet);
  keep_wanted(wanted, before, after);
  const fleet::Changes changes = fleet::changes_between(before.side(), after.side());

  std::vector<Problem> problems = problems_of(before, after);
  append(problems, fleet.problems);
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

void refuse_what_excludes(const AppsOptions& what, const Options& options) {
  if (what.against.empty()) {
    return;
  }
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

}  // namespace

int apps(const Options& flags, const AppsOptions& what) {
  refuse_what_excludes(what, flags);
  if (!what.application_set.empty()) {
    return list_file(flags, what);
  }
  const Setup setup = set_up(flags);
  return what.against.empty() ? list_repo(setup, what) : compare_revisions(setup, what);
}

}  // namespace celldrift::cli

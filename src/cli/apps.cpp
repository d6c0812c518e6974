#include "celldrift/yaml/yaml.hpp"
#include "cli/cells.hpp"
#include "cli/commands.hpp"
#include "cli/desired.hpp"
#include "cli/results.hpp"
#include "cli/table.hpp"

#include <algorithm>

namespace celldrift::cli {
namespace {

using Applications = std::vector<fleet::Application>;

// What a table says of the sources of an Application: of several, each after a comma.
std::string of_sources(const fleet::Application& application,
                       std::string fleet::ApplicationSource::* field) {
  std::string text;
  for (const fleet::ApplicationSource& source : application.sources) {
    text += (text.empty() ? "" : ",") + source.*field;
  }
  return text;
}

std::string as_table(const Applications& applications) {
  std::vector<std::vector<std::string>> rows = {
      {"APPLICATION", "CELL", "COMPONENT", "PROJECT", "PATH", "REVISION", "FROM"}};
  for (const fleet::Application& application : applications) {
    const std::string set = application.origin.application_set;
    rows.push_back({application.name,
                    application.cell,
                    application.component,
                    application.project,
                    of_sources(application, &fleet::ApplicationSource::path),
                    of_sources(application, &fleet::ApplicationSource::target_revision),
                    describe(application.mark) + (set.empty() ? "" : " (" + set + ")")});
  }
  return table(rows);
}

Value::List objects(const Applications& applications) {
  Value::List list;
  for (const fleet::Application& application : applications) {
    list.push_back(application.object);
  }
  return list;
}

std::string format_applications(const Applications& applications, const std::string& format) {
  if (format == "name") {
    std::string text;
    for (const fleet::Application& application : applications) {
      text += printable(application.name) + "\n";
    }
    return text;
  }
  if (format == "yaml") {
    return yaml::emit_stream(objects(applications));
  }
  return format == "json" ? yaml::emit_json(Value::list(objects(applications)), 2) + "\n"
                          : as_table(applications);
}

}  // namespace

int apps(const Options& flags) {
  const Setup setup = set_up(flags);
  const Options& options = setup.options;
  const Manifests manifests(options.repo);
  const ResolvedFleet fleet = resolve_fleet(setup);
  fleet::Expansion expansion = expand(manifests, fleet.fleet);
  std::ranges::copy(fleet.problems, std::back_inserter(expansion.problems));
  write_outputs(options, [&](const std::string& format, Destination) {
    return format_applications(expansion.applications, format);
  });
  return exit_code(say_problems(expansion.problems, options), options);
}

}  // namespace celldrift::cli

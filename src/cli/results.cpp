#include "cli/results.hpp"

#include "celldrift/cli/run.hpp"
#include "celldrift/core/write_file.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "cli/terminal.hpp"

#include <algorithm>

namespace celldrift::cli {

void write_outputs(const Options& options,
                   const std::function<std::string(const std::string& format, Destination)>& make) {
  for (const OutputTarget& target : options.outputs) {
    if (target.path.empty()) {
      write_stdout(make(target.format, Destination::standard_output));
    } else {
      write_file(target.path, make(target.format, Destination::file));
    }
  }
}

std::string as_yaml_or_json(const Value& value, const std::string& format) {
  return format == "json" ? yaml::emit_json(value, 2) + "\n" : yaml::emit(value);
}

bool say_problems(const std::vector<Problem>& problems, const Options& options) {
  for (const Problem& problem : problems) {
    const bool unknown = problem.unknown == LeavesUnknown::yes;
    if (options.verbosity == Verbosity::quiet && !unknown) {
      continue;
    }
    std::string line = unknown ? "" : "warning: ";
    for (const std::string& part : {problem.cell, problem.application, problem.source}) {
      line += part.empty() ? "" : part + ": ";
    }
    say(line + problem.message);
  }
  return std::ranges::any_of(
      problems, [](const Problem& problem) { return problem.unknown == LeavesUnknown::yes; });
}

int exit_code(bool is_unknown, const Options& options) {
  return is_unknown && !options.allow_unknown ? exit_incomplete : exit_clean;
}

}  // namespace celldrift::cli

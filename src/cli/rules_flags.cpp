#include "cli/commands.hpp"
#include "cli/flags.hpp"

#include <CLI/CLI.hpp>

namespace celldrift::cli {
namespace {

using What = RulesOptions::What;

CLI::App& add(
    CLI::App& command, const char* name, const char* text, RulesOptions& what, What means) {
  CLI::App& sub = *command.add_subcommand(name, text);
  sub.fallthrough();  // the flags of `rules` may stand behind it
  sub.callback([&what, means] { what.what = means; });
  return sub;
}

}  // namespace

void add_rules_commands(CLI::App& command, RulesOptions& what) {
  command.require_subcommand(0, 1);
  add(command, "list", "List the rules in force (as without a command)", what, What::list);
  add(command, "explain", "Say all of one rule", what, What::explain)
      .add_option("NAME", what.name, "Of the rule, as the list has it")
      ->required();
  add(command, "test", "Apply the rules to a report, and say which matches what", what, What::test)
      .add_option("-f,--filename", what.report, "Report of check -o json; - is standard input")
      ->required();
  add(command, "check", "Say whether files of rules are right", what, What::check)
      .add_option(
          "FILE", what.files, "Rule files, or celldrift.yaml (default: the rules in force)");
}

}  // namespace celldrift::cli

#include "cli/hub_tools.hpp"

namespace celldrift::cli {
namespace {

Problem not_looked_at(const std::string& cell, const std::string& reason) {
  return {.stage = Stage::observe,
          .cell = "",
          .message = "what Argo CD says in " + cell + " was not looked at: " + reason,
          .unknown = LeavesUnknown::no};
}

HubTools read_with(CellReader& reader, const fleet::Cell& cell, const HubQuestion& question) {
  observe::Wants wants;
  want_tools(question.git, wants);
  CellState state = reader.read(wants);
  std::vector<Placed> none;
  InCommon& common = *question.rules.in_common;
  HiddenSecrets secrets(
      none,
      state,
      {.sensitive = reader.sensitive(), .clean = common.clean_parts, .cells = common.hidden});
  const compare::Context context{.managers = question.rules.managers,
                                 .settings = question.rules.argo};
  HubTools tools{.state = tool_state({.cluster = cell.name,
                                      .is_hub = true,
                                      .observation = state.observation,
                                      .secrets = secrets,
                                      .context = context,
                                      .compared = {}},
                                     question.git),
                 .problems = {}};
  if (tools.state && !tools.state->unread.empty()) {
    tools.problems.push_back(not_looked_at(cell.name, tools.state->unread));
  }
  return tools;
}

HubTools read_named(const HubQuestion& question) {
  const Options& options = question.setup.options;
  if (options.inputs.offline) {
    return {.state = {},
            .problems = {
                not_looked_at(options.fleet.hub_context, "the hub is not asked with --offline")}};
  }
  const fleet::Cell cell{.name = options.fleet.hub_context,
                         .server = std::string(fleet::in_cluster_server),
                         .is_hub = true,
                         .access = question.setup.hub->connection()};
  CellReader reader(cell, question.context);
  reader.reach();
  return read_with(reader, cell, question);
}

HubTools answer(const HubQuestion& question) {
  try {
    return question.reader != nullptr ? read_with(*question.reader, *question.cell, question)
                                      : read_named(question);
  } catch (const Error& error) {
    return {.state = {},
            .problems = {not_looked_at(question.setup.options.fleet.hub_context, error.what())}};
  }
}

}  // namespace

std::future<HubTools> read_hub_tools(const HubQuestion& question) {
  const bool is_known =
      !question.is_compared && (question.reader != nullptr || question.setup.hub != nullptr);
  return std::async(is_known ? std::launch::async : std::launch::deferred,
                    [question, is_known] { return is_known ? answer(question) : HubTools{}; });
}

}  // namespace celldrift::cli

#include "cli/tool_state.hpp"

#include "cli/altered_fields.hpp"
#include "cli/tool_application.hpp"

#include <algorithm>

namespace celldrift::cli {
namespace {

using State = observe::KindCoverage::State;

const GroupKind application_kind{"argoproj.io", "Application"};
const GroupKind set_kind{"argoproj.io", "ApplicationSet"};
const GroupKind project_kind{"argoproj.io", "AppProject"};
const GroupKind flux_kinds[] = {{"kustomize.toolkit.fluxcd.io", "Kustomization"},
                                {"helm.toolkit.fluxcd.io", "HelmRelease"},
                                {"source.toolkit.fluxcd.io", "GitRepository"},
                                {"source.toolkit.fluxcd.io", "OCIRepository"},
                                {"source.toolkit.fluxcd.io", "HelmRepository"},
                                {"source.toolkit.fluxcd.io", "HelmChart"},
                                {"source.toolkit.fluxcd.io", "Bucket"}};
constexpr std::string_view flux_namespace = "flux-system";  // where `flux install` puts it

bool may_have(const observe::Observation& observation, const GroupKind& kind) {
  return observation.served.kinds.contains(kind) ||
         observation.served.failed_groups.contains(kind.group);
}

bool was_read(const observe::Observation& observation, const GroupKind& kind) {
  const auto found = observation.coverage.find(kind);
  return found != observation.coverage.end() &&
         (found->second.state == State::complete || found->second.state == State::namespaces);
}

// Where all of a kind is known; nothing is everywhere.
std::optional<std::set<std::string>> namespaces_of(const observe::Observation& observation,
                                                   const GroupKind& kind) {
  const auto found = observation.coverage.find(kind);
  const bool is_some =
      found != observation.coverage.end() && found->second.state == State::namespaces;
  return is_some ? std::optional(found->second.namespaces) : std::nullopt;
}

// Why not all of a kind that the cluster serves could be read; "" when it was.
std::string gap(const observe::Observation& observation, const GroupKind& kind) {
  const auto found = observation.coverage.find(kind);
  if (found == observation.coverage.end()) {
    return may_have(observation, kind) ? kind.kind + ": it was not read" : "";
  }
  return found->second.state == State::unknown ? kind.kind + ": " + found->second.reason : "";
}

std::string unread(const observe::Observation& observation) {
  if (!observation.reachable) {
    return observation.reason.empty() ? "it could not be reached" : observation.reason;
  }
  for (const GroupKind& kind : {application_kind, set_kind}) {
    if (std::string reason = gap(observation, kind); !reason.empty()) {
      return reason;
    }
  }
  return "";
}

LiveObjects live_objects(const observe::Observation& observation, const GroupKind& kind) {
  LiveObjects objects;
  for (const observe::LiveObject* each : observation.objects.of_kind(kind)) {
    objects.emplace_back(each->key, &each->object);
  }
  return objects;
}

// Argo CD does not look everywhere; where it has been, it has left word.
bool is_looked_at(const ObjectKey& key, const Value& live, const ToolExpectations& git) {
  return git.namespaces().contains(key.ns) || live.find({"status", "reconciledAt"}) != nullptr;
}

void add_argo(const ToolQuestion& question, ToolExpectations& git, audit::ToolState& state) {
  const LiveObjects projects = live_objects(question.observation, project_kind);
  ApplicationMatcher matcher(question, git, projects);
  for (const auto& [key, live] : live_objects(question.observation, application_kind)) {
    if (is_looked_at(key, *live, git)) {
      state.applications.push_back(matcher.match(key, *live));
    }
  }
  state.compared_sets = keys_compared(question.compared, set_kind);
  for (const auto& [key, live] : live_objects(question.observation, set_kind)) {
    state.sets.push_back(trimmed(*live));
    const Value* wanted = git.set(key.ns, key.name);
    if (wanted == nullptr || state.compared_sets.contains(key)) {
      continue;
    }
    auto altered = altered_set(question.secrets.hide(key, *wanted), *live, question.context);
    if (!altered.empty()) {
      state.altered_sets.emplace(key, std::move(altered));
    }
  }
}

// A source of Flux that lies in a repository of Git's.
void add_revision(const ObjectKey& key,
                  const Value& live,
                  ToolExpectations& git,
                  audit::ToolState& state) {
  if (key.kind == "GitRepository") {
    if (auto revision = git.flux_revision(live)) {
      state.flux_revisions.emplace(key, *std::move(revision));
    }
  }
}

void add_flux(const ToolQuestion& question, ToolExpectations& git, audit::ToolState& state) {
  for (const GroupKind& kind : flux_kinds) {
    for (const auto& [key, live] : live_objects(question.observation, kind)) {
      state.flux.push_back(trimmed(*live));
      add_revision(key, *live, git, state);
      if (audit::is_suspended(*live) && git.suspended(key.ns).contains(key)) {
        state.suspended_in_git.insert(key);
      }
    }
  }
}

}  // namespace

void want_tools(const ToolExpectations& git, observe::Wants& wants) {
  std::set<std::string> namespaces = git.namespaces();
  namespaces.insert("");  // everywhere, else in these
  for (const GroupKind& kind : {application_kind, set_kind, project_kind}) {
    wants.nearby.emplace(kind, namespaces);
  }
  for (const GroupKind& kind : flux_kinds) {
    wants.nearby.emplace(kind, std::set<std::string>{"", std::string(flux_namespace)});
  }
}

std::optional<audit::ToolState> tool_state(const ToolQuestion& question, ToolExpectations& git) {
  const observe::Observation& observation = question.observation;
  audit::ToolState state{.cluster = question.cluster,
                         .is_hub = question.is_hub,
                         .now = observation.time,
                         .has_applications = was_read(observation, application_kind),
                         .has_sets = was_read(observation, set_kind),
                         .namespaces = namespaces_of(observation, application_kind),
                         .unread = unread(observation)};
  add_argo(question, git, state);
  add_flux(question, git, state);
  const bool has_any =
      state.has_applications || state.has_sets || !state.flux.empty() || !state.unread.empty();
  return has_any ? std::optional(std::move(state)) : std::nullopt;
}

std::vector<Problem> unread_tools(const audit::ToolState& state) {
  if (state.unread.empty()) {
    return {};
  }
  return {{.stage = Stage::observe,
           .cell = state.cluster,
           .message = "what Argo CD says was not looked at: " + state.unread,
           .unknown = LeavesUnknown::no}};
}

}  // namespace celldrift::cli

#include "cli/tool_application.hpp"

#include "celldrift/compare/match.hpp"
#include "cli/altered_fields.hpp"
#include "cli/field_owner.hpp"

#include <algorithm>

namespace celldrift::cli {
namespace {

constexpr std::size_t most_resources = 10;
constexpr std::string_view skip_annotation = "argocd.argoproj.io/skip-reconcile";
constexpr std::string_view refresh_annotation = "argocd.argoproj.io/refresh";

Value out_of_sync(const Value& resources) {
  Value::List kept;
  for (const Value& each : resources.items()) {
    if (kept.size() < most_resources && each.string_at({"status"}) == "OutOfSync") {
      kept.push_back(each);
    }
  }
  return Value::list(std::move(kept));
}

bool has_annotation(const Value& object, std::string_view name) {
  const Value* annotations = object.find({"metadata", "annotations"});
  return annotations != nullptr && annotations->find(name) != nullptr;
}

// Who has set an annotation that is there.
std::optional<compare::Owner> annotator(const Value& live,
                                        std::string_view name,
                                        const compare::Managers& managers) {
  return has_annotation(live, name)
             ? field_owner(live, Path() / "metadata" / "annotations" / name, managers)
             : std::nullopt;
}

fleet::WindowSubject subject_of(const Value& live) {
  return {.name = std::string(live.string_at({"metadata", "name"})),
          .server = std::string(live.string_at({"spec", "destination", "server"})),
          .cluster = std::string(live.string_at({"spec", "destination", "name"})),
          .ns = std::string(live.string_at({"spec", "destination", "namespace"}))};
}

// What follows something else than Git wants is told as such.
bool has_other_sources(const audit::ToolApplication& application) {
  return std::ranges::any_of(application.altered, [](const audit::AlteredField& field) {
    return field.difference.path.text().starts_with("spec.source");
  });
}

}  // namespace

Value trimmed(const Value& live) {
  Value result = live;
  if (const Value* metadata = live.find("metadata")) {
    result = result.with("metadata", metadata->without("managedFields"));
  }
  if (const Value* status = live.find("status"); status != nullptr && status->is_map()) {
    Value kept = status->without("history").without("summary");
    if (const Value* resources = status->find("resources")) {
      kept = kept.with("resources", out_of_sync(*resources));
    }
    result = result.with("status", std::move(kept));
  }
  return result;
}

std::set<ObjectKey> keys_compared(const std::vector<audit::ComparedApplication>& compared,
                                  const GroupKind& kind) {
  std::set<ObjectKey> keys;
  for (const audit::ComparedApplication& application : compared) {
    for (const compare::ObjectResult& result : application.objects) {
      if (result.key.kind == kind.kind && result.key.group == kind.group) {
        keys.insert(result.key);
      }
    }
  }
  return keys;
}

ApplicationMatcher::ApplicationMatcher(const ToolQuestion& question,
                                       ToolExpectations& git,
                                       const LiveObjects& projects)
    : question_(question),
      git_(git),
      told_(keys_compared(question.compared, {"argoproj.io", "Application"})) {
  std::vector<Value> known;
  std::ranges::transform(
      projects, std::back_inserter(known), [](const auto& each) { return *each.second; });
  for (const Value& project : known) {
    windows_.emplace(project.string_at({"metadata", "name"}),
                     fleet::SyncWindows(project, git.global_projects().of(project, known)));
  }
}

audit::ToolApplication ApplicationMatcher::match(const ObjectKey& key, const Value& live) {
  const compare::Managers& managers = question_.context.managers;
  audit::ToolApplication result{
      .object = {.api_version = std::string(live.string_at({"apiVersion"})),
                 .kind = key.kind,
                 .ns = key.ns,
                 .name = key.name},
      .application = {},
      .component = {},
      .cell = git_.cell_of(live),
      .live = trimmed(live),
      .mark = {},
      .altered = {},
      .is_compared = told_.contains(key),
      .part_of = std::string(compare::tracked_by(live, question_.context.settings)),
      .uses_our_repos = git_.uses_our_repos(live),
      .revisions = {},
      .maker = first_owner(live, managers),
      .skipper = annotator(live, skip_annotation, managers),
      .asker = annotator(live, refresh_annotation, managers),
      .denied = denied(live)};
  if (const fleet::Application* wanted = git_.application(key.ns, key.name)) {
    add_git_side(key, live, *wanted, result);
  }
  return result;
}

void ApplicationMatcher::add_git_side(const ObjectKey& key,
                                      const Value& live,
                                      const fleet::Application& wanted,
                                      audit::ToolApplication& result) {
  result.application = wanted.name;
  result.component = wanted.component;
  result.cell = wanted.cell;
  result.mark = wanted.mark;
  result.is_skipped_in_git = has_annotation(wanted.object, skip_annotation);
  if (!result.is_compared) {
    const Value hidden = question_.secrets.hide(key, wanted.object);
    result.altered = altered_fields({.wanted = hidden,
                                     .live = live,
                                     .set = git_.set(wanted.ns, wanted.origin.application_set),
                                     .context = question_.context});
  }
  const Value* status = live.find("status");
  if (status != nullptr && !has_other_sources(result)) {
    result.revisions = git_.revisions().of(wanted, *status);
  }
}

std::string ApplicationMatcher::denied(const Value& live) const {
  const auto found = windows_.find(live.string_at({"spec", "project"}, "default"));
  if (found == windows_.end() || found->second.empty()) {
    return "";
  }
  const auto denial = found->second.denial(subject_of(live), question_.observation.time);
  return !denial ? "" : denial->why + (denial->manual ? "; a sync by hand may run" : "");
}

}  // namespace celldrift::cli

#include "cli/compare_placed.hpp"

#include "cli/likeness.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>

namespace celldrift::cli {
namespace {

// All kinds but these.
Hash but(const std::set<GroupKind>& kinds) {
  Likeness likeness(Question::other_kinds);
  for (const GroupKind& kind : kinds) {
    likeness.text(kind.group).text(kind.kind);
  }
  return likeness.sum();
}

}  // namespace

std::vector<audit::ComparedApplication> compare_placed(const std::vector<Placed>& placed,
                                                       const CompareIn& cell) {
  std::vector<audit::ComparedApplication> compared;
  compared.reserve(placed.size());
  for (const Placed& next : placed) {
    const fleet::Application& application = *next.application;
    const Value* spec = application.object.find("spec");
    compared.push_back({.cell = application.cell,
                        .application = application.name,
                        .component = application.component,
                        .objects = cell.comparisons.compare(
                            {.placed = next,
                             .name = fleet::instance_name(application, cell.controller_ns),
                             .spec = spec == nullptr ? Value() : *spec,
                             .view = cell.view,
                             .context = cell.context,
                             .cell = cell.likeness})});
  }
  return compared;
}

void leave_out_excluded(std::vector<Placed>& placed,
                        const fleet::Cell& cell,
                        const compare::ArgoSettings& settings,
                        Placements& placements,
                        std::vector<Problem>& problems) {
  if (settings.tracking == compare::TrackingMethod::unknown) {
    return;
  }
  std::map<GroupKind, bool> excluded;  // those that were asked about
  const auto is_excluded = [&](const GroupKind& kind) {
    const auto [place, is_new] = excluded.try_emplace(kind, false);
    return is_new ? (place->second = settings.excludes(kind, cell.server)) : place->second;
  };
  for (Placed& application : placed) {
    std::set<GroupKind> kinds;
    for (const auto& [key, object] : application.objects) {
      if (is_excluded(key.group_kind())) {
        kinds.insert(key.group_kind());
      }
    }
    if (!kinds.empty()) {
      application.objects =
          placements.only(application.objects, but(kinds), std::not_fn(is_excluded));
    }
    for (const GroupKind& kind : kinds) {
      problems.push_back({.stage = Stage::compare,
                          .cell = cell.name,
                          .application = application.application->name,
                          .message = kind.kind + " objects are not looked at: argocd-cm excludes " +
                                     "the kind, so that Argo CD does not apply them",
                          .unknown = LeavesUnknown::no});
    }
  }
}

std::vector<std::vector<compare::ObjectResult>> extra_of(const ExtraObjects& question,
                                                         const compare::Context& context) {
  const compare::ApplicationNames names = names_of(question.applications, question.controller_ns);
  auto by_name = compare::find_extra(
      question.live,
      {.applications = names, .desired = question.wanted, .server = question.cell.server},
      context);
  std::vector<std::vector<compare::ObjectResult>> found;
  for (const fleet::Application* application : question.applications) {
    auto& own = found.emplace_back(
        std::move(by_name[fleet::instance_name(*application, question.controller_ns)]));
    // Argo CD sees nothing that the project does not permit.
    std::erase_if(own, [&](const compare::ObjectResult& result) {
      return question.projects.objection(result.key, *application, question.cell).has_value();
    });
  }
  return found;
}

void append(std::vector<compare::ObjectResult> extra, compare::ObjectResults& objects) {
  if (!extra.empty()) {
    std::ranges::move(extra, std::back_inserter(objects.own()));
  }
}

compare::ApplicationNames names_of(const std::vector<const fleet::Application*>& applications,
                                   const std::string& controller_ns) {
  compare::ApplicationNames names;
  for (const fleet::Application* application : applications) {
    names.insert(fleet::instance_name(*application, controller_ns));
  }
  return names;
}

std::vector<const fleet::Application*> applications_of(const std::vector<Placed>& placed) {
  std::vector<const fleet::Application*> applications;
  std::ranges::transform(placed, std::back_inserter(applications), &Placed::application);
  return applications;
}

std::vector<Problem> second_opinions(const CellReader& reader,
                                     const observe::Observation& observation,
                                     const observe::SecretKey& key,
                                     std::span<const Placed> desired,
                                     std::vector<audit::ComparedApplication>& compared,
                                     AskOfNew ask_of_new) {
  const std::string& cell = observation.cell;
  if (observation.from_snapshot) {
    return {{.stage = Stage::compare,
             .cell = cell,
             .message = "a snapshot cannot be asked for a dry run",
             .unknown = LeavesUnknown::no}};
  }
  const std::unique_ptr<kube::DryRun> server = reader.dry_run();
  if (server == nullptr) {
    return {};
  }
  return add_second_opinions({.name = cell,
                              .server = *server,
                              .surface = reader.reached().surface,
                              .deadline = reader.reached().deadline,
                              .key = key,
                              .schema = observation.schema},
                             desired,
                             compared,
                             ask_of_new);
}

}  // namespace celldrift::cli

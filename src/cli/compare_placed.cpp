#include "cli/compare_placed.hpp"

#include "cli/managed_namespace.hpp"

#include <algorithm>
#include <iterator>

namespace celldrift::cli {

std::vector<audit::ComparedApplication> compare_placed(const std::vector<Placed>& placed,
                                                       const compare::LiveView& view,
                                                       const std::string& controller_ns,
                                                       const compare::Context& context) {
  std::vector<audit::ComparedApplication> compared;
  for (const Placed& next : placed) {
    const fleet::Application& application = *next.application;
    const Value* spec = application.object.find("spec");
    std::vector<compare::ObjectResult> objects =
        compare::compare_desired(fleet::instance_name(application, controller_ns),
                                 spec == nullptr ? Value() : *spec,
                                 next.objects,
                                 view,
                                 context);
    if (next.managed_namespace) {
      const auto found =
          std::ranges::find(objects, *next.managed_namespace, &compare::ObjectResult::key);
      if (found != objects.end()) {
        leave_to_others(*found);
      }
    }
    compared.push_back({.cell = application.cell,
                        .application = application.name,
                        .component = application.component,
                        .objects = std::move(objects)});
  }
  return compared;
}

void leave_out_excluded(std::vector<Placed>& placed,
                        const fleet::Cell& cell,
                        const compare::ArgoSettings& settings,
                        std::vector<Problem>& problems) {
  if (settings.tracking == compare::TrackingMethod::unknown) {
    return;
  }
  for (Placed& application : placed) {
    std::set<GroupKind> kinds;
    std::erase_if(application.objects, [&](const auto& object) {
      const GroupKind kind = object.first.group_kind();
      const bool is_excluded = settings.excludes(kind, cell.server);
      if (is_excluded) {
        kinds.insert(kind);
      }
      return is_excluded;
    });
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

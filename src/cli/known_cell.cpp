#include "cli/known_cell.hpp"

#include "celldrift/core/parallel.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace celldrift::cli {
namespace {

using Objects = std::vector<std::pair<ObjectKey, Value>>;
using State = observe::KindCoverage::State;

std::map<GroupKind, std::optional<std::set<std::string>>> kinds_read(
    const OrphanQuestion& question) {
  std::map<GroupKind, std::optional<std::set<std::string>>> read;
  for (const auto& [kind, wanted] : question.wants.kinds) {
    const auto found = question.observation.coverage.find(kind);
    if (found == question.observation.coverage.end()) {
      continue;
    }
    const observe::KindCoverage& coverage = found->second;
    if (coverage.state == State::complete || coverage.state == State::absent) {
      read.emplace(kind, std::nullopt);
    } else if (coverage.state == State::namespaces) {
      read.emplace(kind, coverage.namespaces);
    }
  }
  return read;
}

std::set<ObjectKey> wanted_among(const Objects& live, const OrphanQuestion& question) {
  std::set<std::pair<std::string, std::string>> names;
  for (const auto& [key, object] : live) {
    names.emplace(key.ns, key.name);
  }
  std::set<ObjectKey> wanted;
  for (const Placed& application : question.placed) {
    for (const auto& [key, object] : application.objects) {
      if (names.contains({key.ns, key.name})) {
        wanted.merge(compare::identities(key));
      }
    }
  }
  return wanted;
}

// Objects that tools and Kubernetes itself keep beside Applications', in each cell as they need.
bool is_somebodys(const compare::ObjectResult& object) {
  const std::string_view type = object.live.string_at({"type"});
  const bool is_tools =
      type.starts_with("helm.sh/release") || type.starts_with("kubernetes.io/service-account");
  const bool is_by_controller =
      !object.owner || object.owner->kind == compare::ManagerClass::controller;
  return is_tools || is_by_controller || compare::is_hook(object.live) ||
         (object.orphan && !object.orphan->tracked_as.empty()) ||
         object.live.find({"metadata", "labels", "kustomize.toolkit.fluxcd.io/name"}) != nullptr ||
         object.live.find({"metadata", "labels", "helm.toolkit.fluxcd.io/name"}) != nullptr;
}

std::set<ObjectKey> told_already(const std::vector<audit::ComparedApplication>& compared) {
  std::set<ObjectKey> keys;
  for (const audit::ComparedApplication& application : compared) {
    for (const compare::ObjectResult& object : application.objects) {
      if (object.status == compare::Status::extra || object.orphan) {
        keys.insert(object.key);
      }
    }
  }
  return keys;
}

std::vector<audit::LooseObject> loose_objects(
    std::span<const OrphanWatch> watches,
    const OrphanQuestion& question,
    const compare::Context& context,
    const std::vector<audit::ComparedApplication>& compared) {
  std::vector<audit::LooseObject> loose;
  const Objects& live = question.beside;
  if (live.empty()) {
    return loose;
  }
  const std::set<ObjectKey> told = told_already(compared);
  const auto is_asked_for = [&](const ObjectKey& key) {
    return !told.contains(key) && std::ranges::none_of(watches, [&](const OrphanWatch& each) {
      return each.lets_be(key);
    });
  };
  const std::set<ObjectKey> wanted = wanted_among(live, question);
  const compare::ExtraQuestion ownership{.applications = question.rules.application_names,
                                         .desired = wanted,
                                         .server = question.cell.server};
  for (const compare::ObjectResult& object :
       compare::find_orphans(live, is_asked_for, ownership, context)) {
    if (!is_somebodys(object)) {
      loose.push_back({.object = audit::ref_of(object), .maker = object.owner});
    }
  }
  return loose;
}

using NameAndServer = std::pair<std::string_view, std::string_view>;

std::set<NameAndServer> names_and_servers(const std::vector<fleet::Cell>& cells) {
  std::set<NameAndServer> all;
  for (const fleet::Cell& cell : cells) {
    all.emplace(cell.name, cell.server);
  }
  return all;
}

// A cluster generator gives the name and server of a cluster Secret, and so of a cell.
bool is_selected(const fleet::Application& application, const std::set<NameAndServer>& cells) {
  const Value& parameters = application.origin.parameters;
  return parameters.string_at({"name"}) == application.cell &&
         parameters.find("nameNormalized") != nullptr &&
         cells.contains({application.cell, parameters.string_at({"server"})});
}

}  // namespace

audit::KnownCell known_cell(std::span<const OrphanWatch> watches,
                            const OrphanQuestion& question,
                            const compare::Context& context,
                            const std::vector<audit::ComparedApplication>& compared) {
  const fleet::Cell& cell = question.cell;
  audit::KnownCell known{.name = cell.name,
                         .labels = cell.labels,
                         .annotations = cell.annotations,
                         .labelled_by = cell.labelled_by,
                         .is_hub = cell.is_hub || cell.synthetic,
                         .types = {.schema = context.schema,
                                   .managers = context.managers,
                                   .settings = context.settings},
                         .read = {},
                         .loose = {}};
  if (question.applications == question.placed.size() && question.observation.reachable) {
    known.read = kinds_read(question);
    known.loose = loose_objects(watches, question, context, compared);
  }
  return known;
}

std::vector<audit::Expected> expected_applications(const DesiredFleet& desired,
                                                   const std::vector<fleet::Cell>& cells) {
  const std::set<NameAndServer> known = names_and_servers(cells);
  std::vector<audit::Expected> expected(desired.applications.size());
  for_each_index(expected.size(), 0, [&](std::size_t i) {
    const fleet::Application& application = desired.applications[i].application;
    expected[i] = {.cell = application.cell,
                   .application = application.name,
                   .component = application.component,
                   .ns = application.destination_namespace,
                   .application_set = application.origin.application_set,
                   .is_selected = is_selected(application, known),
                   .parameters = application.origin.parameters};
  });
  return expected;
}

}  // namespace celldrift::cli

#include "cli/known_cell.hpp"

#include "celldrift/core/parallel.hpp"
#include "celldrift/fleet/orphans.hpp"

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

// What Kubernetes and clusters put into namespaces, known by name.
bool is_of_clusters(const ObjectKey& key) {
  static const fleet::OrphanRule built_in{Value()};
  static constexpr std::string_view names[] = {
      "istio-ca-root-cert", "openshift-service-ca.crt", "kube-root-ca.crt", "builder", "deployer"};
  return built_in.leaves_out(key) || std::ranges::find(names, key.name) != std::end(names);
}

// What is live in the namespaces of Applications, of the kinds that Git uses, and is not wanted
// under that very name; StatefulSets, for they own claims. What cells stand on is looked at apart.
Objects candidates(const OrphanQuestion& question) {
  std::set<std::string> namespaces;
  std::vector<const ObjectKey*> wanted;
  for (const Placed& application : question.placed) {
    namespaces.insert(application.application->destination_namespace);
    for (const auto& [key, object] : application.objects) {
      wanted.push_back(&key);
    }
  }
  namespaces.erase("");
  const auto by_key = [](const ObjectKey* key) -> const ObjectKey& { return *key; };
  std::ranges::sort(wanted, {}, by_key);
  const auto is_asked_for = [&](const GroupKind& kind) {
    return question.wants.kinds.contains(kind) && !audit::is_substrate(kind);
  };
  Objects found;
  bool is_any = false;
  std::optional<GroupKind> kind;
  bool is_kind_asked_for = false;
  for (const observe::LiveObject* object : question.observation.objects.distinct()) {
    const ObjectKey& key = object->key;
    if (!kind || kind->kind != key.kind || kind->group != key.group) {  // they come in that order
      kind = key.group_kind();
      is_kind_asked_for = is_asked_for(*kind);
    }
    if (!is_kind_asked_for || !namespaces.contains(key.ns)) {
      continue;
    }
    const bool is_wanted = std::ranges::binary_search(wanted, key, {}, by_key);
    const bool is_nobodys = !is_wanted && !is_of_clusters(key);
    if (is_nobodys || key.kind == "StatefulSet") {
      found.emplace_back(key, object->object);
      is_any = is_any || is_nobodys;
    }
  }
  return is_any ? found : Objects();
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
  const Objects live = candidates(question);
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

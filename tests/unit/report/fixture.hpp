// Report fixtures: a folder with fixture.yaml (the fleet and what is changed in it) and one YAML
// file per component (what Git has; "{cell}" in it stands for the cell's name). What a cell runs is
// what Git has, with the changes made to it.
//
//   now: 2026-03-01T11:30:00Z
//   manifests: {repo: ..., revision: HEAD, commit: ...}
//   fleet: 50                     # cell-1 … cell-50, in place of cells:
//   cells: [{name: cell-a, server: ..., reachable: false, reason: ...}]
//   components: [backend]         # backend.yaml
//   changes:
//     cell-b:
//       backend:
//         git: canary             # canary.yaml in place of backend.yaml
//         drifted: {Deployment/web: [{path: [spec, replicas], have: 5, by: {manager:
//         kubectl-edit}, evidence: owned}]} missing: [ConfigMap/settings] extra: [{object: {...},
//         by: {...}}] byRight: {Deployment/web: [{path: [spec, replicas], have: 5, rule:
//         hpa-replicas, of: ...}]} ignored: likewise    notServed: {ConfigMap/settings: the reason}
//         unknown: {Secret/token: the reason}
//   clusters: {kubernetes: v1.35.1, kubelets: [...], tools: {...}}   # of every cell
//   clusterChanges: {cell-b: {kubernetes: ...}}
//   running: {backend: {Deployment/web: {pods: 3, stopped: ..., containers: [{name: app, images:
//   [...]}]}}} runningChanges: {cell-b: {Deployment/web: ...}} problems: [{stage: render, cell:
//   ..., application: ..., message: ..., source: ..., unknown: true}]
#pragma once

#include "celldrift/audit/audit.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <algorithm>
#include <random>
#include <stdexcept>

namespace celldrift::fixture {

struct Fixture {
  audit::Input input;
  std::optional<Time> now;
};

inline std::string folder(const std::string& name) {
  return std::string(CELLDRIFT_TESTDATA) + "/report/" + name;
}

inline std::string replaced(std::string text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

inline std::string text_at(const Value& value, std::string_view key) {
  return std::string(value.string_at({key}));
}

inline bool flag_at(const Value& value, std::string_view key, bool fallback) {
  const Value* found = value.find(key);
  return found != nullptr ? found->as_bool() : fallback;
}

// One step of a path in YAML: a field's name, {name: app} for an item of a list-map.
inline Path::Step step_of(const Value& step, const Value* list) {
  if (step.is_string()) {
    return Path::Field{std::string(step.as_string())};
  }
  const Value::Entry& wanted = step.entries().front();
  Path::Item item{.keys = {{wanted.key.str(), wanted.value}}, .index = std::nullopt};
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
    const Value* key = list->items()[i].find(wanted.key);
    if (key != nullptr && *key == wanted.value) {
      item.index = i;
    }
  }
  return item;
}

inline const Value* child(const Value* value, const Path::Step& step) {
  if (value == nullptr) {
    return nullptr;
  }
  if (const auto* field = std::get_if<Path::Field>(&step)) {
    return value->find(field->name);
  }
  const auto& index = std::get<Path::Item>(step).index;
  return index && *index < value->size() ? &value->items()[*index] : nullptr;
}

// A copy with the field at the path replaced, or the field or item removed.
inline Value changed(const Value& value, std::span<const Path::Step> path, const Value* to) {
  const Value* old = child(&value, path.front());
  const bool last = path.size() == 1;
  if (const auto* field = std::get_if<Path::Field>(&path.front())) {
    if (last && to == nullptr) {
      return value.without(field->name);
    }
    return value.with(field->name,
                      last ? *to : changed(old != nullptr ? *old : Value(), path.subspan(1), to));
  }
  Value::List items(value.items().begin(), value.items().end());
  const std::size_t index = std::get<Path::Item>(path.front()).index.value();
  if (last) {
    items.erase(items.begin() + std::ptrdiff_t(index));
  } else {
    items[index] = changed(items[index], path.subspan(1), to);
  }
  return Value::list(std::move(items));
}

// The path with list items by their index in live.
inline Path in_live(const Path& path, const Value& live) {
  Path result;
  const Value* value = &live;
  for (Path::Step step : path.steps()) {
    if (const auto* item = std::get_if<Path::Item>(&step)) {
      const auto& [key, wanted] = item->keys.front();
      step = step_of(Value().with(key, wanted), value);
    }
    value = child(value, step);
    result.push(std::move(step));
  }
  return result;
}

inline std::optional<compare::Owner> owner_of(const Value* by) {
  if (by == nullptr) {
    return std::nullopt;
  }
  compare::Owner owner{.manager = text_at(*by, "manager"),
                       .operation = std::string(by->string_at({"operation"}, "Update")),
                       .subresource = text_at(*by, "subresource"),
                       .time = parse_time(text_at(*by, "time"))};
  owner.kind =
      compare::Managers::builtin().classify(owner.manager, owner.operation, owner.subresource);
  return owner;
}

inline compare::Evidence evidence_of(const Value& change, compare::Change kind) {
  for (const auto evidence : {compare::Evidence::owned,
                              compare::Evidence::still_owned,
                              compare::Evidence::no_record,
                              compare::Evidence::no_ownership}) {
    if (text_at(change, "evidence") == compare::describe(evidence)) {
      return evidence;
    }
  }
  return kind == compare::Change::added ? compare::Evidence::owned : compare::Evidence::stated;
}

// The difference that a change makes, which is made to live too.
inline compare::Difference difference_of(compare::ObjectResult& result, const Value& change) {
  compare::Difference difference;
  const Value* desired = &result.desired;
  const Value* stated = desired;  // the nearest that Git has
  for (const Value& step : change.find("path")->items()) {
    difference.path.push(step_of(step, desired));
    desired = child(desired, difference.path.steps().back());
    stated = desired != nullptr ? desired : stated;
  }
  const Value* have = change.find("have");
  difference.want = desired != nullptr ? std::optional(*desired) : std::nullopt;
  difference.have = have != nullptr ? std::optional(*have) : std::nullopt;
  difference.change = desired == nullptr ? compare::Change::added
                      : have == nullptr  ? compare::Change::removed
                                         : compare::Change::modified;
  difference.mark = stated->mark();
  difference.owner = owner_of(change.find("by"));
  difference.evidence = evidence_of(change, difference.change);
  difference.reason = text_at(change, "reason");
  result.live = changed(result.live, difference.path.steps(), have);
  difference.path = in_live(difference.path, result.live);
  return difference;
}

inline void add_difference(compare::ObjectResult& result, const Value& change) {
  result.differences.push_back(difference_of(result, change));
  result.status = compare::Status::drifted;
}

inline void accept(compare::ObjectResult& result,
                   const Value& change,
                   compare::Accepted::Kind kind) {
  compare::Accepted accepted{.kind = kind,
                             .difference = difference_of(result, change),
                             .rule = text_at(change, "rule"),
                             .by = text_at(change, "of"),
                             .reason = text_at(change, "reason"),
                             .mark = {}};
  result.accepted.push_back(std::move(accepted));
}

inline compare::ObjectResult equal_object(const Value& object) {
  compare::ObjectResult result;
  result.key = key_of(object);
  result.api_version = text_at(object, "apiVersion");
  result.status = compare::Status::equal;
  result.desired = object;
  result.live = object;
  return result;
}

inline compare::ObjectResult& find(audit::ComparedApplication& application, std::string_view name) {
  for (compare::ObjectResult& result : application.objects.own()) {
    if (result.key.kind + "/" + result.key.name == name) {
      return result;
    }
  }
  throw std::runtime_error("the fixture has no object " + std::string(name));
}

inline void lose(compare::ObjectResult& result, compare::Status status, std::string reason) {
  result.status = status;
  result.live = Value();
  result.reason = std::move(reason);
}

inline std::span<const Value::Entry> entries_at(const Value& value, std::string_view key) {
  const Value* found = value.find(key);
  return found != nullptr ? found->entries() : std::span<const Value::Entry>{};
}

inline std::span<const Value> items_at(const Value& value, std::string_view key) {
  const Value* found = value.find(key);
  return found != nullptr ? found->items() : std::span<const Value>{};
}

// Calls `act` with each object that is named under `key`, and each change that is listed there.
template <class Act>
void for_each_change(audit::ComparedApplication& application,
                     const Value& changes,
                     std::string_view key,
                     Act act) {
  for (const Value::Entry& object : entries_at(changes, key)) {
    for (const Value& change : object.value.items()) {
      act(find(application, object.key), change);
    }
  }
}

inline void add_extra(audit::ComparedApplication& application, const Value& extra) {
  compare::ObjectResult result = equal_object(*extra.find("object"));
  result.status = compare::Status::extra;
  result.desired = Value();
  result.owner = owner_of(extra.find("by"));
  application.objects.own().push_back(std::move(result));
}

inline void apply(audit::ComparedApplication& application, const Value& changes) {
  using Kind = compare::Accepted::Kind;
  for_each_change(application, changes, "drifted", add_difference);
  for_each_change(application, changes, "byRight", [](auto& result, const Value& change) {
    accept(result, change, Kind::by_right);
  });
  for_each_change(application, changes, "ignored", [](auto& result, const Value& change) {
    accept(result, change, Kind::ignored);
  });
  for (const Value::Entry& object : entries_at(changes, "unknown")) {
    lose(find(application, object.key),
         compare::Status::unknown,
         std::string(object.value.as_string()));
  }
  for (const Value& name : items_at(changes, "missing")) {
    lose(find(application, name.as_string()), compare::Status::missing, "");
  }
  for (const Value::Entry& object : entries_at(changes, "notServed")) {
    compare::ObjectResult& result = find(application, object.key);
    lose(result, compare::Status::missing, std::string(object.value.as_string()));
    result.api_not_served = true;
  }
  for (const Value& extra : items_at(changes, "extra")) {
    add_extra(application, extra);
  }
}

inline audit::ComparedApplication application(const std::string& name,
                                              const std::string& cell,
                                              const std::string& component,
                                              const Value* changes,
                                              const std::string& commit) {
  const std::string git(changes != nullptr ? changes->string_at({"git"}, component) : component);
  const std::string file = git + ".yaml";
  const std::string text = replaced(read_file(folder(name) + "/" + file), "{cell}", cell);
  const SourceId source = intern_source({.path = "apps/" + file, .blob = "", .commit = commit});
  audit::ComparedApplication result{
      .cell = cell, .application = cell + "-" + component, .component = component, .objects = {}};
  for (const Value& object : yaml::parse_stream(text, {.source = source}).documents) {
    result.objects.own().push_back(equal_object(object));
  }
  if (changes != nullptr) {
    apply(result, *changes);
  }
  return result;
}

inline audit::CellSummary cell_of(const Value& cell) {
  audit::CellSummary summary;
  summary.name = text_at(cell, "name");
  summary.server =
      std::string(cell.string_at({"server"}, "https://" + summary.name + ".example.com:6443"));
  summary.kubernetes_version = std::string(cell.string_at({"kubernetesVersion"}, "v1.35.1"));
  summary.reachable = flag_at(cell, "reachable", true);
  summary.coverage =
      std::string(cell.string_at({"coverage"}, summary.reachable ? "complete" : "unknown"));
  summary.reason = text_at(cell, "reason");
  summary.snapshot_time = text_at(cell, "snapshotTime");
  return summary;
}

inline std::vector<audit::CellSummary> cells_of(const Value& fixture) {
  std::vector<audit::CellSummary> cells;
  const Value* fleet = fixture.find("fleet");
  for (std::int64_t i = 1; fleet != nullptr && i <= fleet->as_int(); ++i) {
    cells.push_back(cell_of(Value().with("name", Value::string("cell-" + std::to_string(i)))));
  }
  if (const Value* list = fixture.find("cells")) {
    std::ranges::transform(list->items(), std::back_inserter(cells), cell_of);
  }
  return cells;
}

inline Problem problem_of(const Value& problem) {
  Problem result;
  for (const Stage stage : {Stage::config,
                            Stage::git,
                            Stage::fleet,
                            Stage::render,
                            Stage::observe,
                            Stage::compare,
                            Stage::audit}) {
    result.stage = describe(stage) == text_at(problem, "stage") ? stage : result.stage;
  }
  result.cell = text_at(problem, "cell");
  result.application = text_at(problem, "application");
  result.message = text_at(problem, "message");
  result.source = text_at(problem, "source");
  result.unknown = flag_at(problem, "unknown", true) ? LeavesUnknown::yes : LeavesUnknown::no;
  return result;
}

inline audit::ClusterVersions cluster_of(const std::string& cell, const Value& cluster) {
  audit::ClusterVersions versions;
  versions.cell = cell;
  versions.kubernetes = text_at(cluster, "kubernetes");
  for (const Value& kubelet : items_at(cluster, "kubelets")) {
    versions.kubelets.emplace(kubelet.as_string());
  }
  for (const Value::Entry& tool : entries_at(cluster, "tools")) {
    versions.tools.emplace(tool.key.str(), tool.value.as_string());
  }
  return versions;
}

inline void add_clusters(const Value& fixture, audit::Input& input) {
  const Value* all = fixture.find("clusters");
  for (const audit::CellSummary& cell : input.cells) {
    const Value* own = fixture.find({"clusterChanges", cell.name});
    if (all != nullptr && cell.reachable) {
      Value cluster = *all;
      for (const Value::Entry& entry :
           own != nullptr ? own->entries() : std::span<const Value::Entry>{}) {
        cluster = cluster.with(entry.key, entry.value);
      }
      input.clusters.push_back(cluster_of(cell.name, cluster));
    }
  }
}

inline std::size_t count_at(const Value& value, std::string_view key) {
  const Value* found = value.find(key);
  return found != nullptr ? std::size_t(found->as_int()) : 0;
}

inline audit::RunningPods running_of(const Value& running, const Value& workload) {
  audit::RunningPods pods;
  pods.pods = count_at(running, "pods");
  pods.stopped = text_at(running, "stopped");
  pods.rolling = !pods.stopped.empty();
  const Value* containers = workload.find({"spec", "template", "spec", "containers"});
  for (const Value& container : items_at(running, "containers")) {
    audit::RunningContainer next;
    next.name = text_at(container, "name");
    for (const Value& stated : containers->items()) {
      next.image = text_at(stated, "name") == next.name ? text_at(stated, "image") : next.image;
    }
    for (const Value& image : items_at(container, "images")) {
      next.images.push_back(
          {text_at(image, "image"), text_at(image, "digest"), count_at(image, "pods")});
    }
    pods.containers.push_back(std::move(next));
  }
  return pods;
}

inline void add_running(const Value& fixture, audit::ComparedApplication& application) {
  const Value* all = fixture.find({"running", application.component});
  for (const Value::Entry& entry :
       all != nullptr ? all->entries() : std::span<const Value::Entry>{}) {
    const Value* own = fixture.find({"runningChanges", application.cell, entry.key});
    const compare::ObjectResult& result = find(application, entry.key);
    application.running[result.key] = running_of(own != nullptr ? *own : entry.value, result.live);
  }
}

inline Fixture load(const std::string& name) {
  const Value fixture = yaml::parse(read_file(folder(name) + "/fixture.yaml")).value;
  Fixture result;
  const Value& manifests = *fixture.find("manifests");
  result.input.manifests = {.repo = text_at(manifests, "repo"),
                            .revision = text_at(manifests, "revision"),
                            .commit = text_at(manifests, "commit"),
                            .worktree = flag_at(manifests, "worktree", false)};
  result.now = parse_time(text_at(fixture, "now"));
  result.input.cells = cells_of(fixture);
  for (const audit::CellSummary& cell : result.input.cells) {
    for (const Value& component : fixture.find("components")->items()) {
      if (cell.reachable) {
        result.input.applications.push_back(
            application(name,
                        cell.name,
                        std::string(component.as_string()),
                        fixture.find({"changes", cell.name, component.as_string()}),
                        result.input.manifests.commit));
        add_running(fixture, result.input.applications.back());
      }
    }
  }
  add_clusters(fixture, result.input);
  if (const Value* problems = fixture.find("problems")) {
    std::ranges::transform(
        problems->items(), std::back_inserter(result.input.problems), problem_of);
  }
  return result;
}

// The same input in another order.
inline audit::Input shuffled(audit::Input input, std::mt19937& random) {
  std::ranges::shuffle(input.applications, random);
  std::ranges::shuffle(input.cells, random);
  std::ranges::shuffle(input.problems, random);
  std::ranges::shuffle(input.clusters, random);
  for (audit::ComparedApplication& application : input.applications) {
    auto& objects = application.objects.own();
    std::ranges::shuffle(objects, random);
    for (compare::ObjectResult& result : objects) {
      std::ranges::shuffle(result.differences, random);
      std::ranges::shuffle(result.accepted, random);
    }
  }
  return input;
}

}  // namespace celldrift::fixture

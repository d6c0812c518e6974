#include "fleet/applications/application.hpp"

#include "celldrift/core/zero.hpp"
#include "fleet/shapes/application_shape.hpp"

#include <algorithm>
#include <array>

namespace celldrift::fleet {
namespace {

bool has_any(const Value& block, std::span<const std::string_view> keys) {
  return std::ranges::any_of(keys, [&](std::string_view key) {
    const Value* value = block.find(key);
    return value != nullptr && !is_zero(*value);
  });
}

bool says_nothing_for_kustomize(const Value& block) {
  // not among them: forceCommonLabels, forceCommonAnnotations, commonAnnotationsEnvsubst,
  // labelWithoutSelector, labelIncludeTemplates: they change nothing on their own
  static constexpr std::array<std::string_view, 13> keys = {"namePrefix",
                                                            "nameSuffix",
                                                            "version",
                                                            "namespace",
                                                            "images",
                                                            "replicas",
                                                            "commonLabels",
                                                            "commonAnnotations",
                                                            "patches",
                                                            "components",
                                                            "kubeVersion",
                                                            "apiVersions",
                                                            "ignoreMissingComponents"};
  return !has_any(block, keys);
}

bool says_nothing_for_helm(const Value& block) {
  static constexpr std::array<std::string_view, 14> keys = {"version",
                                                            "releaseName",
                                                            "valueFiles",
                                                            "parameters",
                                                            "fileParameters",
                                                            "values",
                                                            "valuesObject",
                                                            "passCredentials",
                                                            "ignoreMissingValueFiles",
                                                            "skipCrds",
                                                            "skipTests",
                                                            "skipSchemaValidation",
                                                            "kubeVersion",
                                                            "apiVersions"};
  return !has_any(block, keys) && block.string_at({"namespace"}).empty();
}

// A copy with one entry set; the map itself where it has just that already.
Value with_entry(const Value& map, std::string_view key, Value value) {
  const Value* known = map.find(key);
  return known != nullptr && known->same_node(value) ? map : map.with(key, std::move(value));
}

// The directory block counts as empty by recurse and jsonnet alone, but include and exclude survive
// it.
Value normalized_directory(const Value& block) {
  static constexpr std::array<std::string_view, 2> keys = {"recurse", "jsonnet"};
  if (has_any(block, keys)) {
    return block;
  }
  Value::Map entries;
  for (const std::string_view key : {"exclude", "include"}) {
    if (!block.string_at({key}).empty()) {
      entries.push_back({key, *block.find(key)});
    }
  }
  return Value::map(std::move(entries)).with_mark(block.mark());
}

Value normalized_source(Value source) {
  if (const Value* block = source.find("kustomize");
      block != nullptr && says_nothing_for_kustomize(*block)) {
    source = source.without("kustomize");
  }
  if (const Value* block = source.find("helm"); block != nullptr && says_nothing_for_helm(*block)) {
    source = source.without("helm");
  }
  if (const Value* block = source.find("directory")) {
    const Value directory = normalized_directory(*block);
    source = directory.size() == 0 ? source.without("directory")
                                   : with_entry(source, "directory", directory);
  }
  return source;
}

Value normalized_sources(const Value& spec) {
  const Value* sources = spec.find("sources");
  if (sources != nullptr && sources->size() > 0) {
    Value::List items;
    for (const Value& source : sources->items()) {
      items.push_back(normalized_source(source));
    }
    return spec.with("sources", Value::list(std::move(items)).with_mark(sources->mark()));
  }
  const Value* source = spec.find("source");
  return source != nullptr ? with_entry(spec, "source", normalized_source(*source)) : spec;
}

Value normalized_spec(Value spec) {
  if (spec.string_at({"project"}).empty()) {
    spec = spec.with("project", Value::string("default").with_mark(spec.mark()));
  }
  static constexpr std::array<std::string_view, 1> options = {"syncOptions"};
  const Value* policy = spec.find("syncPolicy");
  if (policy != nullptr && policy->find("automated") == nullptr &&
      policy->find("retry") == nullptr && policy->find("managedNamespaceMetadata") == nullptr &&
      !has_any(*policy, options)) {
    spec = spec.without("syncPolicy");
  }
  return normalized_sources(spec);
}

ApplicationSource read_source(const Value& spec) {
  return {.repo_url = std::string(spec.string_at({"repoURL"})),
          .path = std::string(spec.string_at({"path"})),
          .target_revision = std::string(spec.string_at({"targetRevision"})),
          .chart = std::string(spec.string_at({"chart"})),
          .ref = std::string(spec.string_at({"ref"})),
          .spec = spec};
}

void require_source(const ApplicationSource& source, bool one_of_several) {
  const bool placed =
      !source.path.empty() || !source.chart.empty() || (one_of_several && !source.ref.empty());
  if (source.repo_url.empty() || !placed) {
    throw Error(
        ErrorCode::config,
        one_of_several
            ? "spec.source.repoURL and either source.path, source.chart, or source.ref are required"
            : "spec.source.repoURL and either spec.source.path or spec.source.chart are required",
        source.spec.mark());
  }
  if (!source.chart.empty() && source.target_revision.empty()) {
    throw Error(ErrorCode::config,
                "spec.source.targetRevision is required if the manifest source is a helm chart",
                source.spec.mark());
  }
}

// What Argo CD refuses of a hydrator.
void require_hydrator(const Value& hydrator) {
  std::string_view missing;
  if (hydrator.string_at({"drySource", "repoURL"}).empty()) {
    missing = "spec.sourceHydrator.drySource.repoURL is required";
  } else if (hydrator.string_at({"syncSource", "targetBranch"}).empty()) {
    missing = "spec.sourceHydrator.syncSource.targetBranch is required";
  } else if (hydrator.find("hydrateTo") != nullptr &&
             hydrator.string_at({"hydrateTo", "targetBranch"}).empty()) {
    missing =
        "when spec.sourceHydrator.hydrateTo is set, spec.sourceHydrator.hydrateTo.targetBranch is "
        "required";
  }
  if (!missing.empty()) {
    throw Error(ErrorCode::config, std::string(missing), hydrator.mark());
  }
}

// What is synced is what the hydrator wrote: its sync branch.
std::vector<ApplicationSource> hydrated_source(const Value& hydrator) {
  require_hydrator(hydrator);
  const std::string_view dry_url = hydrator.string_at({"drySource", "repoURL"});
  const std::string_view branch = hydrator.string_at({"syncSource", "targetBranch"});
  const Value spec =
      Value::map(
          {{"repoURL", Value::string(hydrator.string_at({"syncSource", "repoURL"}, dry_url))},
           {"path", Value::string(hydrator.string_at({"syncSource", "path"}))},
           {"targetRevision", Value::string(branch)}})
          .with_mark(hydrator.mark());
  return {read_source(spec)};
}

std::vector<ApplicationSource> read_sources(const Value& spec) {
  if (const Value* hydrator = spec.find("sourceHydrator")) {
    return hydrated_source(*hydrator);
  }
  const Value* several = spec.find("sources");
  const Value* one = spec.find("source");
  std::vector<ApplicationSource> sources;
  if (several != nullptr && several->size() > 0) {
    for (const Value& source : several->items()) {
      sources.push_back(read_source(source));
      require_source(sources.back(), true);
    }
    return sources;
  }
  sources.push_back(read_source(one != nullptr ? *one : Value().with_mark(spec.mark())));
  require_source(sources.back(), false);
  return sources;
}

}  // namespace

Value checked_application(const Value& object) {
  const Value* spec = object.find("spec");
  if (spec == nullptr || !spec->is_map()) {
    throw Error(ErrorCode::config, "the Application has no spec", object.mark());
  }
  const Value known = checked(*spec, application_spec_shape, "spec");
  return object.with("spec", encoded(known, application_spec_shape));
}

Value normalized_application(const Value& object) {
  Value result = with_entry(object, "spec", normalized_spec(*object.find("spec")));
  const Value* metadata = object.find("metadata");
  if (object.string_at({"metadata", "namespace"}).empty()) {
    result = result.with("metadata",
                         (metadata != nullptr ? *metadata : Value::map({}))
                             .with("namespace", Value::string("argocd").with_mark(object.mark())));
  }
  return result;
}

std::string instance_name(const Application& application, std::string_view controller_ns) {
  return application.ns.empty() || application.ns == controller_ns
             ? application.name
             : application.ns + "_" + application.name;
}

Application read_application(const Value& object) {
  Application application;
  application.name = object.string_at({"metadata", "name"});
  application.ns = object.string_at({"metadata", "namespace"});
  application.project = object.string_at({"spec", "project"});
  application.destination_server = object.string_at({"spec", "destination", "server"});
  application.destination_name = object.string_at({"spec", "destination", "name"});
  application.destination_namespace = object.string_at({"spec", "destination", "namespace"});
  application.object = object;
  application.mark = object.mark();
  application.sources = read_sources(*object.find("spec"));
  return application;
}

}  // namespace celldrift::fleet

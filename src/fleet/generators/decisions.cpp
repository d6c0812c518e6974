// clusterDecisionResource: clusters that another controller names in the status of its resources.
#include "celldrift/core/error.hpp"
#include "celldrift/gotemplate/format.hpp"
#include "fleet/generators/generator.hpp"
#include "fleet/generators/selector.hpp"
#include "fleet/shapes/entries.hpp"

#include <algorithm>

namespace celldrift::fleet {
namespace {

// The ConfigMap that says how to read the resources.
struct Source {
  std::string api_version;
  std::string resource;
  std::string list_key;
  std::string match_key;
};

ArgoObjects& objects_of(const Value& spec, const GeneratorContext& context) {
  if (context.inputs.objects == nullptr) {
    throw Error(ErrorCode::unsupported,
                "a clusterDecisionResource generator reads resources of Argo CD's cluster: give "
                "files with them or a hub",
                spec.mark());
  }
  return *context.inputs.objects;
}

Source read_source(const Value& spec, ArgoObjects& objects) {
  const std::string_view name = spec.string_at({"configMapRef"});
  const std::optional<Value> config_map = objects.config_map(name);
  if (!config_map) {
    throw Error(ErrorCode::config,
                "error reading configMapRef: configmaps \"" + std::string(name) + "\" not found",
                spec.mark());
  }
  const auto field = [&](std::string_view key) {
    return std::string(config_map->string_at({"data", key}));
  };
  Source source{field("apiVersion"), field("kind"), field("statusListKey"), field("matchKey")};
  const std::size_t slash = source.api_version.find('/');
  if (source.resource.empty() || slash == 0 || slash == std::string::npos) {
    throw Error(ErrorCode::config,
                "there is a problem with the apiVersion, kind or resourceName provided",
                spec.mark());
  }
  if (source.list_key.empty()) {
    source.list_key = "clusters";
  }
  return source;
}

bool states_selector(const Value& spec) {
  const Value* selector = spec.find("labelSelector");
  return selector != nullptr && (selector->find("matchLabels") != nullptr ||
                                 selector->find("matchExpressions") != nullptr);
}

FlatParams labels_of(const Value& object) {
  FlatParams labels;
  if (const Value* stated = object.find({"metadata", "labels"})) {
    for (const auto& [key, value] : stated->entries()) {
      labels[key.str()] = value.is_string() ? value.as_string() : "";
    }
  }
  return labels;
}

// By name or by labels, exactly one of the two. Being rendered with a parent's parameters makes
// empty maps of those that are not there: Argo CD then takes a selector for stated, and refuses a
// name.
std::vector<Value> selected(std::vector<Value> resources,
                            const Value& spec,
                            const GeneratorContext& context) {
  const std::string_view name = spec.string_at({"name"});
  if (name.empty() ? !states_selector(spec) : states_selector(spec) || context.interpolated) {
    throw Error(ErrorCode::config,
                "there is a problem with the definition of the ClusterDecisionResource generator: "
                "give either name or labelSelector",
                spec.mark());
  }
  if (!name.empty()) {
    std::erase_if(resources, [&](const Value& resource) {
      return resource.string_at({"metadata", "name"}) != name;
    });
    return resources;
  }
  const Selector selector(*spec.find("labelSelector"), ValueRule::label, "labelSelector");
  std::erase_if(resources,
                [&](const Value& resource) { return !selector.matches(labels_of(resource)); });
  return resources;
}

std::vector<Value> decisions_of(const std::vector<Value>& resources,
                                const Source& source,
                                const Value& spec) {
  std::vector<Value> decisions;
  for (const Value& resource : resources) {
    const Value* status = resource.find("status");
    if (status == nullptr || status->size() == 0) {
      continue;
    }
    const Value* list = status->find(source.list_key);
    if (list == nullptr || !list->is_list()) {  // Argo CD panics
      throw Error(ErrorCode::config,
                  "status." + source.list_key + " of " +
                      std::string(resource.string_at({"metadata", "name"})) + " is no list",
                  spec.mark());
    }
    for (const Value& decision : list->items()) {
      if (!decision.is_map()) {
        throw Error(ErrorCode::config,
                    "status." + source.list_key + " of " +
                        std::string(resource.string_at({"metadata", "name"})) +
                        " holds something that is no map",
                    spec.mark());
      }
      decisions.push_back(decision);
    }
  }
  return decisions;
}

// Whole numbers of a resource are int64 in Go, not float64.
std::string formatted(const Value& value, gotemplate::Heap& heap) {
  return gotemplate::format_value(heap.from_value(value, gotemplate::Numbers::keep));
}

std::string without_slashes(std::string server) {
  server.erase(server.find_last_not_of('/') + 1);
  return server;
}

struct Cluster {
  std::string name;
  std::string server;
  std::string origin;
};

// Argo CD's list of clusters, where one without a name goes by its server.
std::vector<Cluster> clusters_of(const Fleet& fleet) {
  std::vector<Cluster> clusters;
  bool has_local = false;
  for (const Cell& cell : fleet.cells()) {
    if (cell.synthetic) {
      continue;
    }
    const std::string server = without_slashes(cell.server);
    has_local = has_local || server == in_cluster_server;
    clusters.push_back({cell.name.empty() ? server : cell.name, server, cell.origin});
  }
  if (!has_local) {
    clusters.push_back({"in-cluster", std::string(in_cluster_server), ""});
  }
  return clusters;
}

class DecisionParams {
 public:
  DecisionParams(const Value& spec, const GeneratorContext& context)
      : spec_(spec),
        context_(context),
        identity_(std::make_shared<const ParamKeys>(ParamKeys{"name", "server"})) {}

  Params make(const Cluster& cluster, const Value& decision) const {
    const Mark mark =
        cluster.origin.empty() ? spec_.mark() : Mark{intern_source({cluster.origin, "", ""}), 0, 0};
    Entries entries;
    entries.set("name", Value::string(cluster.name).with_mark(mark));
    entries.set("server", Value::string(cluster.server).with_mark(mark));
    for (const auto& [key, value] : decision.entries()) {
      entries.set(key, Value::string(formatted(value, context_.heap)).with_mark(value.mark()));
    }
    Params params = made(entries.take_map(), mark, context_.heap);
    add_stated_values(params, decision);
    params.identity = identity_;
    return params;
  }

 private:
  // Its values are taken as they are written: they are no templates here.
  void add_stated_values(Params& params, const Value& decision) const {
    const Value* values = spec_.find("values");
    if (values == nullptr || values->size() == 0) {
      return;
    }
    if (!context_.is_go()) {
      for (const auto& [key, value] : values->entries()) {
        set_param(params, "values." + key.str(), value, gotemplate::string_type, context_.heap);
      }
      return;
    }
    if (decision.find("values") != nullptr) {  // Argo CD panics
      throw Error(ErrorCode::config,
                  "interface conversion: interface {} is string, not map[string]string: a decision "
                  "has \"values\" of its own",
                  spec_.mark());
    }
    set_param(params, "values", *values, gotemplate::string_map_type, context_.heap);
  }

  const Value& spec_;
  const GeneratorContext& context_;
  std::shared_ptr<const ParamKeys> identity_;
};

}  // namespace

std::vector<Params> generate_decisions(const Value& spec, const GeneratorContext& context) {
  ArgoObjects& objects = objects_of(spec, context);
  const Source source = read_source(spec, objects);
  const std::vector<Value> resources =
      selected(objects.list(source.api_version, source.resource), spec, context);
  if (resources.empty()) {
    throw Error(ErrorCode::config, "no clusterDecisionResources found", spec.mark());
  }
  if (source.match_key.empty()) {
    return {};
  }
  const std::vector<Cluster> clusters = clusters_of(context.fleet);
  const DecisionParams params(spec, context);
  std::vector<Params> all;
  for (const Value& decision : decisions_of(resources, source, spec)) {
    const Value* wanted = decision.find(source.match_key);
    if (wanted == nullptr || wanted->is_null()) {
      continue;
    }
    const auto cluster =
        std::ranges::find(clusters, formatted(*wanted, context.heap), &Cluster::name);
    if (cluster != clusters.end() && !cluster->name.empty()) {
      all.push_back(params.make(*cluster, decision));
    }
  }
  return all;
}

}  // namespace celldrift::fleet

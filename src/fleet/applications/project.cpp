#include "celldrift/fleet/project.hpp"

#include "celldrift/core/glob.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/git/repository.hpp"
#include "celldrift/regexp/regexp.hpp"
#include "fleet/patterns/path_match.hpp"
#include "fleet/shapes/shape.hpp"

#include <algorithm>

namespace celldrift::fleet {
namespace {

const Field destination_fields[] = {
    {"server", &string_shape}, {"namespace", &string_shape}, {"name", &string_shape}};
const Shape destination_shape{Shape::Kind::structure, destination_fields};
const Shape destinations_shape{Shape::Kind::list, {}, &destination_shape};
const Field restriction_fields[] = {
    {"group", &string_shape}, {"kind", &string_shape}, {"name", &string_shape}};
const Shape restriction_shape{Shape::Kind::structure, restriction_fields};
const Shape restrictions_shape{Shape::Kind::list, {}, &restriction_shape};
const Field orphan_fields[] = {{"warn", &boolean_shape, Written::if_given},
                               {"ignore", &restrictions_shape}};
const Shape orphan_shape{Shape::Kind::structure, orphan_fields};
const Field project_fields[] = {
    {"sourceRepos", &string_list_shape},
    {"sourceNamespaces", &string_list_shape},
    {"destinations", &destinations_shape},
    {"permitOnlyProjectScopedClusters", &boolean_shape},
    {"clusterResourceWhitelist", &restrictions_shape},
    {"clusterResourceBlacklist", &restrictions_shape},
    {"namespaceResourceWhitelist", &restrictions_shape},
    {"namespaceResourceBlacklist", &restrictions_shape},
    {"orphanedResources", &orphan_shape, Written::if_given},
};
const Shape project_shape{Shape::Kind::structure, project_fields};

std::vector<std::string> texts(const Value& spec, std::string_view field) {
  std::vector<std::string> result;
  if (const Value* list = spec.find(field)) {
    for (const Value& item : list->items()) {
      result.emplace_back(item.as_string());
    }
  }
  return result;
}

bool is_deny(std::string_view pattern) {
  return pattern.starts_with('!');
}

bool glob(std::string_view pattern, std::string_view text, std::string_view separators = "") {
  if (is_deny(pattern)) {
    return !Glob(pattern.substr(1), separators).matches(text);
  }
  return pattern == "*" || Glob(pattern, separators).matches(text);
}

std::string without_slash(std::string_view server) {
  while (server.ends_with('/')) {
    server.remove_suffix(1);
  }
  return std::string(server);
}

// "/…/": a regular expression.
bool matches_expression(const std::string& pattern, const std::string& ns) {
  try {
    return regexp::Regexp(pattern.substr(1, pattern.size() - 2)).matches(ns);
  } catch (const Error& error) {
    throw Error(ErrorCode::unsupported,
                "sourceNamespaces " + pattern +
                    ": Argo CD may understand this expression (.NET's "
                    "syntax), celldrift does not: " +
                    error.message());
  }
}

}  // namespace

Project::Project(const Value& object)
    : name_(object.string_at({"metadata", "name"})), mark_(object.mark()) {
  const Value* stated = object.find("spec");
  const Value spec = checked(
      stated == nullptr || stated->is_null() ? Value::map({}) : *stated, project_shape, "spec");
  source_repos_ = texts(spec, "sourceRepos");
  source_namespaces_ = texts(spec, "sourceNamespaces");
  if (const Value* destinations = spec.find("destinations")) {
    for (const Value& one : destinations->items()) {
      destinations_.push_back({.server = std::string(one.string_at({"server"})),
                               .name = std::string(one.string_at({"name"})),
                               .ns = std::string(one.string_at({"namespace"}))});
    }
  }
  const Value* only_own = spec.find("permitOnlyProjectScopedClusters");
  only_own_clusters_ = only_own != nullptr && only_own->as_bool();
  cluster_whitelist_ = restrictions(spec, "clusterResourceWhitelist");
  cluster_blacklist_ = restrictions(spec, "clusterResourceBlacklist");
  namespace_whitelist_ = restrictions(spec, "namespaceResourceWhitelist");
  namespace_blacklist_ = restrictions(spec, "namespaceResourceBlacklist");
  if (const Value* orphans = spec.find("orphanedResources")) {
    orphans_.emplace(*orphans);
  }
}

std::optional<Project::Restrictions> Project::restrictions(const Value& spec,
                                                           std::string_view field) {
  const Value* list = spec.find(field);
  if (list == nullptr) {
    return std::nullopt;
  }
  Restrictions result;
  for (const Value& item : list->items()) {
    result.push_back({.group = std::string(item.string_at({"group"})),
                      .kind = std::string(item.string_at({"kind"})),
                      .name = std::string(item.string_at({"name"}))});
  }
  return result;
}

void Project::add_scoped_clusters(const Fleet& fleet) {
  for (const Cell& cell : fleet.cells()) {
    if (!name_.empty() && cell.project == name_) {
      own_clusters_.push_back({.server = without_slash(cell.server), .name = cell.name});
      destinations_.push_back({.server = without_slash(cell.server), .ns = "*"});
    }
  }
}

bool Project::permits_namespace(const std::string& ns, const std::string& controller_ns) const {
  if (ns.empty() || ns == controller_ns) {
    return true;
  }
  return std::ranges::any_of(source_namespaces_, [&](const std::string& pattern) {
    const bool is_expression =
        pattern.size() > 2 && pattern.starts_with('/') && pattern.ends_with('/');
    return (is_expression && matches_expression(pattern, ns)) || Glob(pattern).matches(ns);
  });
}

bool Project::permits_source(const std::string& url) const {
  const std::string source = git::argo_url(url);
  bool any = false;
  for (const std::string& repo : source_repos_) {
    const std::string pattern =
        is_deny(repo) ? "!" + git::argo_url(repo.substr(1)) : git::argo_url(repo);
    if (glob(pattern, source, "/")) {
      any = true;
    } else if (is_deny(pattern)) {
      return false;
    }
  }
  return any;
}

bool Project::matches_destination(const Destination& wanted) const {
  bool any = false;
  for (const Destination& item : destinations_) {
    const bool name = !wanted.name.empty() && glob(item.name, wanted.name);
    const bool server = !wanted.server.empty() && glob(item.server, wanted.server);
    const bool ns = glob(item.ns, wanted.ns);
    if ((server || name) && ns) {
      any = true;
    } else if ((!name && is_deny(item.name)) || (!server && is_deny(item.server) && ns) ||
               (!ns && is_deny(item.ns) && server)) {
      return false;
    }
  }
  return any;
}

bool Project::permits_destination(const Destination& wanted) const {
  if (!matches_destination(wanted)) {
    return false;
  }
  return !only_own_clusters_ || std::ranges::any_of(own_clusters_, [&](const Destination& own) {
    return own.name == wanted.name || own.server == wanted.server;
  });
}

bool Project::is_in(const ObjectKey& object, const std::optional<Restrictions>& list) {
  return list && std::ranges::any_of(*list, [&](const Restriction& one) {
           return path_match(one.kind, object.kind) && path_match(one.group, object.group) &&
                  (one.name.empty() || path_match(one.name, object.name));
         });
}

bool Project::permits_kind(const ObjectKey& object) const {
  if (object.ns.empty()) {
    return is_in(object, cluster_whitelist_) && !is_in(object, cluster_blacklist_);
  }
  const ObjectKey kind{.group = object.group, .kind = object.kind};  // names do not count here
  return (!namespace_whitelist_ || is_in(kind, namespace_whitelist_)) &&
         !is_in(kind, namespace_blacklist_);
}

// The cluster as Argo CD knows it: its own one by that name, whatever we call it.
Project::Destination Project::destination_of(const Application& application, const Cell& cell) {
  const bool by_hub = application.destination_name == "in-cluster" ||
                      without_slash(application.destination_server) == in_cluster_server;
  const std::string server = without_slash(cell.server);
  const bool is_own = by_hub && cell.is_hub && server != in_cluster_server;
  return {.server = is_own ? std::string(in_cluster_server) : server,
          .name = is_own ? "in-cluster" : cell.name,
          .ns = application.destination_namespace};
}

void Project::object_to_sources(const Value& spec, std::vector<std::string>& objections) const {
  const auto object_to = [&](std::string_view what, std::string_view url) {
    if (!permits_source(std::string(url))) {
      objections.push_back(std::string(what) + " repo " + std::string(url) +
                           " is not permitted in project '" + name_ + "'");
    }
  };
  const Value* several = spec.find("sources");
  if (const Value* hydrator = spec.find("sourceHydrator")) {
    const std::string_view dry = hydrator->string_at({"drySource", "repoURL"});
    const std::string_view sync = hydrator->string_at({"syncSource", "repoURL"}, dry);
    object_to("application", dry);
    if (!sync.empty() && sync != dry) {
      object_to("sync source", sync);
    }
  } else if (several != nullptr && several->size() > 0) {
    for (const Value& source : several->items()) {
      object_to("application", source.string_at({"repoURL"}));
    }
  } else {
    object_to("application", spec.string_at({"source", "repoURL"}));
  }
}

std::vector<std::string> Project::objections(const Application& application,
                                             const Cell& cell,
                                             const std::string& controller_ns) const {
  if (!permits_namespace(application.ns, controller_ns)) {
    return {"application '" + application.name + "' in namespace '" + application.ns +
            "' is not permitted to use project '" + name_ + "'"};
  }
  std::vector<std::string> objections;
  if (const Value* spec = application.object.find("spec")) {
    object_to_sources(*spec, objections);
  }
  const Destination wanted = destination_of(application, cell);
  if (!permits_destination(wanted)) {
    const bool by_name = !application.destination_name.empty();
    objections.push_back("application destination server '" +
                         (by_name ? wanted.name : wanted.server) + "' and namespace '" + wanted.ns +
                         "' do not match any of the allowed destinations in project '" + name_ +
                         "'");
  }
  return objections;
}

std::optional<std::string> Project::objection(const ObjectKey& object,
                                              const Application& application,
                                              const Cell& cell) const {
  if (!permits_kind(object)) {
    return "resource " + object.group + ":" + object.kind + " is not permitted in project " + name_;
  }
  Destination wanted = destination_of(application, cell);
  wanted.ns = object.ns;
  if (!object.ns.empty() && !permits_destination(wanted)) {
    return "namespace " + object.ns + " is not permitted in project '" + name_ + "'";
  }
  return std::nullopt;
}

}  // namespace celldrift::fleet

// AppProjects: which Applications may take what from where, and put it where.
#pragma once

#include "celldrift/core/object.hpp"
#include "celldrift/core/value.hpp"
#include "celldrift/fleet/application.hpp"
#include "celldrift/fleet/cell.hpp"
#include "celldrift/fleet/global_projects.hpp"
#include "celldrift/fleet/orphans.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace celldrift::fleet {

// One AppProject, with the semantics and the words of Argo CD 3.5. Immutable.
class Project {
 public:
  // Throws Error(config) for a field of a wrong type.
  explicit Project(const Value& object);

  const std::string& name() const { return name_; }
  const Mark& mark() const { return mark_; }

  // Clusters that are the project's own are destinations of it.
  void add_scoped_clusters(const Fleet& fleet);

  // Nothing where the project does not ask for orphaned resources.
  const std::optional<OrphanRule>& orphans() const { return orphans_; }

  // Everything that Argo CD has against the Application, in its order; it does not sync an
  // Application with any. Throws Error(unsupported) where a pattern is beyond celldrift.
  std::vector<std::string> objections(const Application& application,
                                      const Cell& cell,
                                      const std::string& controller_ns) const;
  // What Argo CD has against one object of it, as it lies in the cell: then it syncs none of them.
  std::optional<std::string> objection(const ObjectKey& object,
                                       const Application& application,
                                       const Cell& cell) const;

 private:
  struct Destination {
    std::string server;
    std::string name;
    std::string ns;
  };
  struct Restriction {
    std::string group;
    std::string kind;
    std::string name;  // "" is any
  };
  using Restrictions = std::vector<Restriction>;

  static std::optional<Restrictions> restrictions(const Value& spec, std::string_view field);
  static bool is_in(const ObjectKey& object, const std::optional<Restrictions>& list);
  bool permits_namespace(const std::string& ns, const std::string& controller_ns) const;
  bool permits_source(const std::string& url) const;
  bool permits_destination(const Destination& destination) const;
  bool matches_destination(const Destination& destination) const;
  bool permits_kind(const ObjectKey& object) const;
  void object_to_sources(const Value& spec, std::vector<std::string>& objections) const;
  static Destination destination_of(const Application& application, const Cell& cell);

  std::string name_;
  Mark mark_;
  std::vector<std::string> source_repos_;
  std::vector<std::string> source_namespaces_;
  std::vector<Destination> destinations_;
  std::vector<Destination> own_clusters_;
  bool only_own_clusters_ = false;
  std::optional<Restrictions> cluster_whitelist_;
  std::optional<Restrictions> cluster_blacklist_;
  std::optional<Restrictions> namespace_whitelist_;
  std::optional<Restrictions> namespace_blacklist_;
  std::optional<OrphanRule> orphans_;
};

// All AppProjects of Argo CD, as far as they are known.
class Projects {
 public:
  Projects() = default;
  // Broken ones become problems; Applications of theirs are objected to. So do global ones that are
  // not among the objects.
  Projects(std::vector<Value> objects,
           const Fleet& fleet,
           std::vector<Problem>& problems,
           const GlobalProjects& globals = {});

  // Objections of the Application's own project, or that it does not exist; nothing is held against
  // an Application where no project is known at all.
  std::vector<std::string> objections(const Application& application,
                                      const Cell& cell,
                                      const std::string& controller_ns) const;
  std::optional<std::string> objection(const ObjectKey& object,
                                       const Application& application,
                                       const Cell& cell) const;

  // The Application's own: nullptr for a broken one, and where nothing is known of it.
  const Project* find(const Application& application) const;

 private:
  std::map<std::string, std::optional<Project>> projects_;  // nothing: broken
};

}  // namespace celldrift::fleet

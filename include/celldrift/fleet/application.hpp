// Applications: what an ApplicationSet's expansion, or the repo itself, says that a cell must run.
#pragma once

#include "celldrift/core/error.hpp"
#include "celldrift/core/value.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::fleet {

// One of spec.source / spec.sources.
struct ApplicationSource {
  std::string repo_url;
  std::string path;
  std::string target_revision;
  std::string chart;
  std::string ref;
  Value spec;  // the whole source, for what only its renderer knows (directory, helm, kustomize,
               // plugin)
};

// Which ApplicationSet, generator and parameters made it.
struct Origin {
  std::string application_set;  // empty for an Application that lies in the repo itself
  std::string parent;  // the Application that renders it, or its ApplicationSet; empty where none
                       // does
  std::size_t generator = 0;  // index in spec.generators
  // The entry and the kind in it: "spec.generators[0].matrix". Parameters of its children have
  // their own marks.
  std::string generator_path;
  Mark generator_mark;
  // The map that the template was rendered with. Each value's mark is the place that it came from:
  // a line of a git file, a list element, a cluster (its Cell::origin), or the generator.
  Value parameters;
};

struct Application {
  std::string name;
  std::string ns;  // of the Application object itself: "argocd"
  std::string project;
  std::string destination_server;
  std::string destination_name;
  std::string destination_namespace;
  std::vector<ApplicationSource> sources;
  std::string cell;       // the name of the cell it goes to
  std::string component;  // its name with the cell's own parameters taken out: "backend"
  Value object;           // apiVersion, kind, metadata, spec as Argo CD would create it
  Mark mark;              // of the template (or of the Application)
  Origin origin;
};

// What Argo CD calls an Application where only one word will do (labels, the names of override
// files): "backend", or "team-a_backend" outside of its own namespace.
std::string instance_name(const Application& application, std::string_view controller_ns);

}  // namespace celldrift::fleet

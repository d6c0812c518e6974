// Sources that other sources of the same Application take files from: "$values/prod.yaml".
#pragma once

#include "celldrift/fleet/application.hpp"
#include "celldrift/git/tree.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace celldrift::render {

// A source with a `ref`. Files are taken from the root of its repository, whatever its path.
struct Reference {
  std::string repo_url;
  std::string target_revision;
  std::string chart;
  std::string revision;                   // what target_revision comes to; "" until it is needed
  std::shared_ptr<const git::Tree> tree;  // null until it is needed
};
using References = std::map<std::string, Reference>;  // by what is written: "$values"

// The references of an Application with several sources, not yet looked up; none of one with an
// only source. Throws Error(config) in Argo CD 3.5's words for a name that it refuses, or that two
// have.
References references_of(const fleet::Application& application);

// Those that the Helm block of a source names, in the order of its files, each once. Throws
// Error(config) in Argo CD's words for one that there is not, or that is a chart.
std::vector<std::string> used_references(const fleet::ApplicationSource& source,
                                         const References& references);

// Argo CD has one checkout for each repository. Throws Error(config) in its words where what is
// used, all looked up, and the source itself (at `revision`) are of one repository but not of one
// revision.
void check_revisions(const fleet::ApplicationSource& source,
                     const std::string& revision,
                     const std::vector<std::string>& used,
                     const References& references);

}  // namespace celldrift::render

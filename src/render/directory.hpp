// The directory source: plain manifests.
#pragma once

#include "celldrift/render/render.hpp"

namespace celldrift::render {

// What spec.source.directory says.
struct DirectoryOptions {
  bool recurse = false;
  std::string include;
  std::string exclude;
};
DirectoryOptions directory_options(const Value& source_spec);

// All objects of the directory `path`, in the order of Argo CD's walk.
Manifests render_directory(const git::Tree& tree,
                           const std::string& path,
                           const DirectoryOptions& options);

}  // namespace celldrift::render

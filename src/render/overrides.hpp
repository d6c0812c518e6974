// Files beside an Application's manifests that change its source.
#pragma once

#include "celldrift/core/value.hpp"
#include "celldrift/git/tree.hpp"

#include <string>

namespace celldrift::render {

// Whether there are such files in the directory `path`, for whichever Application.
bool may_be_overridden(const git::Tree& tree, const std::string& path);

// The source with what .argocd-source.yaml and then .argocd-source-<application>.yaml in the
// directory `path` say; `application` is its instance_name(). Throws Error(parse) for a broken one;
// Error(unsupported) for one of an Application where none is given ("").
Value with_overrides(const git::Tree& tree,
                     const std::string& path,
                     const Value& source_spec,
                     const std::string& application);

}  // namespace celldrift::render

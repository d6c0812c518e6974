// Overrides of a source that are committed beside its manifests: .argocd-source.yaml and
// .argocd-source-<application>.yaml.
#pragma once

#include "celldrift/core/value.hpp"

#include <span>

namespace celldrift::fleet {

// What Argo CD 3.5 makes of a source (one of spec.sources) and the contents of its override files,
// in their order. Each is a merge patch (RFC 7386) on the source's JSON, but the result is decoded
// over the source that is there already, so that
//   - a null takes nothing away, except inside of helm.valuesObject and of items of lists that
//     replace others,
//   - maps are united, and an item of a list keeps what the one before it at its place says and it
//     does not,
//   - keys may be written in any case.
// repoURL, path, targetRevision and chart stay as they were. Throws Error(parse) for a patch that
// is no map, or a value of a wrong type.
Value overridden_source(const Value& source, std::span<const Value> patches);

}  // namespace celldrift::fleet

// The repositories that Argo CD objects name.
#pragma once

#include "celldrift/fleet/expand.hpp"
#include "cli/manifests.hpp"

#include <vector>

namespace celldrift::cli {

// As they are written; those that are templates are left out, for nobody knows them yet.
std::vector<WantedSource> named_sources(const fleet::Declared& declared);
// Those that generators of ApplicationSets look into.
std::vector<WantedSource> generator_sources(const fleet::Declared& declared);
// Those of Applications' sources in git, each once.
std::vector<WantedSource> sources_of(const std::vector<fleet::Application>& applications);

}  // namespace celldrift::cli

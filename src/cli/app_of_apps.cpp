#include "cli/app_of_apps.hpp"

#include "cli/app_exploration.hpp"
#include "cli/named_sources.hpp"
#include "cli/remembered_services.hpp"

#include <optional>

namespace celldrift::cli {

Expanded expand_all(const Workshop& workshop,
                    const fleet::Declared& declared,
                    const fleet::Fleet& fleet,
                    const fleet::GeneratorInputs& inputs,
                    const std::string& controller_ns) {
  // What services answer counts for the whole run, and is asked for once.
  std::optional<RememberedServices> services;
  fleet::GeneratorInputs remembered = inputs;
  if (inputs.services != nullptr) {
    remembered.services = &services.emplace(*inputs.services);
  }
  workshop.manifests.assume(named_sources(declared));
  workshop.manifests.prefetch(generator_sources(declared));
  fleet::Expansion plain = fleet::expand(declared, fleet, remembered);
  workshop.manifests.assume(sources_of(plain.applications));
  Exploration exploration(workshop, declared, fleet, remembered, controller_ns);
  if (!exploration.is_needed(plain)) {
    Expanded expanded{.expansion = std::move(plain), .doubts = exploration.doubts()};
    for (const Value& set : declared.application_sets) {
      expanded.sets.push_back(in_namespace(set, controller_ns));
    }
    return expanded;
  }
  return exploration.run();
}

}  // namespace celldrift::cli

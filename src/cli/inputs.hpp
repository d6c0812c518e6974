// What generators ask of the world, put together for a run: repositories, services, and objects of
// Argo CD's namespace.
#pragma once

#include "celldrift/fleet/declared_objects.hpp"
#include "celldrift/fleet/inputs.hpp"
#include "cli/cells.hpp"
#include "cli/manifests.hpp"

#include <memory>

namespace celldrift::cli {

// ConfigMaps, decision resources and AppProjects come from `objects:` of --generator-inputs, and
// what that has not from the hub where one is named, else from the manifests repo.
class Inputs {
 public:
  // `setup` and `manifests` must outlive it. Error(config) for a --generator-inputs file that is
  // none.
  Inputs(const Setup& setup, Manifests& manifests);

  fleet::GeneratorInputs get() const;

 private:
  const Setup& setup_;
  Manifests& manifests_;
  std::unique_ptr<fleet::ArgoObjects> objects_;
};

}  // namespace celldrift::cli

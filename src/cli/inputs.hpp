// What generators ask of the world, put together for a run: repositories, services, and objects of
// Argo CD's namespace.
#pragma once

#include "celldrift/fleet/recording_objects.hpp"
#include "celldrift/http/client.hpp"
#include "celldrift/services/services.hpp"
#include "cli/cells.hpp"
#include "cli/manifests.hpp"

#include <memory>
#include <optional>

namespace celldrift::cli {

// Services answer from --generator-inputs, and what that has not they are asked, unless --offline
// is given. ConfigMaps, decision resources and AppProjects come from `objects:` of the same file,
// and what that has not from the hub where one is named, else from the manifests repo.
class Inputs {
 public:
  // `setup` and `manifests` must outlive it. Error(config) for a --generator-inputs file that is
  // none.
  Inputs(const Setup& setup, Manifests& manifests);
  Inputs(const Inputs&) = delete;
  Inputs& operator=(const Inputs&) = delete;

  fleet::GeneratorInputs get();

  // Writes what was answered so far to the file that --record names, if any.
  void record() const;

 private:
  const Setup& setup_;
  Manifests& manifests_;
  services::Recording recording_;  // what --generator-inputs has
  std::unique_ptr<fleet::ArgoObjects> sources_;
  fleet::RecordingObjects objects_;
  std::optional<http::Client> network_;
  std::optional<services::Live> live_;
  services::Recorded recorded_;
  services::Answers answers_;
  services::Recorder recorder_;
};

}  // namespace celldrift::cli

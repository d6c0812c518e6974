#include "cli/inputs.hpp"

#include "celldrift/core/text.hpp"
#include "celldrift/core/write_file.hpp"
#include "celldrift/fleet/declared_objects.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "cli/read_context.hpp"
#include "cli/terminal.hpp"

namespace celldrift::cli {
namespace {

constexpr std::size_t max_file_bytes = 256u << 20;

services::Recording read_recording(const std::string& path) {
  if (path.empty()) {
    return {};
  }
  const std::string text = yaml::to_utf8(read_file(path, max_file_bytes));
  return services::parse_recording(text, intern_source({path, "", ""}));
}

std::unique_ptr<fleet::ArgoObjects> all_objects(const Setup& setup,
                                                const Manifests& manifests,
                                                const services::Recording& recording) {
  const Options& options = setup.options;
  const std::string ns = controller_namespace(options.fleet);
  std::vector<std::unique_ptr<fleet::ArgoObjects>> sources;
  if (!options.inputs.file.empty()) {
    sources.push_back(
        fleet::objects_among(services::objects_of(recording), options.inputs.file, ns));
  }
  const bool asks_hub = setup.hub != nullptr && !options.inputs.offline;
  sources.push_back(asks_hub ? objects_of_hub(setup.hub)
                             : fleet::objects_in_tree(manifests.tree(), ns));
  return fleet::first_that_knows(std::move(sources));
}

// Nobody may miss that answers are believed from whoever gives them.
void warn_of_unverified(const std::string& server) {
  say("warning: the certificate of " + server +
      " is not verified, as a generator says (insecure: true): anybody between could answer for "
      "it, and see the token");
}

}  // namespace

Inputs::Inputs(const Setup& setup, Manifests& manifests)
    : setup_(setup),
      manifests_(manifests),
      recording_(read_recording(setup.options.inputs.file)),
      sources_(all_objects(setup, manifests, recording_)),
      objects_(*sources_),
      recorded_(recording_),
      answers_(&recorded_, nullptr),
      recorder_(answers_) {
  if (!setup.options.inputs.offline) {
    network_.emplace(client_options());
    live_.emplace(*network_,
                  services::LiveOptions{.objects = &objects_, .unverified = warn_of_unverified});
    answers_ = services::Answers(&recorded_, &*live_);
  }
}

fleet::GeneratorInputs Inputs::get() {
  const bool is_new = setup_.options.inputs.new_git_file_globbing;
  return {
      .repositories = &manifests_,
      .services = &recorder_,
      .objects = &objects_,
      .file_globbing = is_new ? fleet::FileGlobbing::doublestar : fleet::FileGlobbing::pathspec};
}

void Inputs::record() const {
  const std::string& path = setup_.options.inputs.record;
  if (!path.empty()) {
    services::Recording recording = recorder_.recording();
    recording.objects = objects_.objects();
    write_file(path, services::emit(recording));
  }
}

}  // namespace celldrift::cli

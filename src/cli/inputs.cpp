#include "cli/inputs.hpp"

#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"

namespace celldrift::cli {
namespace {

std::string argocd_namespace(const Options& options) {
  const std::string& stated = options.fleet.argocd_namespace;
  return stated.empty() ? "argocd" : stated;
}

// The objects that a file of generator inputs states.
std::vector<Value> stated_objects(const std::string& path) {
  const std::string text = yaml::to_utf8(read_file(path));
  const Value file = yaml::parse(text, {.source = intern_source({path, "", ""})}).value;
  const Value* objects = file.find("objects");
  if (objects == nullptr || objects->is_null()) {
    return {};
  }
  if (!objects->is_list()) {
    throw Error(ErrorCode::config, "objects must be a list of Kubernetes objects", objects->mark());
  }
  return {objects->items().begin(), objects->items().end()};
}

std::unique_ptr<fleet::ArgoObjects> all_objects(const Setup& setup, const Manifests& manifests) {
  const std::string ns = argocd_namespace(setup.options);
  std::vector<std::unique_ptr<fleet::ArgoObjects>> sources;
  if (const std::string& path = setup.options.inputs.file; !path.empty()) {
    sources.push_back(fleet::objects_among(stated_objects(path), path, ns));
  }
  const bool asks_hub = setup.hub != nullptr && !setup.options.inputs.offline;
  sources.push_back(asks_hub ? objects_of_hub(setup.hub)
                             : fleet::objects_in_tree(manifests.tree(), ns));
  return fleet::first_that_knows(std::move(sources));
}

}  // namespace

Inputs::Inputs(const Setup& setup, Manifests& manifests)
    : setup_(setup), manifests_(manifests), objects_(all_objects(setup, manifests)) {}

fleet::GeneratorInputs Inputs::get() const {
  const bool is_new = setup_.options.inputs.new_git_file_globbing;
  return {
      .repositories = &manifests_,
      .objects = objects_.get(),
      .file_globbing = is_new ? fleet::FileGlobbing::doublestar : fleet::FileGlobbing::pathspec};
}

}  // namespace celldrift::cli

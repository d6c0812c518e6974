// Generators: each kind of entry in spec.generators has a file of its own, generator_<kind>.cpp,
// its shape in generator_shapes.cpp, and a row in generators.cpp.
#pragma once

#include "celldrift/fleet/cell.hpp"
#include "celldrift/fleet/inputs.hpp"
#include "fleet/generators/known_paths.hpp"
#include "fleet/generators/shapes.hpp"
#include "fleet/params.hpp"
#include "fleet/patterns/repository_files.hpp"
#include "fleet/templates/template_engine.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::fleet {

enum class Engine { fasttemplate, go };

// What a generator may look at.
struct GeneratorContext {
  const Fleet& fleet;
  const GeneratorInputs& inputs;
  RepositoryFiles& files;
  TemplateEngine& engine;
  Engine engine_kind;
  RenderBudget& budget;
  gotemplate::Heap& heap;  // of the parameters
  KnownPaths& paths;
  std::string set_name;
  std::string project;  // as spec.template states it
  // The entry was rendered with a parent's parameters.
  bool interpolated = false;

  bool is_go() const { return engine_kind == Engine::go; }
};

// The parameters of one entry, in Argo CD's order. `spec` is checked(). Throws the Error that Argo
// CD would report.
using Generate = std::vector<Params> (*)(const Value& spec, const GeneratorContext& context);

struct GeneratorKind {
  std::string_view name;  // its key in an entry: "clusters"
  Generate generate;
};

// All kinds, in the order in which Argo CD 3.5 runs those of one entry.
std::span<const GeneratorKind> generator_kinds();

std::vector<Params> generate_list(const Value& spec, const GeneratorContext& context);
std::vector<Params> generate_clusters(const Value& spec, const GeneratorContext& context);
std::vector<Params> generate_git(const Value& spec, const GeneratorContext& context);
std::vector<Params> generate_scm_provider(const Value& spec, const GeneratorContext& context);
std::vector<Params> generate_decisions(const Value& spec, const GeneratorContext& context);
std::vector<Params> generate_pull_request(const Value& spec, const GeneratorContext& context);
std::vector<Params> generate_matrix(const Value& spec, const GeneratorContext& context);
std::vector<Params> generate_merge(const Value& spec, const GeneratorContext& context);
std::vector<Params> generate_plugin(const Value& spec, const GeneratorContext& context);

// A generator's own `values`, rendered with the parameters that it made; they do not see each
// other. With fasttemplate "values.<key>" is added for each; with Go templates they become the map
// `values`, in place of whatever was there.
void add_values(const Value& spec, const GeneratorContext& context, Params& params);

}  // namespace celldrift::fleet

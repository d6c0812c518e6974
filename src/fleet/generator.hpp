// Generators: each kind of entry in spec.generators has a file of its own, generator_<kind>.cpp.
#pragma once

#include "celldrift/fleet/cell.hpp"
#include "fleet/params.hpp"
#include "fleet/shape.hpp"
#include "fleet/template_engine.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace celldrift::fleet {

// What a generator may look at.
struct GeneratorContext {
  const Fleet& fleet;
  const TemplateEngine& engine;
  RenderBudget& budget;
};

// The parameters of one entry, in Argo CD's order. `spec` is checked(). Throws the Error that Argo
// CD would report.
using Generate = std::vector<Params> (*)(const Value& spec, const GeneratorContext& context);

struct GeneratorKind {
  std::string_view name;        // its key in an entry: "clusters"
  Generate generate = nullptr;  // nullptr: celldrift cannot do it yet
  const Shape* shape = nullptr;
};

// All kinds, in the order in which Argo CD 3.5 runs those of one entry.
std::span<const GeneratorKind> generator_kinds();

std::vector<Params> generate_clusters(const Value& spec, const GeneratorContext& context);
std::vector<Params> generate_list(const Value& spec, const GeneratorContext& context);
extern const Shape clusters_shape;
extern const Shape list_shape;

// A generator's own `values`, rendered with the parameters that it made; they do not see each
// other. Adds "values.<key>" to `entries`.
void add_values(const Value* values,
                const Params& params,
                const GeneratorContext& context,
                Value::Map& entries);

}  // namespace celldrift::fleet

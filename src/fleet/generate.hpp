// From one ApplicationSet to the Applications that Argo CD's template code makes of it, before they
// are validated and normalised.
#pragma once

#include "celldrift/core/error.hpp"
#include "celldrift/fleet/cell.hpp"
#include "celldrift/fleet/inputs.hpp"
#include "fleet/generators/generator.hpp"
#include "fleet/templates/application_template.hpp"

#include <memory>
#include <string>
#include <vector>

namespace celldrift::fleet {

// What all Applications of one generator have in common.
struct GeneratorOrigin {
  Value name_template;         // metadata.name as the template has it
  std::size_t generator = 0;   // index in spec.generators
  std::string generator_path;  // "spec.generators[0].matrix"
  Mark generator_mark;
  Mark mark;  // of the template
};

struct Generated {
  Value object;       // apiVersion, kind, metadata, spec
  Rendered rendered;  // what it was made of
  Params params;
  std::shared_ptr<const GeneratorOrigin> from;

  // Valid as long as any copy of the object lives.
  std::string_view name() const { return object.string_at({"metadata", "name"}); }
};

// As Argo CD's GenerateApplications: every entry is tried; an entry or an Application that fails
// contributes nothing but its error.
struct Generation {
  Engine engine = Engine::fasttemplate;
  std::vector<Generated> applications;  // in the order of generation
  std::vector<Error> errors;            // in the same order; Argo CD reports the first
  std::vector<Error>
      unrecognized;  // entries without a kind that Argo CD knows: it makes nothing of them
  // What the parameters live in, and the templates, whose own texts `set` may have put into them.
  std::shared_ptr<gotemplate::Heap> heap;
  std::shared_ptr<TemplateEngine> templates;
};

// Throws Error(config, unsupported) when the ApplicationSet as a whole cannot be read.
Generation generate(const Value& application_set,
                    const Fleet& fleet,
                    const GeneratorInputs& inputs,
                    RepositoryFiles& files);

// "applicationset backend", for messages.
std::string describe_set(const Value& application_set);

}  // namespace celldrift::fleet

// From one ApplicationSet to the Applications that Argo CD's template code makes of it, before they
// are validated and normalised.
#pragma once

#include "celldrift/core/error.hpp"
#include "celldrift/fleet/cell.hpp"
#include "celldrift/fleet/inputs.hpp"
#include "fleet/params.hpp"

#include <string>
#include <vector>

namespace celldrift::fleet {

struct Generated {
  Value object;         // apiVersion, kind, metadata, spec
  Value name_template;  // metadata.name as the template has it
  Params params;
  std::size_t generator = 0;  // index in spec.generators
  Mark generator_mark;
  Mark mark;  // of the template
};

// As Argo CD's GenerateApplications: every entry is tried; an entry or an Application that fails
// contributes nothing but its error.
struct Generation {
  std::vector<Generated> applications;  // in the order of generation
  std::vector<Error> errors;            // in the same order; Argo CD reports the first
  std::vector<Error>
      unrecognized;  // entries without a kind that Argo CD knows: it makes nothing of them
};

// Throws Error(config, unsupported) when the ApplicationSet as a whole cannot be read.
Generation generate(const Value& application_set,
                    const Fleet& fleet,
                    const GeneratorInputs& inputs = {});

// "applicationset backend", for messages.
std::string describe_set(const Value& application_set);

}  // namespace celldrift::fleet

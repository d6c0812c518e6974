// Recorded answers of services: the file of --generator-inputs (docs/generator-inputs.md).
#pragma once

#include "celldrift/core/value.hpp"
#include "celldrift/fleet/inputs.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace celldrift::services {

struct RecordedAnswer {
  std::string kind;             // "scmProvider", "pullRequest", "plugin"
  Value spec;                   // as asked_of() gives it
  std::string application_set;  // "": answers every ApplicationSet
  Value answer;                 // a list of maps, as fleet::Services::ask gives it
};

struct Recording {
  std::vector<RecordedAnswer> answers;
  // Kubernetes objects that generators read: ConfigMaps, and the resources of a
  // clusterDecisionResource.
  std::vector<Value> objects;
};

// Reads a recording, YAML or JSON. Marks name `source`. Throws Error(config) with file:line for
// anything that is not as docs/generator-inputs.schema.json says.
Recording parse_recording(std::string_view text, SourceId source = 0);

// The file of a recording, as YAML with a comment on top; parse_recording reads it back.
std::string emit(const Recording& recording);

// The objects of a recording's file, for whoever serves fleet::ArgoObjects.
std::vector<Value> objects_of(const Recording& recording);

// What of a generator decides about its answer: the spec without its template, values,
// requeueAfterSeconds and references to Secrets. Two questions with equal specs have one answer.
Value asked_of(const Value& generator);

}  // namespace celldrift::services

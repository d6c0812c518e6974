// From a manifests repo and cells to Applications, exactly as Argo CD 3.5's ApplicationSet
// controller does it.
#pragma once

#include "celldrift/fleet/application.hpp"
#include "celldrift/fleet/cell.hpp"
#include "celldrift/fleet/inputs.hpp"
#include "celldrift/git/tree.hpp"

#include <map>
#include <string>
#include <vector>

namespace celldrift::fleet {

// The Argo CD objects found in a repo.
struct Declared {
  std::vector<Value> application_sets;
  std::vector<Value> applications;
  std::vector<Problem> problems;  // files that look like one and do not parse
};

// Looks through every .yaml, .yml and .json file of the tree under `directory` ("": all of it;
// hidden directories included, submodules not). Only files whose text has "argoproj.io" are parsed.
// Documents that are Helm templates of such objects (they do not parse as YAML) are problems, not
// silence.
Declared find_declared(const git::Tree& tree, std::string_view directory = "");

struct Expansion {
  std::vector<Application> applications;  // by cell, then name; only valid ones
  std::vector<Problem> problems;
  // Which ApplicationSet a problem is about, by the problem's index: with it, all or some of what
  // the set makes is not known. Problems of one Application are not in it.
  std::map<std::size_t, std::string> set_of_problem;
};

// All generators of all sets. A set that Argo CD would refuse gives no Applications and a problem
// that says at which field (Argo CD applies nothing of such a set). Names that two sets make,
// unknown destinations and generators whose inputs are missing are problems too.
Expansion expand(const Declared& declared, const Fleet& fleet, const GeneratorInputs& inputs = {});

// The Applications of one ApplicationSet, as Argo CD would create them, in the order it generates
// them. Throws the Error that Argo CD would report.
std::vector<Application> expand_set(const Value& application_set,
                                    const Fleet& fleet,
                                    const GeneratorInputs& inputs = {});

// What Argo CD's template code makes of one ApplicationSet before anything is validated or
// normalised, in the order of generation: maps {apiVersion, kind, metadata: {name, namespace,
// labels, annotations, finalizers}, spec}, with null (or {}) for metadata that is not there, as Go
// prints it. Throws the first Error that Argo CD would report.
std::vector<Value> generated_applications(const Value& application_set,
                                          const Fleet& fleet,
                                          const GeneratorInputs& inputs = {});

}  // namespace celldrift::fleet

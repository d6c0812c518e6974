// `celldrift apps --applicationset FILE`: what one file's ApplicationSets and Applications make,
// tried out by themselves.
#pragma once

#include "celldrift/fleet/expand.hpp"

#include <string>
#include <vector>

namespace celldrift::cli {

// The ApplicationSets and Applications of a file; "-" is standard input. Error(usage) when it has
// neither, Error(parse) with its line when it is no YAML.
fleet::Declared read_declared_file(const std::string& path);

// Every Application as Argo CD's template code makes it, in its order, before anything is validated
// or normalised. Throws the first Error that Argo CD would report of an ApplicationSet.
std::vector<Value> documents_of(const fleet::Declared& declared,
                                const fleet::Fleet& fleet,
                                const fleet::GeneratorInputs& inputs);

// What Argo CD would refuse of these documents later: names that occur twice, and destinations that
// are none of the cells.
std::vector<Problem> doubts_about(const std::vector<Value>& documents, const fleet::Fleet& fleet);

}  // namespace celldrift::cli

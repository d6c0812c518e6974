// Fields that the API server lets nobody change: rules/immutable.yaml.
#pragma once

#include "celldrift/compare/match.hpp"

#include <optional>
#include <string>

namespace celldrift::audit {

// A change of a field that is to be made: of what is live to what is applied.
struct FieldChange {
  const compare::ObjectResult& object;  // both sides
  const compare::Difference& difference;
};

// Why the API server would refuse it, to be read after the field's name; "" when it would not.
std::string why_immutable(const FieldChange& change);

// The same for custom resources, as the transition rules of their CustomResourceDefinition say
// (x-kubernetes-validations: "self == oldSelf", of the field or of what is above it). Other rules
// are not evaluated.
std::string why_fixed_by(const Value& definition, const FieldChange& change);

}  // namespace celldrift::audit

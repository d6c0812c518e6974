// jq expressions, as Argo CD runs them on objects. (Argo CD 3.5, gojq 0.12)
#pragma once

#include "celldrift/core/value.hpp"

#include <optional>
#include <string>

namespace celldrift::compare {

struct JqAnswer {
  enum class Kind {
    value,    // what is left of the object
    refused,  // the expression does not compile; `why` has libjq's words
    failed,   // it fails on this object, which Argo CD leaves as it is
    stopped,  // it takes more time or memory than it may: what Argo CD makes of it is not known
  } kind = Kind::value;
  Value value;
  std::string why;
};

// del(expression) of an object. Expressions come from repositories: time and memory are bounded,
// and they reach nothing outside of the object. Thread-safe.
JqAnswer jq_delete(const std::string& expression, const Value& object);

// Why the expression does not compile; nothing when it does. Thread-safe.
std::optional<std::string> jq_refusal(const std::string& expression);

}  // namespace celldrift::compare

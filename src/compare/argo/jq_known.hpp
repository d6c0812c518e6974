// Argo CD runs jq expressions with gojq, celldrift with libjq. The two part ways at the edges: when
// a value counts as a path, how arrays are matched by patterns, what `last(f)` gives.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace celldrift::compare {

// What of the expression, of any size, is beyond the language on which both are known to agree, as
// written: "last(f)". Nothing where they agree. For expressions that compile: of others it may say
// anything. tests/oracles/argo_diff holds it to gojq.
//
// That language: paths of fields, literal indexes, slices, iterations and `..`, joined by | , //
// and if; within select(…) and in conditions all of the usual functions.
std::optional<std::string> beyond_agreement(std::string_view expression);

}  // namespace celldrift::compare

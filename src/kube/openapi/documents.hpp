// What a cell says of its types, as the text of schema_text.hpp.
//
// Two sources. OpenAPI v3 is preferred for cells that can be asked: whoever may sign in may read
// it, and of a CRD it has all that decides a comparison (kube-apiserver 1.35.1: list and map types,
// defaults, nullable, int-or-string, preserve-unknown, embedded; only a default of null is lost).
// CustomResourceDefinitions say the same, but take the right to list them; they serve snapshots,
// and cells whose OpenAPI cannot be read.
#pragma once

#include "celldrift/core/value.hpp"

#include <string>
#include <string_view>

namespace celldrift::kube {

// The kinds of one group-version in its OpenAPI v3 document; other kinds that are in it are left
// out. Error(server) for what is no such document.
std::string openapi_text(const Value& document, std::string_view api_version);

// All served versions of a CustomResourceDefinition's kind; no kinds for anything else.
std::string definition_text(const Value& definition);

}  // namespace celldrift::kube

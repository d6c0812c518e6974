// A cell's own types: from its OpenAPI v3 documents, its CRDs, or from what was kept of them.
//
// OpenAPI v3 is preferred for cells that can be asked: whoever may sign in may read it, and of a
// CRD it has all that decides a comparison (kube-apiserver 1.35.1: list and map types, defaults,
// nullable, int-or-string, preserve-unknown, embedded; only a default of null is lost). CRDs say
// the same, but take the right to read them.
#pragma once

#include "celldrift/core/value.hpp"
#include "celldrift/kube/schema.hpp"

#include <string>
#include <string_view>

namespace celldrift::kube {

// The text that types are made from: compact, and the same for the same types.
// Of one group-version's OpenAPI v3 document; other groups' kinds that are in it are left out.
// Error(server) for what is no such document.
std::string openapi_text(const Value& document, std::string_view api_version);
// Of all served versions of a CustomResourceDefinition; without kinds for anything else.
std::string definition_text(const Value& definition);

// The types of such a text. Error(internal) for anything else.
Schema::Parts parts_of_text(std::string text);

}  // namespace celldrift::kube

// Where facts come from: one function for each kind of source.
#pragma once

#include "celldrift/audit/versions.hpp"

#include <string>
#include <vector>

namespace celldrift::audit {

// "apps/Deployment", "Pod".
std::string kind_with_group(const ObjectKey& key);

// What a fact about one object has in common with others about it. Who bears it is left open, as in
// those that the other functions add.
Fact fact_about(const ComparedApplication& application,
                const compare::ObjectResult& result,
                FactKind kind,
                std::string what);

// Of all live objects that Git wants: what the two functions below tell, images, and labels.
void add_object_facts(const ComparedApplication& application, std::vector<Fact>& facts);
// The versions that a CustomResourceDefinition is served and stored at.
void add_api_facts(const ComparedApplication& application,
                   const compare::ObjectResult& result,
                   std::vector<Fact>& facts);
// Digests that a workload's pods run, each under the image that its template states, so that only
// equal images are compared.
void add_digest_facts(const ComparedApplication& application,
                      const compare::ObjectResult& result,
                      std::vector<Fact>& facts);
void add_revision_facts(const ComparedApplication& application, std::vector<Fact>& facts);

}  // namespace celldrift::audit

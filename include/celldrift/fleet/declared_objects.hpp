// Objects of Argo CD's namespace that are written down: in the manifests repo, or in a file of
// generator inputs.
#pragma once

#include "celldrift/fleet/inputs.hpp"
#include "celldrift/git/tree.hpp"

#include <memory>
#include <string>
#include <vector>

namespace celldrift::fleet {

// Objects among documents (Lists taken apart) that are in `ns` or do not say where they are.
// `where` names the documents in messages: "inputs.yaml". A resource of which there is no object is
// an Error(not_found): that nobody wrote one down does not say that there is none. Thread-safe.
std::unique_ptr<ArgoObjects> objects_among(std::vector<Value> documents,
                                           std::string where,
                                           std::string ns);

// Objects in the YAML and JSON files of a tree. The files are searched when something is asked for,
// and only those are parsed whose text can have it. A ConfigMap that several files declare
// differently is an Error(config). Thread-safe.
std::unique_ptr<ArgoObjects> objects_in_tree(std::shared_ptr<const git::Tree> tree, std::string ns);

// The Secrets in the YAML and JSON files of a tree, as they are written there.
std::vector<Value> secrets_in_tree(const git::Tree& tree);

// The first of several that knows: what one of them has no object of, the next is asked for.
// The Error of the last is thrown when none knows.
std::unique_ptr<ArgoObjects> first_that_knows(std::vector<std::unique_ptr<ArgoObjects>> all);

}  // namespace celldrift::fleet

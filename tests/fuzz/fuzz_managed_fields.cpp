// Whatever stands in metadata.managedFields is claims on nodes, or claims nothing: every node of
// the object can be asked who holds it, and only claims of the object do.

#include "compare/ownership/owned_node.hpp"
#include "documents.hpp"

using namespace celldrift;
using compare::OwnedNode;

namespace {

void check(const compare::Ownership& ownership, const OwnedNode& node) {
  const auto& claims = ownership.claims();
  for (const OwnedNode::Held& held : node.held()) {
    fuzz::must(held.claim >= claims.data() && held.claim < claims.data() + claims.size());
  }
  fuzz::must((compare::changer_of(node.held()) == nullptr) == node.held().empty());
}

// Every node below, by all ways in which it may be addressed. Types are not known here: those of
// fuzz_diff are.
void walk(const compare::Ownership& ownership, const OwnedNode& node, const Value& value) {
  check(ownership, node);
  (void)node.identity();
  if (value.is_map()) {
    for (const Value::Entry& entry : value.entries()) {
      walk(ownership, node.field(entry.key.view(), kube::unknown_type()), entry.value);
    }
  }
  if (value.is_list()) {
    for (std::size_t i = 0; i < value.items().size(); ++i) {
      const Value& item = value.items()[i];
      walk(ownership, node.index(i), item);
      check(ownership, node.member(item));
      if (item.is_map()) {
        check(ownership, node.item(item));
      }
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  for (const Value& live : fuzz::documents_of(data, size)) {
    const compare::Ownership ownership(live, compare::Managers::builtin());
    fuzz::must(ownership.recorded() || ownership.claims().empty());
    walk(ownership, OwnedNode(ownership), live);
  }
  return 0;
}

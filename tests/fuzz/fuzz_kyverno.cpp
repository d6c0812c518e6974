// Any document is a Kyverno policy, its patches are patterns of paths; whether they put what
// differs between two objects has the same answer each time. The documents are the policy, the
// desired and the live object.

#include "celldrift/compare/compare.hpp"
#include "compare/rights/kyverno.hpp"
#include "compare/rights/kyverno_patches.hpp"
#include "documents.hpp"

using namespace celldrift;

namespace {

void check(const compare::KyvernoRule& rule, const Value& desired, const Value& live) {
  const ObjectKey key = key_of(desired);
  const compare::Written written{.key = key, .desired = desired, .live = live, .of_namespace = {}};
  fuzz::must(compare::is_about(rule, written) == compare::is_about(rule, written));
  (void)compare::is_target(rule, key);
  for (const compare::KyvernoPatch& patch : rule.patches) {
    for (const Value* value : patch.path.select(live)) {
      fuzz::must(value != nullptr);
    }
  }
  for (const auto& difference : compare::diff(desired, live)) {
    fuzz::must(compare::puts(rule, key, difference) == compare::puts(rule, key, difference));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto documents = fuzz::documents_of(data, size);
  if (documents.empty()) {
    return 0;
  }
  (void)compare::kyverno_patches(documents[0]);
  const auto rules = compare::kyverno_rules(documents[0]);
  if (documents.size() < 3 || !documents[1].is_map() || !documents[2].is_map()) {
    return 0;
  }
  for (const compare::KyvernoRule& rule : rules) {
    check(rule, documents[1], documents[2]);
  }
  return 0;
}

// Any two documents are compared: live objects, managedFields and last-applied annotations are
// untrusted. An object never differs from itself without its managedFields, and comparing twice
// gives the same.

#include "celldrift/compare/compare.hpp"
#include "documents.hpp"

using namespace celldrift;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto documents = fuzz::documents_of(data, size);
  if (documents.size() < 2 || !documents[0].is_map() || !documents[1].is_map()) {
    return 0;
  }
  const Value& desired = documents[0];
  const Value& live = documents[1];
  const auto first = compare::diff(desired, live);
  fuzz::must(compare::diff(desired, live).size() == first.size());
  const auto explained = compare::compare(desired, live, "app", {.explain = compare::Explain::yes});
  fuzz::must(explained.differences.size() == compare::diff(desired, live, "app").size());
  fuzz::must(compare::diff(desired, desired).empty());
  for (const compare::Difference& difference : first) {
    (void)difference.path.text();
    (void)difference.path.pointer();
  }
  return 0;
}

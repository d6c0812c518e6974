// Any two documents are compared: live objects, managedFields and last-applied annotations are
// untrusted. An object never differs from itself without its managedFields, and comparing twice
// gives the same.

#include "celldrift/compare/compare.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "input.hpp"

using namespace celldrift;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  yaml::Stream stream;
  try {
    stream =
        yaml::parse_stream(fuzz::text_of(data, size), {.source = 0, .budget = {.nodes = 20'000}});
  } catch (const Error&) {
    return 0;
  }
  if (stream.documents.size() < 2 || !stream.documents[0].is_map() ||
      !stream.documents[1].is_map()) {
    return 0;
  }
  const Value& desired = stream.documents[0];
  const Value& live = stream.documents[1];
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

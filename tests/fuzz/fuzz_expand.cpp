// Any document is taken for an ApplicationSet: expanded, or refused, never a crash or a hang.

#include "celldrift/fleet/expand.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "input.hpp"

using namespace celldrift;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fleet::Fleet fleet(
      {{.name = "a", .server = "https://a", .labels = {{"env", "prod"}}},
       {.name = "b", .server = "https://b", .is_hub = true}});
  try {
    const Value document =
        yaml::parse(fuzz::text_of(data, size), {.source = 0, .budget = {.nodes = 20'000}}).value;
    (void)fleet::expand_set(document, fleet);
  } catch (const Error& error) {
    fuzz::must(error.code() != ErrorCode::internal);
  }
  return 0;
}

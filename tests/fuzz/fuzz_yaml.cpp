// Any text is read or refused; what was read is written and read again to JSON that does not change
// any more.

#include "celldrift/yaml/yaml.hpp"
#include "input.hpp"

using namespace celldrift;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const yaml::Options options{.source = 0, .budget = {.nodes = 100'000, .scalar_bytes = 1 << 20}};
  yaml::Stream stream;
  try {
    stream = yaml::parse_stream(yaml::to_utf8(fuzz::text_of(data, size)), options);
  } catch (const Error& error) {
    fuzz::must(error.code() != ErrorCode::internal);
    return 0;
  }
  for (const Value& document : stream.documents) {
    const Value once = yaml::parse(yaml::emit(document)).value;
    fuzz::must(yaml::parse(yaml::emit(once)).value == once);
  }
  return 0;
}

// Any text is read or refused; with lines or without, the value is the same, and it survives
// writing.

#include "celldrift/yaml/yaml.hpp"
#include "input.hpp"

using namespace celldrift;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const SourceId source = intern_source({.path = "fuzz.json"});
  const std::string_view text = fuzz::text_of(data, size);
  try {
    const Value value = yaml::parse_json(text).value;
    fuzz::must(yaml::parse_json(text, {.source = source}).value == value);
    fuzz::must(yaml::parse_json(yaml::emit_json(value)).value == value);
    fuzz::must(yaml::parse_json(yaml::canonical_json(value)).value == value);
  } catch (const Error& error) {
    fuzz::must(error.code() != ErrorCode::internal);
  }
  return 0;
}

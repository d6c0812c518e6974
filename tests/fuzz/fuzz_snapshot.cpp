// Any bytes are a snapshot or refused; a snapshot that was read is written to bytes that read the
// same.

#include "celldrift/observe/snapshot.hpp"
#include "input.hpp"

using namespace celldrift;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const auto snapshot = observe::decode_snapshot(fuzz::text_of(data, size), "fuzz.snap");
    const std::string bytes = observe::encode_snapshot(snapshot);
    fuzz::must(observe::encode_snapshot(observe::decode_snapshot(bytes, "again.snap")) == bytes);
  } catch (const Error& error) {
    fuzz::must(error.code() != ErrorCode::internal);
  }
  return 0;
}

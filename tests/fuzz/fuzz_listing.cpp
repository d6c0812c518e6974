// Any bytes are a page of S3's list or refused, and so are those of an error's answer; neither
// gives more than it was given.

#include "input.hpp"
#include "store/listing.hpp"

using namespace celldrift;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  try {
    const store::Listing listing = store::parse_listing(text);
    std::size_t bytes = listing.next.size();
    for (const std::string& key : listing.keys) {
      bytes += key.size();
    }
    fuzz::must(bytes <= 4 * size);  // UTF-16 becomes UTF-8
  } catch (const Error& error) {
    fuzz::must(error.code() != ErrorCode::internal);
  }
  fuzz::must(store::error_code(text).size() <= 64);
  return 0;
}

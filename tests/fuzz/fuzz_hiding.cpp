// Any objects can be hidden in, whatever Secrets are known: twice is once, also for who remembers
// what others found clean, and for the other side beside it.

#include "celldrift/observe/scrubber.hpp"
#include "documents.hpp"

#include <memory>
#include <string>

using namespace celldrift;
using observe::Scrubber;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const observe::SecretKey key = observe::SecretKey::from_bytes(std::string(32, 'k'));
  const auto& rules = observe::Sensitive::builtin();
  const std::vector<Value> documents = fuzz::documents_of(data, size);
  observe::KnownSecrets known;
  std::vector<Value> safe;
  for (const Value& document : documents) {
    safe.push_back(observe::without_secrets(document, key, &known));
  }
  const auto clean = std::make_shared<observe::CleanParts>();
  Scrubber scrubber(known, rules, key, observe::Show::hash, clean);
  for (const Value& document : safe) {
    const Value hidden = scrubber.scrub(document);
    fuzz::must(scrubber.scrub(hidden) == hidden);
    fuzz::must(Scrubber(known, rules, key, observe::Show::hash, clean).scrub(document) == hidden);
    fuzz::must(Scrubber(known, rules, key).scrub(document) == hidden);
    std::size_t unknown = 0;
    observe::with_hashes_of(hidden, safe.front(), &key, unknown);
    fuzz::must(unknown == 0);
  }
  return 0;
}

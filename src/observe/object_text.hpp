// The JSON of live objects, read again and again: objects of sibling cells mostly differ in a few
// fields of their metadata, and what was read before is not read again but shared.
#pragma once

#include "celldrift/core/value.hpp"

#include <memory>
#include <optional>
#include <string_view>

namespace celldrift::observe {

// Parts of objects by the text that they were read from. Safe for use by several threads at once.
class SeenTexts {
 public:
  SeenTexts();
  ~SeenTexts();

  std::optional<Value> find(const Hash& text) const;
  void add(const Hash& text, const Value& value);

 private:
  struct Shard;
  std::unique_ptr<Shard[]> shards_;
};

// The object that is written as canonical JSON (keys sorted, no blanks), equal to what parse_json()
// makes of it. Nothing for any other text, whether JSON or not: then parse_json() has the word.
std::optional<Value> read_canonical_object(std::string_view text, SeenTexts& seen);

}  // namespace celldrift::observe

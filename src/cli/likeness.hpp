// Likeness: all that decides a result, summed up in a hash. Where two are equal, so are the
// results.
#pragma once

#include "celldrift/core/hash.hpp"
#include "celldrift/core/value.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace celldrift::cli {

// What the results are of.
enum class Question : std::uint64_t {
  placing,
  scopes,
  parts,
  scope_tables,
  other_kinds,
  kinds_with_versions,
  comparing,
  name,
  others,
  cell,
  hiding,
  wants,
  left_over,
  running,
  substrate
};

// What is told by its address must live as long as the likeness is remembered: something else may
// come to lie there. Likenesses of different questions are never equal.
class Likeness {
 public:
  explicit Likeness(Question question) { number(std::uint64_t(question)); }

  Likeness& number(std::uint64_t number);
  Likeness& address(const void* address);
  Likeness& hash(const Hash& hash);
  Likeness& text(std::string_view text);
  // A list or map by where it lies, marks and all: the same for copies of one Value.
  Likeness& node(const Value& value);
  // By content, and the marks of all that is in it.
  Likeness& content(const Value& value);

  Hash sum() const;

 private:
  std::string all_;
};

}  // namespace celldrift::cli

// Likeness: all that decides a result, summed up in a hash. Where two are equal, so are the
// results.
#pragma once

#include "celldrift/core/hash.hpp"
#include "celldrift/core/value.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace celldrift::cli {

// What is told by its address must live as long as the likeness is remembered: something else may
// come to lie there. Each kind of question begins with a number of its own.
class Likeness {
 public:
  explicit Likeness(std::uint64_t question) { number(question); }

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

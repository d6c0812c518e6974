// How deep and how often repeated a pattern is, while it is read: what Go refuses must be refused
// here, and told in the same words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace celldrift::regexp {

// What Go's tree of a part of the pattern would be like.
struct Shape {
  enum class Kind : std::uint8_t { literal, concatenation, alternation, other };
  Kind kind = Kind::other;
  int height = 1;
  std::int64_t copies = 1;  // of the innermost part, by counted repetitions within each other
  std::int64_t size = 1;    // instructions
};

Shape repeated(const Shape& shape, int min, int max);  // max -1: without a bound
Shape captured(const Shape& shape);

// Parts one after the other, and alternatives of such.
class Sequence {
 public:
  void add(const Shape& shape);
  void next_alternative();
  Shape finish();

 private:
  struct Collected {
    std::size_t parts = 0;
    bool literals_only = true;
    Shape first;
    Shape whole{.height = 0, .size = 0};
  };
  static void collect(Collected& into, const Shape& shape, Shape::Kind own_kind);
  static Shape finish(const Collected& collected, Shape::Kind own_kind);

  Collected alternatives_;
  Collected parts_;
};

}  // namespace celldrift::regexp

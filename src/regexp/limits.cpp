#include "regexp/limits.hpp"

#include <algorithm>

namespace celldrift::regexp {
namespace {

// Far past every limit, and still far from overflowing.
constexpr std::int64_t plenty = std::int64_t{1} << 40;

}  // namespace

Shape repeated(const Shape& shape, int min, int max) {
  Shape result{.height = shape.height + 1};
  const auto count = std::max(1, max < 0 ? min : max);
  result.copies = max == 0 ? 1 : std::min(plenty, count * shape.copies);
  result.size = std::min(plenty, count * shape.size + 2);
  return result;
}

Shape captured(const Shape& shape) {
  return {.height = shape.height + 1, .copies = shape.copies, .size = shape.size + 2};
}

// Parts of the same kind are joined, so that no concatenation is within a concatenation.
void Sequence::collect(Collected& into, const Shape& shape, Shape::Kind own_kind) {
  if (into.parts++ == 0) {
    into.first = shape;
  }
  const int height = shape.kind == own_kind ? shape.height - 1 : shape.height;
  into.whole.height = std::max(into.whole.height, height);
  into.whole.copies = std::max(into.whole.copies, shape.copies);
  into.whole.size = std::min(plenty, into.whole.size + shape.size);
  into.literals_only = into.literals_only && shape.kind == Shape::Kind::literal;
}

Shape Sequence::finish(const Collected& collected, Shape::Kind own_kind) {
  if (collected.parts < 2) {
    return collected.parts == 0 ? Shape{} : collected.first;
  }
  auto shape = collected.whole;
  if (own_kind == Shape::Kind::concatenation && collected.literals_only) {
    shape.kind = Shape::Kind::literal;  // they become one
    return shape;
  }
  shape.kind = own_kind;
  ++shape.height;
  return shape;
}

void Sequence::add(const Shape& shape) {
  collect(parts_, shape, Shape::Kind::concatenation);
}

void Sequence::next_alternative() {
  collect(alternatives_, finish(parts_, Shape::Kind::concatenation), Shape::Kind::alternation);
  parts_ = {};
}

Shape Sequence::finish() {
  next_alternative();
  return finish(alternatives_, Shape::Kind::alternation);
}

}  // namespace celldrift::regexp

// The tables behind core/unicode.hpp, in the order of the characters.
#pragma once

#include <cstdint>
#include <span>

namespace celldrift {

// low, low + stride, …, high.
struct CharacterSpan {
  char32_t low;
  char32_t high;
  char32_t stride;
};

struct CaseSpan {
  char32_t low;
  char32_t high;
  std::int32_t upper;  // what to add for that case
  std::int32_t lower;
  std::int32_t title;
  bool alternating;  // upper and lower case take turns, from `low` on
};

extern const std::span<const CharacterSpan> letters;
extern const std::span<const CharacterSpan> digits;
extern const std::span<const CharacterSpan> numbers;
extern const std::span<const CharacterSpan> punctuation;
extern const std::span<const CharacterSpan> uppercase;
extern const std::span<const CharacterSpan> lowercase;
extern const std::span<const CharacterSpan> titlecase;
extern const std::span<const CharacterSpan> spaces;
extern const std::span<const CharacterSpan> printables;
extern const std::span<const CaseSpan> cases;

}  // namespace celldrift

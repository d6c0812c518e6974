// Writes a pattern for RE2, part by part, and keeps Go's limits meanwhile.
#pragma once

#include "regexp/limits.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::regexp {

class Writer {
 public:
  // `whole` is what errors name.
  explicit Writer(std::string_view whole) : whole_(whole) { groups_.emplace_back(); }

  void add(std::string_view text, Shape::Kind kind = Shape::Kind::other);
  void next_alternative();

  enum class Captures : bool { no, yes };
  void open(Captures captures);
  // False when no group is open.
  bool close();

  // Whether there is something that a repetition could repeat.
  bool has_last() const { return groups_.back().last.has_value(); }
  // Repeats what came last: `text` is the repetition as RE2 has it. Max -1: without a bound.
  void repeat(std::string_view text, int min, int max);
  // Counted repetitions within each other, multiplied, at what came last.
  std::int64_t copies() const { return groups_.back().last->shape.copies; }

  // The whole pattern. Fails when a group is open.
  std::string finish();

 private:
  struct Part {
    std::size_t start = 0;  // in the text
    Shape shape;
    bool is_repetition = false;
  };
  struct Group {
    std::size_t start = 0;
    Captures captures = Captures::no;
    Sequence sequence;
    std::optional<Part> last;  // not in the sequence yet
  };

  Group& group() { return groups_.back(); }
  void settle_last();
  void check(const Shape& shape) const;

  std::string_view whole_;
  std::string text_;
  std::vector<Group> groups_;
};

}  // namespace celldrift::regexp

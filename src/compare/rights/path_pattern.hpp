// Patterns of paths, as rules/rights.yaml writes them: spec.template.spec.containers[*].image,
// metadata.annotations["example.com/*"], spec.containers[name=istio-*].
#pragma once

#include "celldrift/core/path.hpp"
#include "celldrift/core/value.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::compare {

// Fields are named by shell-like patterns. An item of a list is any ("[*]"), or one with a field of
// that text ("[name=istio-*]"; of a set, "[=pattern]"). A pattern is about what it names and all
// below it.
class PathPattern {
 public:
  struct Step {
    bool is_item = false;
    std::string key;   // of an item: the field that tells; "" for the item itself
    std::string glob;  // of the field's name, or of the text at `key`

    bool operator==(const Step&) const = default;
  };
  using Steps = std::span<const Step>;

  PathPattern() = default;
  explicit PathPattern(std::vector<Step> steps) : steps_(std::move(steps)) {}
  // Error(config) without a place for what is no such pattern.
  static PathPattern parse(std::string_view text);

  Steps steps() const { return steps_; }
  // Of a pod's template: this pattern, which is about a pod, below `prefix`.
  PathPattern below(std::span<const Step> prefix) const;

  // True when what differs between `want` and `have` (null: nothing) at `path` is all at or below
  // what the pattern names. A path above it is looked into: a list that is replaced whole may
  // differ in one weight alone.
  bool covers(const Path& path, const Value& want, const Value& have) const;

  // All values that the pattern names in a tree, in order.
  std::vector<const Value*> select(const Value& tree) const;

 private:
  std::vector<Step> steps_;
};

// The same, of several patterns: each takes its part of the difference.
bool cover(std::span<const PathPattern> patterns,
           const Path& path,
           const Value& want,
           const Value& have);

// How a scalar is written, for matching; "" for lists, maps and null.
std::string scalar_text(const Value& value);

}  // namespace celldrift::compare

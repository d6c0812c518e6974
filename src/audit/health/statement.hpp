// What rules/health.yaml says of objects: "Ready is False", "status.phase is Failed|Error",
// "status.readyReplicas below spec.replicas or 1".
#pragma once

#include "celldrift/audit/path_pattern.hpp"
#include "celldrift/core/value.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::audit::health {

// A field of the object, or of its conditions of some types.
class Subject {
 public:
  static Subject parse(std::string_view text);

  // What is there; null for a condition without that field. `conditions`: those that are asked.
  std::vector<const Value*> values(const Value& object, std::span<const Value> conditions) const;
  // What it is now, in words.
  std::string says(const Value& object, std::span<const Value> conditions) const;
  bool is_field() const { return path_.has_value(); }

 private:
  std::vector<const Value*> asked(std::span<const Value> conditions) const;

  std::optional<PathPattern> path_;  // of the object
  std::vector<std::string> types_;   // of conditions; "*" is any
  std::string field_;                // of a condition
};

class Statement {
 public:
  // Error(config) for what is none.
  static Statement parse(std::string_view text);

  // Of conditions it is enough that one is so.
  bool holds(const Value& object, std::span<const Value> conditions) const;
  std::string says(const Value& object, std::span<const Value> conditions) const {
    return subject_.says(object, conditions);
  }

 private:
  enum class Verb { is, is_not, below, at_least };
  // A number, or a field that has one.
  struct Amount {
    std::optional<Subject> subject;
    std::optional<std::int64_t> otherwise;

    static Amount parse(std::string_view text);
    std::optional<std::int64_t> of(const Value& object, std::span<const Value> conditions) const;
  };

  bool compares(const Value& object, std::span<const Value> conditions) const;
  bool is_one(const Value* value, const Value& object) const;

  Subject subject_;
  Verb verb_ = Verb::is;
  std::vector<std::string> values_;  // globs, or "there", "filled", "set"
  std::optional<Subject> same_as_;   // in place of values: another field
  Amount left_;
  Amount right_;
};

}  // namespace celldrift::audit::health

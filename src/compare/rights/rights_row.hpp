// A row of rules/rights.yaml, read.
#pragma once

#include "celldrift/core/mark.hpp"
#include "celldrift/core/object.hpp"
#include "compare/rights/path_pattern.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace celldrift::compare {

struct RightsRow {
  enum class Giver { object, itself, webhook };

  // That one of the values at a path has one of these texts (any where there is none).
  struct Condition {
    PathPattern at;
    std::vector<std::string> is;
  };

  // How a giver says what it is about.
  struct Target {
    bool is_ref = false;  // a map with apiVersion, kind and name; else a name
    PathPattern at;
    GroupKind kind;  // of a reference: what it is where apiVersion and kind are left out
    bool anywhere = false;
  };

  struct Bounds {
    std::vector<PathPattern> min;
    std::vector<PathPattern> max;
    std::optional<std::int64_t> min_default;
    std::optional<std::int64_t> max_default;
  };

  std::string name;
  Giver giver = Giver::itself;
  GroupKind by;  // of Giver::object
  std::vector<Target> targets;
  std::vector<std::string> of;
  std::vector<std::string> webhooks;
  std::vector<PathPattern> paths;
  std::vector<Condition> when;
  std::vector<Condition> unless;
  std::vector<Condition> hands_unless;
  std::vector<std::string> writers;
  bool owned = false;  // there must be a record of who wrote it
  std::optional<Bounds> within;
  std::vector<PathPattern> equals;
  std::string says;
  Mark mark;
};

// Error(config) with the line of what is wrong.
RightsRow read_rights_row(const Value& row);

// "apps/Deployment", "Service" (the core group).
GroupKind parse_kind(std::string_view text);
std::string kind_text(const GroupKind& kind);

}  // namespace celldrift::compare

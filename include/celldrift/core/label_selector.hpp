// Label selectors as kubectl's -l takes them: "app=web,tier!=db,env in (a, b),!legacy".
#pragma once

#include "celldrift/core/value.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift {

// What a selector asks of one label.
struct LabelRequirement {
  enum class Operator { in, not_in, exists, does_not_exist, greater, less };
  std::string key;
  Operator op = Operator::exists;
  std::vector<std::string> values;

  // `label`: what the key has; nothing where there is no such label, which is not equal to
  // anything, as Kubernetes has it.
  bool holds(std::optional<std::string_view> label) const;
};

class LabelSelector {
 public:
  // "" matches everything. Error(usage) that names the requirement that is wrong.
  explicit LabelSelector(std::string_view text);

  // `labels`: a map of strings, or nullptr for none.
  bool matches(const Value* labels) const;
  bool matches(const std::map<std::string, std::string>& labels) const;

 private:
  std::vector<LabelRequirement> requirements_;
};

}  // namespace celldrift

// Grants: which object of a cell gives a right about which other, by rules/rights.yaml.
#pragma once

#include "celldrift/compare/rights.hpp"
#include "compare/rights/rights_row.hpp"

#include <map>
#include <unordered_map>
#include <vector>

namespace celldrift::compare {

class Grants {
 public:
  // Keeps what `view.unknown` refers to, and copies of the givers.
  Grants(const CellView& view, RightsTable table);

  // What rows about objects of the cell, and about the object itself, say of a difference.
  Ruling rule_on(const ObjectKey& key, const Value& live, const Difference& difference) const;

  const RightsTable& table() const { return table_; }

 private:
  struct Grant {
    const RightsRow* row;
    Value giver;
  };

  void add(const RightsRow& row, const Value& giver);
  Ruling by_others(const ObjectKey& key, const Difference& difference) const;
  Ruling by_itself(const ObjectKey& key, const Value& live, const Difference& difference) const;
  std::optional<std::string> unread(const ObjectKey& key, const Difference& difference) const;

  RightsTable table_;
  std::function<std::optional<std::string>(const GroupKind&, std::string_view)> unknown_;
  std::unordered_map<ObjectKey, std::vector<Grant>> by_target_;
};

}  // namespace celldrift::compare

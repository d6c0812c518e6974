// LimitRanges: the requests and limits that containers get where they state none.
#pragma once

#include "celldrift/compare/compare.hpp"

#include <map>
#include <string>
#include <vector>

namespace celldrift::compare {

class Limits {
 public:
  explicit Limits(const CellView& view);

  // Of a Pod's request or limit that nobody owns: whether a LimitRange of its namespace says so.
  Ruling rule_on(const ObjectKey& key, const Difference& difference) const;

 private:
  std::map<std::string, std::vector<Value>, std::less<>> by_namespace_;
  std::function<std::optional<std::string>(const GroupKind&, std::string_view)> unknown_;
};

}  // namespace celldrift::compare

// A set of values by reflect.DeepEqual: quick for scalars, so that long lists can be searched.
#pragma once

#include "celldrift/gotemplate/function.hpp"

#include <set>
#include <string>
#include <vector>

namespace celldrift::sprig {

class KnownItems {
 public:
  explicit KnownItems(const gotemplate::Call& call) : call_(call) {}

  bool contains(const gotemplate::Any& item) const;
  bool add(const gotemplate::Any& item);  // false when it was there already

 private:
  const gotemplate::Call& call_;  // pays for comparisons one by one
  std::set<std::string> scalars_;
  std::vector<gotemplate::Any> others_;
};

}  // namespace celldrift::sprig

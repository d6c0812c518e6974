// Rules by the kind of object that they are about, so that a finding is held against few of them.
#pragma once

#include "celldrift/audit/rule_match.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::audit {

class ByKind {
 public:
  // Of rules in order; each has a `match`.
  template <class RuleList>
  explicit ByKind(const RuleList& rules) {
    for (std::size_t i = 0; i < rules.size(); ++i) {
      add(i, rules[i].match.only_kinds());
    }
  }

  // The indexes of those that may be about objects of a kind, ascending.
  const std::vector<std::size_t>& of(std::string_view kind) const;

 private:
  void add(std::size_t index, const std::vector<std::string>& kinds);

  std::vector<std::size_t> of_any_;
  std::map<std::string, std::vector<std::size_t>, std::less<>> of_kind_;  // those of any included
};

}  // namespace celldrift::audit

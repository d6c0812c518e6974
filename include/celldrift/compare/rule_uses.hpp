// Rules of ignoreDifferences that are about nothing: misspelt, or left over from what is gone.
#pragma once

#include "celldrift/compare/object_results.hpp"

#include <map>
#include <string>
#include <vector>

namespace celldrift::compare {

// What rules were about, over all cells and Applications that have them. Not thread-safe.
class RuleUses {
 public:
  enum class Complete { yes, no };
  // The rules that count for these objects. With Complete::no there may be more objects.
  void add(const std::vector<IgnoreRule>& rules, const ObjectResults& objects, Complete complete);

  // One problem for each rule that no object is about, and for each pointer, expression or manager
  // that names nothing in any object that its rule is about. Nothing is said of what hides nothing
  // at the moment.
  std::vector<Problem> idle() const;

 private:
  struct Part {  // a pointer, an expression or a manager
    bool takes = false;
    std::size_t tries = 0;
  };
  struct Use {
    IgnoreRule rule;
    bool is_about_some = false;
    bool uncertain = false;
    std::map<std::string, Part> parts;
  };

  static void look(Use& use, const ObjectResult& object);

  std::map<std::string, Use> uses_;  // by place and content: the same rule in every cell is one
};

}  // namespace celldrift::compare

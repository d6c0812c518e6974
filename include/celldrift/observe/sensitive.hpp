// Rules for what is sensitive outside of Secrets: rules/secrets.yaml, and the rows that users add.
#pragma once

#include "celldrift/core/object.hpp"
#include "celldrift/core/value.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::observe {

class Sensitive {
 public:
  struct Rule {
    // Of the objects that it is about: globs; "*" is any.
    std::string group = "*";
    std::string kind = "*";
    std::map<std::string, std::string> labels;
    // One of these is not empty.
    std::string env;                // a glob for names of environment variables with a value
    std::string field;              // the name of a field, at any depth, that is a text
    std::vector<std::string> path;  // a glob for each step, "**" for any number of them

    bool is_about(const GroupKind& object) const;
  };

  // rules/secrets.yaml.
  static const Sensitive& builtin();
  static Sensitive none() { return {}; }
  // With these rows too. Error(config) with the line of what is wrong.
  Sensitive with(const Value& rows) const;
  // With the values of annotations of these names, as Argo CD's resource.sensitive.mask.annotations
  // has them.
  Sensitive with_annotations(std::span<const std::string> names) const;

  const std::vector<Rule>& rules() const { return rules_; }

 private:
  std::vector<Rule> rules_;
};

}  // namespace celldrift::observe

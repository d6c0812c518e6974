// Label selectors (metav1.LabelSelector).
#pragma once

#include "celldrift/core/label_selector.hpp"
#include "celldrift/core/value.hpp"
#include "fleet/params.hpp"

#include <string>
#include <vector>

namespace celldrift::fleet {

// Whether values must be label values. Those that select cluster Secrets must; those that select
// parameters need not, so that they can match URLs.
enum class ValueRule { label, any };

class Selector {
 public:
  // Of a checked() selector. Throws Error(config) with its place, in the cases where Kubernetes
  // refuses it.
  Selector(const Value& spec, ValueRule rule, const std::string& path);

  // True when it has no requirement at all; such a selector matches everything.
  bool empty() const { return requirements_.empty(); }
  bool matches(const FlatParams& labels) const;

 private:
  std::vector<LabelRequirement> requirements_;
};

}  // namespace celldrift::fleet

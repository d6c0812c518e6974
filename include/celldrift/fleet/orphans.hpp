// spec.orphanedResources of an AppProject: which objects that no Application wants are to be told
// of. (Argo CD 3.5)
#pragma once

#include "celldrift/core/object.hpp"
#include "celldrift/core/value.hpp"

#include <string>
#include <vector>

namespace celldrift::fleet {

class OrphanRule {
 public:
  // Of a checked spec.orphanedResources.
  explicit OrphanRule(const Value& settings);

  // True where they are to be warned of, not only shown.
  bool warns() const { return warns_; }
  // An object that each namespace has by itself, or that the project ignores.
  bool leaves_out(const ObjectKey& object) const;
  // The project ignores all objects of the kind, so that none need be read.
  bool leaves_out(const GroupKind& kind) const;

 private:
  struct Ignored {
    std::string group;  // globs; "" is the core group alone
    std::string kind;   // "" is any
    std::string name;   // "" is any
  };
  static bool matches(const Ignored& ignored, const GroupKind& kind);

  bool warns_ = false;
  std::vector<Ignored> ignored_;
};

}  // namespace celldrift::fleet

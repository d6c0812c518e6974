// A component's Applications in all of its cells, lined up object by object.
#pragma once

#include "audit/parity/abstraction.hpp"
#include "celldrift/audit/audit.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace celldrift::audit {

struct Member {
  const ComparedApplication* application = nullptr;
  const KnownCell* known = nullptr;  // nullptr: nothing is known but the comparison
  const CellSummary* summary = nullptr;
};

class ExpectedByName;

// Only cells that run one Application of it: which of several is which cannot be told. To be used
// by one thread at a time.
class Component {
 public:
  Component(std::string name,
            std::vector<Member> members,
            std::shared_ptr<const ExpectedByName> expected)
      : name_(std::move(name)), members_(std::move(members)), expected_(std::move(expected)) {}

  const std::string& name() const { return name_; }
  const std::vector<Member>& members() const { return members_; }  // sorted by cell
  // Its sides are the members. Worked out when first asked for: most components are the same in all
  // cells, names included.
  const Abstraction& abstraction() const;
  // From here on nothing is taken out.
  void keep_values() { abstraction_ = Abstraction(); }

 private:
  std::string name_;
  std::vector<Member> members_;
  std::shared_ptr<const ExpectedByName> expected_;
  mutable std::optional<Abstraction> abstraction_;
};

// The same object in some cells. Sides are live, and Git wants them.
struct Line {
  struct Side {
    std::size_t member = 0;
    const compare::ObjectResult* result = nullptr;
  };
  std::vector<Side> sides;  // by member
  ObjectRef shared;         // with what is the cells' own taken out
};

// Those of two cells or more, sorted by name. `only`: these cells alone; all when empty.
std::vector<Component> components_of(const Input& input, const std::vector<std::string>& only = {});

// The objects that two members or more have. By name where the names are the same, else by what
// they are with the cells' own taken out.
std::vector<Line> lines_of(const Component& component);

}  // namespace celldrift::audit

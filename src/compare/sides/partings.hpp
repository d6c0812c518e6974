// The walk through several live trees at once.
#pragma once

#include "celldrift/compare/side_by_side.hpp"
#include "celldrift/kube/defaults.hpp"
#include "compare/sides/children.hpp"
#include "compare/walk/crumb.hpp"

namespace celldrift::compare {

class SideWalk {
 public:
  SideWalk(const kube::Schema& schema, std::string_view instance_label, const Abstract& abstract)
      : schema_(schema), instance_label_(instance_label), abstract_(abstract) {}

  std::vector<Parting> run(std::span<const Side> sides);

 private:
  using Around = std::vector<const Value*>;

  // Where the walk is: the nodes of all sides, and the place of the first that has something.
  struct Spot {
    const SideNodes& nodes;
    const kube::Place& place;
    const Crumb& crumb;
    const Around& around;
  };

  void visit(const Spot& spot);
  void fields(const Spot& spot);
  void field(const Spot& spot, const Child& child, const Around& around);
  bool items(const Spot& spot);  // false: they cannot be told apart
  void item(const Spot& spot, const Child& child);
  void part(const Spot& spot);
  bool is_left_out(const kube::Place& place, std::string_view name) const;
  bool is_same(const Spot& spot) const;

  const kube::Schema& schema_;
  std::string_view instance_label_;
  const Abstract& abstract_;
  std::vector<Parting> found_;
};

}  // namespace celldrift::compare

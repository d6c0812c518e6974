#include "celldrift/compare/rights.hpp"

namespace celldrift::compare {

struct Rights::Facts {};

const Rights& Rights::none() {
  static const Rights rights(CellView{});
  return rights;
}

const std::set<GroupKind>& Rights::wanted_kinds() {
  static const std::set<GroupKind> kinds;
  return kinds;
}

Rights::Rights(const CellView&) : facts_(std::make_shared<const Facts>()) {}

Ruling Rights::rule_on(const ObjectKey&, const Value&, const Value&, const Difference&) const {
  return {};
}

}  // namespace celldrift::compare

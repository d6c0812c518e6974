#include "celldrift/compare/rights.hpp"

#include "celldrift/core/kinds.hpp"
#include "compare/rights/admission_ruling.hpp"
#include "compare/rights/grants.hpp"
#include "compare/rights/judge_row.hpp"
#include "compare/rights/limits.hpp"

#include <algorithm>

namespace celldrift::compare {
namespace {

// Whether an object of the row's kind can be about any of the kinds.
bool may_target(const RightsRow& row, const std::set<GroupKind>& compared) {
  return row.giver == RightsRow::Giver::object &&
         std::ranges::any_of(row.targets, [&](const RightsRow::Target& target) {
           return target.is_ref || compared.contains(target.kind);
         });
}

}  // namespace

struct Rights::Facts {
  Grants grants;
  Limits limits;
  AdmissionRulings admission;
};

const Rights& Rights::none() {
  static const Rights rights(CellView{});
  return rights;
}

std::set<GroupKind> Rights::wanted_kinds(const std::set<GroupKind>& compared,
                                         const RightsTable& table) {
  std::set<GroupKind> kinds = AdmissionRulings::kinds();
  if (compared.contains(pod_kind)) {
    kinds.insert(limit_range_kind);
  }
  for (const RightsRow& row : table.rows()) {
    if (may_target(row, compared)) {
      kinds.insert(row.by);
    }
  }
  return kinds;
}

Rights::Rights(const CellView& view, const RightsTable& table)
    : facts_(std::make_shared<const Facts>(
          Facts{Grants(view, table), Limits(view), AdmissionRulings(view, table)})) {}

Ruling Rights::rule_on(const ObjectKey& key,
                       const Value& desired,
                       const Value& live,
                       const Difference& difference) const {
  Ruling ruling = facts_->grants.rule_on(key, live, difference);
  if (ruling.kind != Ruling::Kind::by_right) {
    take(ruling, facts_->limits.rule_on(key, difference));
  }
  if (ruling.kind != Ruling::Kind::by_right) {
    take(ruling, facts_->admission.rule_on(key, desired, live, difference));
  }
  return ruling;
}

}  // namespace celldrift::compare

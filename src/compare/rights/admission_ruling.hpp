// What webhooks and policies of a cell have to do with a difference.
//
// Admission comes after field management: what a webhook puts into an object is nobody's in
// managedFields, and what it changes stays whose it was, the applier's. (kube-apiserver 1.35.1, for
// creates, updates and both kinds of apply; see docs/rights.md.)
#pragma once

#include "celldrift/compare/compare.hpp"
#include "compare/rights/admission.hpp"
#include "compare/rights/kyverno.hpp"

#include <vector>

namespace celldrift::compare {

class AdmissionRulings {
 public:
  AdmissionRulings(const CellView& view, RightsTable table);

  static std::set<GroupKind> kinds();

  Ruling rule_on(const ObjectKey& key,
                 const Value& desired,
                 const Value& live,
                 const Difference& difference) const;

 private:
  struct Case;

  std::optional<Ruling> by_policy(const Case& about) const;
  std::optional<Ruling> by_declared_webhook(const Case& about) const;
  Ruling by_any_webhook(const Case& about) const;
  bool explains(const Called::By& by) const;

  RightsTable table_;
  Admission admission_;
  std::vector<KyvernoRule> policies_;
  std::optional<std::string> policies_unread_;
};

}  // namespace celldrift::compare

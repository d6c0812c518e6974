#include "audit/parity/writers.hpp"

#include <algorithm>
#include <string_view>

namespace celldrift::audit {
namespace {

using compare::Accepted;

constexpr std::string_view admission_rules[] = {
    "mutating-webhook", "mutating-admission-policy", "kyverno-policy", "limit-range"};

bool is_by_admission(std::string_view rule, std::string_view by) {
  return by.starts_with("webhook ") ||
         std::ranges::find(admission_rules, rule) != std::end(admission_rules);
}

}  // namespace

bool is_left_to_others(const Accepted& accepted) {
  return accepted.kind == Accepted::Kind::by_right
             ? !is_by_admission(accepted.rule, accepted.by)
             : !accepted.also_by.empty() && !is_by_admission(accepted.also_rule, accepted.also_by);
}

std::string accepted_text(const Accepted& accepted) {
  const std::string who = accepted.by.empty() ? accepted.rule : accepted.by;
  return accepted.kind == Accepted::Kind::ignored
             ? accepted.rule + " (" + who + ") keeps it from being drift"
             : who + (accepted.reason.empty() ? " changes it" : ": " + accepted.reason);
}

bool is_of_kubernetes(const std::optional<compare::Owner>& owner) {
  static constexpr std::string_view names[] = {
      "kube-", "kubelet", "cloud-controller-manager", "k3s", "clusterrole-aggregation-controller"};
  return !owner || std::ranges::any_of(names, [&](std::string_view name) {
    return owner->manager.starts_with(name);
  });
}

}  // namespace celldrift::audit

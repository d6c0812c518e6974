#include "compare/rights/admission.hpp"

#include "celldrift/core/kinds.hpp"

#include <algorithm>

namespace celldrift::compare {
namespace {

const GroupKind webhooks_kind{"admissionregistration.k8s.io", "MutatingWebhookConfiguration"};
const GroupKind policies_kind{"admissionregistration.k8s.io", "MutatingAdmissionPolicy"};
const GroupKind bindings_kind{"admissionregistration.k8s.io", "MutatingAdmissionPolicyBinding"};
const GroupKind kyverno_kinds[] = {{"policies.kyverno.io", "MutatingPolicy"},
                                   {"policies.kyverno.io", "NamespacedMutatingPolicy"}};

std::vector<const Value*> all(const CellView& view, const GroupKind& kind) {
  return view.all ? view.all(kind) : std::vector<const Value*>{};
}

std::optional<std::string> unknown(const CellView& view, const GroupKind& kind) {
  return view.unknown ? view.unknown(kind, "") : std::nullopt;
}

std::string name_of(const Value& object) {
  return std::string(object.string_at({"metadata", "name"}));
}

Value part_of(const Value& object, std::initializer_list<std::string_view> path) {
  const Value* part = object.find(path);
  return part == nullptr ? Value::map({}) : *part;
}

}  // namespace

std::set<GroupKind> Admission::kinds() {
  std::set<GroupKind> kinds{webhooks_kind, policies_kind, bindings_kind, namespace_kind};
  kinds.insert(std::begin(kyverno_kinds), std::end(kyverno_kinds));
  return kinds;
}

Admission::Admission(const CellView& view) {
  add_webhooks(view);
  add_policies(view);
  note_unread(view);
  for (const Value* each : all(view, namespace_kind)) {
    namespaces_.emplace(name_of(*each), labels_of(*each).values);
  }
  std::ranges::sort(callers_, {}, [](const Caller& caller) { return caller.by.name; });
}

void Admission::add_webhooks(const CellView& view) {
  for (const Value* config : all(view, webhooks_kind)) {
    const Value* webhooks = config->find("webhooks");
    for (const Value& webhook :
         webhooks == nullptr ? std::span<const Value>{} : webhooks->items()) {
      const std::string name(webhook.string_at({"name"}));
      callers_.push_back({.by = {"mutating-webhook", "webhook " + name, name_of(*config)},
                          .rules_key = "rules",
                          .parts = {webhook}});
    }
  }
}

// A policy does nothing without a binding.
void Admission::add_policies(const CellView& view) {
  for (const Value* policy : all(view, policies_kind)) {
    for (const Value* binding : all(view, bindings_kind)) {
      if (binding->string_at({"spec", "policyName"}) == name_of(*policy)) {
        callers_.push_back({.by = {"mutating-admission-policy",
                                   "MutatingAdmissionPolicy " + name_of(*policy),
                                   name_of(*policy)},
                            .rules_key = "resourceRules",
                            .parts = {part_of(*policy, {"spec", "matchConstraints"}),
                                      part_of(*binding, {"spec", "matchResources"})}});
      }
    }
  }
  for (const GroupKind& kind : kyverno_kinds) {
    for (const Value* policy : all(view, kind)) {
      callers_.push_back({.by = {"kyverno-policy", kind.kind + " " + name_of(*policy), ""},
                          .rules_key = "resourceRules",
                          .parts = {part_of(*policy, {"spec", "matchConstraints"})}});
    }
  }
}

void Admission::note_unread(const CellView& view) {
  for (const GroupKind& kind : {webhooks_kind, policies_kind, bindings_kind}) {
    if (const auto reason = unknown(view, kind)) {
      unread_ = kind.kind + "s could not be looked at: " + *reason;
      break;
    }
  }
  namespaces_unread_ = unknown(view, namespace_kind);
}

Labels Admission::namespace_labels(std::string_view ns) const {
  const auto found = namespaces_.find(ns);
  if (found != namespaces_.end()) {
    return {.values = found->second};
  }
  // Every namespace has this label, and a deleted one had it.
  return {.values = Value::map({{"kubernetes.io/metadata.name", Value::string(ns)}}),
          .complete = !namespaces_unread_};
}

Called Admission::called_for(const ObjectKey& key, const Value& desired, const Value& live) const {
  Called called;
  if (is_exempt(key.group_kind())) {
    return called;
  }
  const Written written{key, desired, live, namespace_labels(key.ns)};
  called.unknown = unread_;
  for (const Caller& caller : callers_) {
    Match match = Match::yes;
    for (const Value& part : caller.parts) {
      match = both(match, is_called(part, caller.rules_key, written));
    }
    if (match == Match::yes) {
      called.by.push_back(caller.by);
    } else if (match == Match::unknown && !called.unknown) {
      called.unknown = "whether " + caller.by.name +
                       " is called for it hangs on its namespace's labels, which could not be "
                       "looked at: " +
                       *namespaces_unread_;
    }
  }
  return called;
}

}  // namespace celldrift::compare
